/** Gold sets of assertions → rows of one text and some spans in it, with the classes each span belongs to. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** `unsure` is hedged or hypothetical. */
export const CLASSES = ['negated', 'historical', 'hypothetical', 'unsure', 'notPatient'] as const
export type Class = (typeof CLASSES)[number]
/** Undefined: the set does not say it of this span. */
export type Marks = Partial<Record<Class, boolean>>

export interface PeerRow {
  readonly set: string
  readonly text: string
  readonly spans: readonly (readonly [start: number, end: number])[]
  readonly gold: readonly Marks[]
}

interface Entity {
  readonly start: number
  readonly end: number
  readonly gold: Marks
}

interface NegexRow {
  readonly sentence: string
  readonly begin: number | null
  readonly end: number
  readonly negation: string
  readonly temporality: string
  readonly experiencer: string
}

interface NoteEntity {
  readonly spans: readonly (readonly [number, number])[]
  readonly negation_indicator: unknown
  readonly uncertainty_indicator: unknown
  readonly historyOf: unknown
  readonly subject: unknown
}

interface CaseEntity {
  readonly begin: number
  readonly end: number
  readonly polarity?: string | null
  readonly modality?: string | null
}

/** Sentences are lower-cased, because their concepts stand in capitals (the set's own advice). */
export function readPeerRows(gold: string): PeerRow[] {
  const negex = read<NegexRow>(gold, 'negex-dev').flatMap(row =>
    row.begin === null
      ? []
      : rowsOf('NegEx kit', row.sentence.toLowerCase(), [
          {
            start: row.begin,
            end: row.end,
            gold: {
              negated: row.negation === 'Negated',
              historical: row.temporality === 'Historical',
              hypothetical: row.temporality === 'Not particular',
              notPatient: row.experiencer !== 'Patient',
            },
          },
        ]),
  )
  const notes = read<{ text: string; entities: readonly NoteEntity[] }>(gold, 'assertion-notes-dev').flatMap(
    ({ text, entities }) =>
      rowsOf(
        'cTAKES notes',
        text,
        entities.map(entity => ({
          start: Math.min(...entity.spans.map(([start]) => start)),
          end: Math.max(...entity.spans.map(([, end]) => end)),
          gold: {
            negated: isSet(entity.negation_indicator),
            historical: isSet(entity.historyOf),
            unsure: isSet(entity.uncertainty_indicator),
            notPatient: isSet(entity.subject),
          },
        })),
      ),
  )
  const cases = read<{ text: string; entities: readonly CaseEntity[] }>(gold, 'e3c-assertion-dev').flatMap(
    ({ text, entities }) =>
      rowsOf(
        'E3C cases',
        text,
        entities.map(({ begin, end, polarity, modality }) => ({
          start: begin,
          end,
          gold: {
            ...(isBlank(polarity) ? {} : { negated: polarity === 'NEG' }),
            ...(isBlank(modality) ? {} : { unsure: /HEDGED|HYPOTHETICAL/i.test(modality ?? '') }),
          },
        })),
      ),
  )
  return [...negex, ...notes, ...cases]
}

function isBlank(value: string | null | undefined): boolean {
  return value === undefined || value === null || value === ''
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined
}

/** spaCy takes no spans that share a token, so a text with such spans is more than one row. */
function rowsOf(set: string, text: string, entities: readonly Entity[]): PeerRow[] {
  const layers: Entity[][] = []
  for (const entity of [...entities].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (entity.end <= entity.start) continue
    const layer = layers.find(each => !/^\S*$/.test(text.slice(each.at(-1)?.end ?? 0, entity.start)))
    if (layer === undefined || (layer.at(-1)?.end ?? 0) >= entity.start) layers.push([entity])
    else layer.push(entity)
  }
  return layers.map(layer => ({
    set,
    text,
    spans: layer.map(({ start, end }) => [start, end] as const),
    gold: layer.map(({ gold }) => gold),
  }))
}

function read<Row>(gold: string, name: string): Row[] {
  return readFileSync(path.join(gold, `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Row)
}

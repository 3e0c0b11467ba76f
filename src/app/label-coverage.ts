/**
 * How much of what people labelled the lexicon could give: of their codes those that some row, axis, history
 * or family code of it reaches, of their spans those in which its words are found.
 */
import { createReadStream } from 'node:fs'
import { parseLabelledLine, type LabelledNote } from '../intake/labelled-note.js'
import { LINE_LIMIT } from '../intake/limits.js'
import { readLines } from '../intake/lines.js'
import { withoutDot } from '../codes/icd10cm.js'
import type { Dictionary } from '../dictionary/open-dictionary.js'
import { ChartcodeError } from '../model/errors.js'
import type { Engine } from '../pipeline/engine.js'
import { DEFAULT_OPTIONS } from '../pipeline/options.js'
import { reachedBy } from './coverage.js'

export interface LabelCoverage {
  readonly file: string
  readonly notes: number
  /** Labels whose stem is the stem of a billable code. */
  readonly codes: number
  readonly reached: number
  readonly codesPercent: number | null
  readonly mentions: number
  readonly matched: number
  readonly mentionsPercent: number | null
}

export interface LabelParts {
  /** Says which codes are billable, and which the lexicon reaches. */
  readonly dictionary: Dictionary
  /** Engine of the lexicon alone. */
  readonly engine: Engine
}

type Counts = Pick<LabelCoverage, 'notes' | 'codes' | 'reached' | 'mentions' | 'matched'>

/** A row a file, and the total. Throws `input-line` with file and line for what is no labelled note. */
export async function measureLabels(
  files: readonly string[],
  { dictionary, engine }: LabelParts,
): Promise<LabelCoverage[]> {
  const stems = stemsOf(dictionary)
  const rows: LabelCoverage[] = []
  for (const file of files) {
    const counts = { notes: 0, codes: 0, reached: 0, mentions: 0, matched: 0 }
    for await (const note of readLabelled(file)) count(note, stems, engine, counts)
    rows.push(rowOf(file, counts))
  }
  if (rows.length < 2) return rows
  const sum = (field: keyof Counts): number => rows.reduce((total, row) => total + row[field], 0)
  const all = {
    notes: sum('notes'),
    codes: sum('codes'),
    reached: sum('reached'),
    mentions: sum('mentions'),
    matched: sum('matched'),
  }
  return [...rows, rowOf('all', all)]
}

function rowOf(file: string, { notes, codes, reached, mentions, matched }: Counts): LabelCoverage {
  return {
    file,
    notes,
    codes,
    reached,
    codesPercent: percent(reached, codes),
    mentions,
    matched,
    mentionsPercent: percent(matched, mentions),
  }
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((1000 * part) / whole) / 10
}

async function* readLabelled(file: string): AsyncGenerator<LabelledNote> {
  try {
    for await (const { number, bytes } of readLines(createReadStream(file), LINE_LIMIT)) {
      if (bytes === null) throw new ChartcodeError('input-size', `${file}: line ${number} is over the limit`)
      const note = parseLabelledLine(bytes, number)
      if ('error' in note)
        throw new ChartcodeError('input-line', `${file}: line ${number}: ${note.error.message}`)
      yield note
    }
  } catch (error) {
    if (error instanceof ChartcodeError) throw error
    throw new ChartcodeError('file-missing', `${file} cannot be read`, { cause: error })
  }
}

interface Stems {
  readonly billable: ReadonlySet<string>
  readonly reached: ReadonlySet<string>
}

/** Labels often leave the 7th character off, and pad differently: codes are compared without it and without placeholders. */
function stemOf(code: string): string {
  const plain = withoutDot(code).toUpperCase()
  return (plain.length === 7 ? plain.slice(0, 6) : plain).replace(/X+$/, '')
}

function stemsOf(dictionary: Dictionary): Stems {
  const billable = new Set<string>()
  const reached = new Set<string>()
  const isReached = reachedBy(dictionary)
  const { catalogue } = dictionary
  for (let entry = 0; entry < catalogue.size; entry++) {
    if (!catalogue.isBillable(entry)) continue
    const stem = stemOf(catalogue.code(entry))
    billable.add(stem)
    if (isReached(entry)) reached.add(stem)
  }
  return { billable, reached }
}

type Tally = { -readonly [Field in keyof Counts]: number }

function count(note: LabelledNote, stems: Stems, engine: Engine, tally: Tally): void {
  tally.notes += 1
  for (const accepted of note.codes) {
    const known = accepted.map(stemOf).filter(stem => stems.billable.has(stem))
    if (known.length === 0) continue
    tally.codes += 1
    if (known.some(stem => stems.reached.has(stem))) tally.reached += 1
  }
  if (note.mentions.length === 0) return
  const found = engine.code(note.text, {
    setting: 'outpatient',
    patient: undefined,
    options: DEFAULT_OPTIONS,
  })
  const spans = [...found.candidates.flatMap(candidate => candidate.evidence), ...found.notCoded]
  for (const { start, end } of note.mentions) {
    tally.mentions += 1
    if (spans.some(span => span.start < end && start < span.end)) tally.matched += 1
  }
}

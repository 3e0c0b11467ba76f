/**
 * `dictionaries/icd10cm/*.csv` and `dictionaries/procedures/*.csv` → checked rows.
 * The format is described in `dictionaries/README.md`; every error names file and line.
 */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { CONCEPT_KINDS, type Concept, type ConceptKind } from '../../model/dictionary.js'
import type { CodeSystem } from '../../model/code.js'
import { wordsOf } from '../../text/words.js'
import { listOf, readCsv, refuse, type CsvRow } from './csv.js'

export interface LexiconRow {
  readonly file: string
  readonly line: number
  readonly concept: Concept
  /** Wordings; one that begins with `~` stands for its words in any order. */
  readonly phrases: readonly string[]
  /** As written; a trailing `!` asks for capitals. */
  readonly abbreviations: readonly string[]
  readonly lay: readonly string[]
  /** First and last fiscal year, where bounded. */
  readonly from: number | undefined
  readonly until: number | undefined
}

const COLUMNS = [
  'code',
  'preferred',
  'synonyms',
  'abbreviations',
  'lay',
  'attributes',
  'from',
  'until',
] as const
type Row = CsvRow<(typeof COLUMNS)[number]>

/** All rows of the dictionaries directory, files in the order of their names. */
export function readLexicon(directory: string): LexiconRow[] {
  const chapters = readdirSync(path.join(directory, 'icd10cm'))
    .filter(name => name.endsWith('.csv'))
    .sort()
  return [
    ...chapters.flatMap(name => readFile(path.join(directory, 'icd10cm', name), 'icd10cm')),
    ...readFile(path.join(directory, 'procedures', 'cpt.csv'), 'cpt'),
    ...readFile(path.join(directory, 'procedures', 'hcpcs.csv'), 'hcpcs'),
  ]
}

export function isValidIn(row: LexiconRow, fiscalYear: number): boolean {
  return (
    (row.from === undefined || row.from <= fiscalYear) && (row.until === undefined || fiscalYear <= row.until)
  )
}

function readFile(file: string, system: CodeSystem): LexiconRow[] {
  return readCsv(file, COLUMNS).map(row => readRow(row, system))
}

function readRow(row: Row, system: CodeSystem): LexiconRow {
  const { cells, file, line } = row
  if (cells.code === '' || cells.preferred === '') refuse(row, 'a row needs a code and a preferred term')
  return {
    file,
    line,
    concept: readConcept(row, system),
    phrases: [cells.preferred, ...listOf(cells.synonyms)],
    abbreviations: listOf(cells.abbreviations),
    lay: listOf(cells.lay),
    from: readYear(row, cells.from),
    until: readYear(row, cells.until),
  }
}

function readConcept(row: Row, system: CodeSystem): Concept {
  const attributes = readAttributes(row)
  const kind = attributes.get('kind') ?? (system === 'icd10cm' ? 'disease' : 'procedure')
  if (!CONCEPT_KINDS.includes(kind as ConceptKind)) refuse(row, `unknown kind ${kind}`)
  const text = (name: string) => attributes.get(name)
  const needs = text('needs')
  return {
    system,
    code: row.cells.code,
    preferred: row.cells.preferred,
    kind: kind as ConceptKind,
    ...(text('history') === undefined ? {} : { history: text('history') as string }),
    ...(text('family') === undefined ? {} : { family: text('family') as string }),
    ...(text('chronic') === 'yes' ? { chronic: true } : {}),
    ...(text('weak') === 'yes' ? { weak: true } : {}),
    ...(text('stated') === 'only' ? { statedOnly: true } : {}),
    ...(text('past') === 'only' ? { pastOnly: true } : {}),
    ...(text('side') === 'yes' ? { side: true } : {}),
    ...(needs === undefined ? {} : { needs: wordsOf(needs) }),
    ...oneOf(row, attributes, 'pos', ['noun', 'verb'] as const),
    ...oneOf(row, attributes, 'number', ['singular', 'plural'] as const),
    ...oneOf(row, attributes, 'sex', ['F', 'M'] as const),
    ...oneOf(row, attributes, 'age', ['newborn', 'child', 'adult'] as const),
  }
}

const ATTRIBUTES = new Set([
  'kind',
  'history',
  'family',
  'chronic',
  'weak',
  'stated',
  'past',
  'needs',
  'pos',
  'number',
  'sex',
  'age',
  'side',
])

function readAttributes(row: Row): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const pair of row.cells.attributes.split(';')) {
    if (pair.trim() === '') continue
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    if (at < 0 || !ATTRIBUTES.has(name)) refuse(row, `unknown attribute ${pair.trim()}`)
    attributes.set(name, pair.slice(at + 1).trim())
  }
  return attributes
}

function oneOf<Name extends string, Value extends string>(
  row: Row,
  attributes: ReadonlyMap<string, string>,
  name: Name,
  values: readonly Value[],
): Partial<Record<Name, Value>> {
  const value = attributes.get(name)
  if (value === undefined) return {}
  if (!values.includes(value as Value)) refuse(row, `${name}=${value} is none of ${values.join(', ')}`)
  return { [name]: value } as Partial<Record<Name, Value>>
}

function readYear(row: Row, cell: string): number | undefined {
  if (cell === '') return undefined
  if (!/^20\d\d$/.test(cell)) refuse(row, `${cell} is not a fiscal year`)
  return Number(cell)
}

/**
 * The dictionaries directory and, if there is one, an installed release → what the compiler takes.
 * Without a release the lexicon's own codes are the catalogue.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { withDot } from '../../codes/icd10cm.js'
import { ChartcodeError } from '../../model/errors.js'
import { readAbbreviations } from '../lexicon/abbreviations.js'
import { expandPattern, readAxes, type Axes } from '../lexicon/axes.js'
import { readCsv } from '../lexicon/csv.js'
import { isValidIn, readLexicon, type LexiconRow } from '../lexicon/rows.js'
import { readWordForms } from '../lexicon/word-forms.js'
import type { Release } from '../releases/release-store.js'
import { isReferring } from '../tabular/note-table.js'
import { everydayEnglish } from './everyday-english.js'
import { drugCodes, type DrugCode } from './drug-codes.js'
import type { CatalogueRow } from './catalogue-data.js'
import type { CompileInput } from './compile.js'
import type { GeneralCode, HeadingRow, SectionRow, TriggerRow } from '../../model/dictionary.js'
import type { DrugTable } from '../../model/drugs.js'
import type { RuleRow } from '../../model/rules.js'

export interface HandWritten {
  readonly triggers: readonly TriggerRow[]
  readonly headings: readonly HeadingRow[]
  readonly sections: readonly SectionRow[]
  readonly generalCodes: readonly GeneralCode[]
  readonly rules: readonly RuleRow[]
  readonly scoreWeights: Readonly<Record<string, number>>
  readonly bodyParts: readonly string[]
  readonly drugs: DrugTable
}

export async function gatherDictionary(
  directory: string,
  fiscalYear: number,
  release: Release | undefined,
  tables: HandWritten,
): Promise<CompileInput> {
  const axes = readAxes(path.join(directory, 'axes.csv'))
  const lexicon = readLexicon(directory).filter(row => isValidIn(row, fiscalYear))
  const order = await collect(release?.read('order'))
  const notes = await collect(release?.read('notes'))
  const catalogue =
    release === undefined
      ? lexiconCatalogue(lexicon, axes, drugCodes(tables.drugs, axes, fiscalYear))
      : order.map(row => ({ code: withDot(row.code), title: row.longTitle, billable: row.billable }))
  return {
    identity: {
      system: 'icd10cm',
      release: `FY${fiscalYear}`,
      fiscalYear,
      origin: release === undefined ? 'lexicon' : originOf(release),
    },
    lexicon,
    abbreviations: readAbbreviations(path.join(directory, 'abbreviations.csv')),
    axes,
    wordForms: readWordForms(path.join(directory, 'word-forms.csv')),
    everydayWords: readEverydayWords(path.join(directory, 'everyday-words.csv')),
    everydayEnglish: [...everydayEnglish(), ...readList(path.join(directory, 'known-words.csv'), 'word')],
    notConditions: readList(path.join(directory, 'not-conditions.csv'), 'wording'),
    ...tables,
    catalogue,
    order,
    notes: notes.filter(({ kind }) => kind === 'inclusionTerm'),
    tabular: {
      notes: notes.filter(({ kind }) => isReferring(kind)),
      categories: await collect(release?.read('tabular'), ({ parent }) => parent === null),
    },
    conversions: await collect(release?.read('conversion')),
    poaExempt: await collect(release?.read('poa')),
    index: await collect(release?.read('index')),
    neoplasms: await collect(release?.read('neoplasm')),
  }
}

async function collect<Row>(
  rows: AsyncIterable<Row> | undefined,
  keep: (row: Row) => boolean = () => true,
): Promise<Row[]> {
  const all: Row[] = []
  if (rows === undefined) return all
  for await (const row of rows) if (keep(row)) all.push(row)
  return all
}

/** A release is the publisher's only if every part of it is. */
function originOf(release: Release): 'publisher' | 'reconstructed' {
  return release.record.parts.every(part => part.origin === 'publisher') ? 'publisher' : 'reconstructed'
}

export function readEverydayWords(file: string): ReadonlySet<string> {
  if (!existsSync(file)) throw new ChartcodeError('file-missing', `${file} is missing`)
  return new Set(readList(file, 'word'))
}

/** The first column of a table of reasons. */
function readList(file: string, column: string): string[] {
  return readCsv(file, [column, 'why']).map(({ cells }) => cells[column] as string)
}

/** Every code that the lexicon can give, titled in its own words. */
export function lexiconCatalogue(
  rows: readonly LexiconRow[],
  axes: Axes,
  further: readonly DrugCode[],
): CatalogueRow[] {
  const titles = new Map<string, string>()
  for (const { concept } of rows) {
    if (concept.system !== 'icd10cm') continue
    for (const code of expandPattern(concept.code, axes))
      if (!titles.has(code)) titles.set(code, titleOf(concept.preferred, concept.code, code, axes))
  }
  for (const { concept } of rows) {
    if (concept.history !== undefined && !titles.has(concept.history))
      titles.set(concept.history, `Personal history of ${concept.preferred}`)
    if (concept.family !== undefined && !titles.has(concept.family))
      titles.set(concept.family, `Family history of ${concept.preferred}`)
  }
  for (const { code, title } of further) if (!titles.has(code)) titles.set(code, title)
  return [...titles].map(([code, title]) => ({ code, title, billable: true }))
}

/** "Fracture of wrist" and `S62.10{side}{encounter}` and `S62.101A` → "Fracture of wrist, right, active treatment". */
function titleOf(preferred: string, pattern: string, code: string, axes: Axes): string {
  const parts = [preferred]
  let rest = code
  for (const piece of pattern.split(/(\{\w+\})/)) {
    if (!piece.startsWith('{')) {
      rest = rest.slice(piece.length)
      continue
    }
    const values = [...(axes.get(piece.slice(1, -1)) ?? [])].sort(
      (a, b) => b.character.length - a.character.length,
    )
    const value = values.find(candidate => rest.startsWith(candidate.character))
    if (value === undefined) continue
    rest = rest.slice(value.character.length)
    parts.push(value.meaning)
  }
  return parts.join(', ')
}

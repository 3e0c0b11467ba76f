/**
 * The codes of T36-T50 that a table of drugs can give, titled in its own words, for the catalogue of a dictionary
 * without a release; status codes stand in the lexicon. Street drugs have no adverse effect and no underdosing.
 */
import { withIntent, type DrugIntent, type DrugTable } from '../../model/drugs.js'
import type { Axes } from '../lexicon/axes.js'

export interface DrugCode {
  /** Of the table's rows, counted from 0. */
  readonly row: number
  readonly from: number
  readonly code: string
  readonly title: string
}

const POISONINGS: Readonly<Partial<Record<DrugIntent, string>>> = {
  accidental: 'Poisoning by {}, accidental',
  'self-harm': 'Poisoning by {}, intentional self-harm',
  assault: 'Poisoning by {}, assault',
  undetermined: 'Poisoning by {}, undetermined',
}
const ALL: Readonly<Partial<Record<DrugIntent, string>>> = {
  ...POISONINGS,
  adverse: 'Adverse effect of {}',
  underdosing: 'Underdosing of {}',
}

/** `fiscalYear`: without it, the codes of all years. */
export function drugCodes({ classes }: DrugTable, axes: Axes, fiscalYear = Infinity): DrugCode[] {
  const encounters = axes.get('encounter') ?? []
  return classes.flatMap(({ name, category, kind, from = 0 }, row) => {
    if (category === undefined || from > fiscalYear) return []
    const titles = Object.entries(kind === 'street' ? POISONINGS : ALL) as [DrugIntent, string][]
    return titles.flatMap(([intent, title]) =>
      encounters.map(({ character, meaning }) => ({
        row,
        from,
        code: withIntent(category, intent) + character,
        title: `${title.replace('{}', name)}, ${meaning}`,
      })),
    )
  })
}

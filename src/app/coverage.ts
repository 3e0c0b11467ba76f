/** How many billable codes of each chapter the lexicon reaches: by a row, or as the history or family code of one. */
import type { Dictionary } from '../dictionary/open-dictionary.js'
import { CHAPTERS, chapterOf } from './chapters.js'

export interface ChapterCoverage {
  readonly chapter: string
  readonly billable: number
  readonly reached: number
  /** Per cent, one decimal. */
  readonly percent: number
}

/** Whether the lexicon can give the code of an entry of the catalogue. */
export function reachedBy({
  catalogue,
  conceptOfEntry,
  conceptCount,
  concept,
}: Dictionary): (entry: number) => boolean {
  const further = new Set<string>()
  for (let i = 0; i < conceptCount; i++) {
    const { history, family } = concept(i)
    if (history !== undefined) further.add(history)
    if (family !== undefined) further.add(family)
  }
  return entry => conceptOfEntry(entry) >= 0 || further.has(catalogue.code(entry))
}

/** A row a chapter, and the total. */
export function measureCoverage(dictionary: Dictionary): ChapterCoverage[] {
  const { catalogue } = dictionary
  const isReached = reachedBy(dictionary)
  const counts = new Map(CHAPTERS.map(({ number }) => [number, { billable: 0, reached: 0 }]))
  for (let entry = 0; entry < catalogue.size; entry++) {
    const code = catalogue.code(entry)
    const count = counts.get(chapterOf(code)?.number ?? 0)
    if (count === undefined || !catalogue.isBillable(entry)) continue
    count.billable += 1
    if (isReached(entry)) count.reached += 1
  }
  const rows = CHAPTERS.map(({ number, name }) => ({
    chapter: `${number} ${name}`,
    ...(counts.get(number) ?? { billable: 0, reached: 0 }),
  }))
  const sum = (field: 'billable' | 'reached') => rows.reduce((total, row) => total + row[field], 0)
  return [...rows, { chapter: 'all', billable: sum('billable'), reached: sum('reached') }].map(row => ({
    ...row,
    percent: row.billable === 0 ? 0 : Math.round((1000 * row.reached) / row.billable) / 10,
  }))
}

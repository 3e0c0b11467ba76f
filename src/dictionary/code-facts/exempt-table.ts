/**
 * The codes that are exempt from the present-on-admission indicator → ranges of the sorted catalogue, for they stand in
 * whole categories: `exempt.from`, `exempt.until`. A header belongs to the range of its codes.
 */
import { withDot } from '../../codes/icd10cm.js'
import type { PoaExemptRow } from '../../model/code.js'
import type { CatalogueRow } from '../build/catalogue-data.js'
import type { SectionArray } from '../snapshot/format.js'

/** `rows`: of the catalogue, sorted. */
export function exemptSections(
  exempt: readonly PoaExemptRow[],
  rows: readonly CatalogueRow[],
): Record<string, SectionArray> {
  const codes = new Set(exempt.map(({ code }) => withDot(code)))
  const from: number[] = []
  const until: number[] = []
  let isOpen = false
  rows.forEach(({ code, billable }, entry) => {
    if (!billable) return
    const isExempt = codes.has(code)
    if (isExempt && !isOpen) from.push(entry)
    if (!isExempt && isOpen) until.push(entry)
    isOpen = isExempt
  })
  if (isOpen) until.push(rows.length)
  return { 'exempt.from': Uint32Array.from(from), 'exempt.until': Uint32Array.from(until) }
}

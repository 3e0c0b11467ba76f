/**
 * The conversion table → which codes were valid once and are no more, and what stands for them now: `M54.5` → `M54.50`.
 *
 *   retired.offsets, .bytes     the codes, sorted, with their dots
 *   retired.by                  entries of the catalogue
 *
 * Where several codes have come out of one, the one that says no more than the old did is taken: "unspecified" first,
 * "other" last. A successor that was replaced itself is followed to what is valid.
 */
import { withDot } from '../../codes/icd10cm.js'
import type { ConversionRow } from '../../model/code.js'
import type { CatalogueRow } from '../build/catalogue-data.js'
import type { SectionArray } from '../snapshot/format.js'
import { buildStrings } from '../snapshot/strings.js'

/** `rows`: of the catalogue, sorted. */
export function retiredSections(
  conversions: readonly ConversionRow[],
  rows: readonly CatalogueRow[],
): Record<string, SectionArray> {
  const entryOf = new Map(rows.map(({ code }, entry) => [code, entry]))
  const isBillable = (code: string): boolean => rows[entryOf.get(code) ?? -1]?.billable === true
  const later = laterCodes(conversions)
  const retired = [...later.keys()]
    .filter(code => !isBillable(code))
    .sort()
    .flatMap((code): [string, number][] => {
      const valid = [...descendants(code, later)].filter(isBillable).map(each => entryOf.get(each) as number)
      const best = valid.sort((a, b) => rankOf(rows[a]) - rankOf(rows[b]) || a - b)[0]
      return best === undefined ? [] : [[code, best]]
    })
  const strings = buildStrings(retired.map(([code]) => code))
  return {
    'retired.offsets': strings.offsets,
    'retired.bytes': strings.bytes,
    'retired.by': Uint32Array.from(retired, ([, entry]) => entry),
  }
}

function laterCodes(conversions: readonly ConversionRow[]): Map<string, string[]> {
  const later = new Map<string, string[]>()
  for (const { code, previous } of conversions)
    for (const before of previous) {
      const codes = later.get(withDot(before))
      if (codes === undefined) later.set(withDot(before), [withDot(code)])
      else codes.push(withDot(code))
    }
  return later
}

function descendants(code: string, later: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>()
  const open = [code]
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const each of later.get(next) ?? []) {
      if (found.has(each)) continue
      found.add(each)
      open.push(each)
    }
  return found
}

function rankOf(row: CatalogueRow | undefined): number {
  const title = row?.title ?? ''
  if (/\bunspecified\b|\bNOS\b|\bnot specified\b/i.test(title)) return 0
  return /\bother\b/i.test(title) ? 2 : 1
}

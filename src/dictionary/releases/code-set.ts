/**
 * The codes of one release in memory, for checking other files against them: what exists, what is
 * billable, what a code's parent is. The parent is the longest proper prefix that exists: not the code
 * minus a character, since a 7th character may follow placeholders (E08.37X1 is a child of E08.37).
 */
import { shorterCodes } from '../../codes/icd10cm.js'
import type { OrderRow } from '../../model/code.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Release } from './release-store.js'

const CATEGORY_LENGTH = 3

export type CodeSet = ReadonlyMap<string, OrderRow>

/** In the publisher's order. Throws `release-missing` if the release has no order file. */
export async function readCodeSet(release: Release): Promise<CodeSet> {
  if (!release.has('order')) {
    const { release: name, fiscalYear } = release.record
    throw new ChartcodeError(
      'release-missing',
      `${name} is installed without its order file: install icd10cm-order-${fiscalYear}.txt`,
    )
  }
  const codes = new Map<string, OrderRow>()
  for await (const row of release.read('order')) codes.set(row.code, row)
  return codes
}

/** Null for a category, and for a code that hangs in the air. */
export function parentOf(code: string, codes: ReadonlyMap<string, unknown>): string | null {
  return shorterCodes(code).find(prefix => codes.has(prefix)) ?? null
}

export function isCategory(code: string): boolean {
  return code.length === CATEGORY_LENGTH
}

/** `I50.-` or `T36.0X1` as printed → `I50`, `T360X1`. */
export function printedToCode(printed: string): string {
  return printed.replace(/[.-]/g, '')
}

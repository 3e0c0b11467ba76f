/**
 * The parts of a release against its order file, which is the authority: hierarchy, titles, and that
 * every code an index or a table names exists. Each check yields what disagrees and stops at nothing.
 */
import { withDot } from '../../codes/icd10cm.js'
import type { IndexRow, PoaExemptRow, TableRow, TabularRow } from '../../model/code.js'
import { isCategory, parentOf, printedToCode, type CodeSet } from './code-set.js'

export interface Disagreement {
  readonly code: string | null
  readonly message: string
}

/** Every code has a parent that is a header; every header has something below it. */
export function* checkOrder(codes: CodeSet): Generator<Disagreement> {
  const parents = new Set<string>()
  for (const code of codes.keys()) {
    if (isCategory(code)) continue
    const parent = parentOf(code, codes)
    if (parent === null) yield { code: withDot(code), message: 'its category does not exist' }
    else if (codes.get(parent)?.billable === true) {
      yield { code: withDot(code), message: `stands below ${withDot(parent)}, which is billable` }
    } else parents.add(parent)
  }
  for (const { code, billable } of codes.values()) {
    if (!billable && !parents.has(code)) {
      yield { code: withDot(code), message: 'is a header, and nothing stands below it' }
    }
  }
}

/** Accents go: the order file is pure ASCII, the tabular list is not. Neither do doubled spaces count. */
export function foldTitle(title: string): string {
  return title.normalize('NFD').replace(/\p{M}/gu, '').replace(/ {2,}/g, ' ')
}

const COMPLETE_CODE_LENGTH = 7

/** Codes and titles are the order file's, and what the order file has more is a defined 7th character. */
export async function* checkTabular(
  rows: AsyncIterable<TabularRow>,
  codes: CodeSet,
): AsyncGenerator<Disagreement> {
  const seventhOf = new Map<string, TabularRow['seventh']>()
  for await (const row of rows) {
    const printed = withDot(row.code)
    const order = codes.get(row.code)
    seventhOf.set(row.code, row.seventh ?? (row.parent === null ? null : (seventhOf.get(row.parent) ?? null)))
    if (order === undefined) yield { code: printed, message: 'is not in the order file' }
    else if (foldTitle(row.title) !== foldTitle(order.longTitle)) {
      yield { code: printed, message: `title '${row.title}', in the order file '${order.longTitle}'` }
    }
    if (row.parent !== null && !row.code.startsWith(row.parent)) {
      yield { code: printed, message: `stands below ${withDot(row.parent)}` }
    }
  }
  for (const code of codes.keys()) {
    if (!seventhOf.has(code) && !isDefinedSeventh(code, seventhOf)) {
      yield {
        code: withDot(code),
        message: 'is not in the tabular list, nor a 7th character it defines',
      }
    }
  }
}

function isDefinedSeventh(code: string, seventhOf: ReadonlyMap<string, TabularRow['seventh']>): boolean {
  const stem = parentOf(code, seventhOf)
  const seventh = code[COMPLETE_CODE_LENGTH - 1]
  if (stem === null || seventh === undefined) return false
  const placeholders = code.slice(stem.length, COMPLETE_CODE_LENGTH - 1)
  return /^X*$/.test(placeholders) && seventhOf.get(stem)?.[seventh] !== undefined
}

/** Every code and manifestation code exists, as a code or as a header. */
export async function* checkIndex(
  rows: AsyncIterable<IndexRow>,
  codes: CodeSet,
): AsyncGenerator<Disagreement> {
  for await (const { path, code, manifestation } of rows) {
    for (const printed of [code, manifestation]) {
      if (printed !== null) yield* checkPrinted(printed, path, codes)
    }
  }
}

/** Every cell's code exists, as a code or as a header. */
export async function* checkTable(
  rows: AsyncIterable<TableRow>,
  codes: CodeSet,
): AsyncGenerator<Disagreement> {
  for await (const { path, cells } of rows) {
    for (const printed of Object.values(cells)) yield* checkPrinted(printed, path, codes)
  }
}

/** Every exempt code exists. The conversion table tells of codes of all years: it is checked where a code is looked up. */
export async function* checkPoaExempt(
  rows: AsyncIterable<PoaExemptRow>,
  codes: CodeSet,
): AsyncGenerator<Disagreement> {
  for await (const { code } of rows)
    if (!codes.has(code)) yield { code: withDot(code), message: 'is not in the order file' }
}

function* checkPrinted(printed: string, path: IndexRow['path'], codes: CodeSet): Generator<Disagreement> {
  if (codes.has(printedToCode(printed))) return
  yield {
    code: printed,
    message: `is not in the order file (at ${path.map(step => step.title).join(' > ')})`,
  }
}

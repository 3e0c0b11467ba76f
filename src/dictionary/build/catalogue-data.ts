/**
 * Codes with titles → the flat tables of the catalogue: sorted codes, parents, children, titles without
 * what they share with the parent's (a quarter of the bytes is left), and for each
 * code the words by which its title differs from its parent's (what a note must say to choose it).
 */
import { possibleParents } from '../../codes/icd10cm.js'
import type { SectionArray } from '../snapshot/format.js'
import { buildStrings } from '../snapshot/strings.js'
import { contentWords } from '../phrases/phrase-draft.js'
import { wordsOf } from '../../text/words.js'

export interface CatalogueRow {
  /** With dot. */
  readonly code: string
  readonly title: string
  readonly billable: boolean
}

/** Title words that choose nothing between siblings. */
const NO_CHOICE = new Set(['initial', 'subsequent', 'encounter', 'sequela'])

export function sortCatalogue(rows: readonly CatalogueRow[]): CatalogueRow[] {
  return [...rows].sort((a, b) => (a.code < b.code ? -1 : 1))
}

/** Words of the titles that tell a code from its parent; the vocabulary must know them. */
export function ownTitleWords(rows: readonly CatalogueRow[]): string[][] {
  const titles = new Map(rows.map(row => [row.code, row.title]))
  return rows.map(row => {
    const parent = possibleParents(row.code).find(code => titles.has(code))
    const shared = new Set(parent === undefined ? [] : wordsOf(titles.get(parent) as string))
    return [...new Set(contentWords(wordsOf(row.title)))].filter(
      word => !shared.has(word) && !NO_CHOICE.has(word),
    )
  })
}

export function catalogueSections(
  rows: readonly CatalogueRow[],
  ownWords: readonly (readonly number[])[],
): Record<string, SectionArray> {
  const entryOf = new Map(rows.map((row, entry) => [row.code, entry]))
  const parent = new Int32Array(rows.length).fill(-1)
  const childCount = new Uint32Array(rows.length + 1)
  rows.forEach((row, entry) => {
    const code = possibleParents(row.code).find(candidate => entryOf.has(candidate))
    if (code === undefined) return
    const above = entryOf.get(code) as number
    parent[entry] = above
    childCount[above + 1] = (childCount[above + 1] as number) + 1
  })
  for (let i = 1; i <= rows.length; i++)
    childCount[i] = (childCount[i] as number) + (childCount[i - 1] as number)
  const next = childCount.slice()
  const child = new Uint32Array(childCount[rows.length] as number)
  parent.forEach((above, entry) => {
    if (above < 0) return
    child[next[above] as number] = entry
    next[above] = (next[above] as number) + 1
  })
  const ownFirst = new Uint32Array(rows.length + 1)
  ownWords.forEach((words, entry) => (ownFirst[entry + 1] = (ownFirst[entry] as number) + words.length))
  const codes = buildStrings(rows.map(row => row.code))
  const shared = Uint8Array.from(rows, (row, entry) => {
    const above = rows[parent[entry] as number]
    return above === undefined ? 0 : sharedLength(row.title, above.title)
  })
  const titles = buildStrings(rows.map((row, entry) => row.title.slice(shared[entry])))
  return {
    'codes.offsets': codes.offsets,
    'codes.bytes': codes.bytes,
    'codes.billable': Uint8Array.from(rows, row => (row.billable ? 1 : 0)),
    'codes.parent': parent,
    'codes.childFirst': childCount,
    'codes.child': child,
    'codes.ownFirst': ownFirst,
    'codes.own': Uint32Array.from(ownWords.flat()),
    'titles.shared': shared,
    'titles.offsets': titles.offsets,
    'titles.bytes': titles.bytes,
  }
}

/** How much of a title its parent's title begins with; kept in one byte. */
function sharedLength(title: string, above: string): number {
  let length = 0
  while (length < 255 && length < above.length && title[length] === above[length]) length++
  return length
}

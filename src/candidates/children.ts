/**
 * What is below a header of the release, and how a note chooses among it: found once for a header, for it does not
 * depend on the note.
 */
import type { Catalogue } from '../model/dictionary.js'

export interface Children {
  readonly entries: readonly number[]
  /** Length of the header's code: the children's own characters stand behind it. */
  readonly depth: number
  /** Axis of the lexicon's rows that the children's 7th characters are, if they are. */
  readonly encounterAxis: string | undefined
  /** They are sides, dominant and not. */
  readonly isDominance: boolean
  /** Children with the words of their own by which a note can choose them. */
  readonly worded: readonly { readonly entry: number; readonly words: readonly number[] }[]
  /** All of these words. */
  readonly words: ReadonlySet<number>
  /** What a coder takes where nothing is said. */
  readonly usual: number
}

export type ChildrenOf = (parent: number) => Children | undefined

/** A fracture is displaced unless the note says that it is not (Official Guidelines I.C.19.c). */
const PRESUMED = 'displaced'

export function createChildTable(catalogue: Catalogue, wordId: (word: string) => number): ChildrenOf {
  const known = new Map<number, Children | undefined>()
  return parent => {
    const seen = known.get(parent)
    if (seen !== undefined || known.has(parent)) return seen
    const children = readChildren(parent, catalogue, wordId(PRESUMED))
    known.set(parent, children)
    return children
  }
}

function readChildren(parent: number, catalogue: Catalogue, presumed: number): Children | undefined {
  const entries = catalogue.children(parent)
  if (entries.length === 0) return undefined
  const depth = catalogue.code(parent).length
  const worded = entries
    .map(entry => ({ entry, words: catalogue.ownWords(entry).filter(word => word !== presumed) }))
    .filter(({ words }) => words.length > 0)
  return {
    entries,
    depth,
    encounterAxis: encounterAxisOf(entries.map(entry => catalogue.code(entry).slice(depth)).join('')),
    isDominance: entries.some(entry => / dominant side/.test(catalogue.title(entry))),
    worded,
    words: new Set(worded.flatMap(({ words }) => words)),
    usual: defaultChild(entries, catalogue),
  }
}

/** The 7th character of an injury by the same words as in a lexicon row (Official Guidelines I.C.19.a). */
function encounterAxisOf(characters: string): string | undefined {
  if (!/^(?=.*A)(?=.*D)(?=.*S)[A-S]+$/.test(characters)) return undefined
  return ENCOUNTER_AXES.find(([needed]) => characters.includes(needed))?.[1] ?? 'encounter'
}

/** A character that only these axes have: open fractures by Gustilo, open ones, those that heal badly. */
const ENCOUNTER_AXES = [
  ['C', 'longbone'],
  ['B', 'fracture'],
  ['K', 'pathologic'],
] as const

/** What a coder takes where nothing is said: "unspecified", "without complication", active treatment. */
export function defaultChild(children: readonly number[], catalogue: Catalogue): number {
  const shared = sharedBeginning(children.map(child => catalogue.title(child)))
  let best = children[0] as number
  let bestRank = -1
  for (const child of children) {
    const rank = rankAsDefault(catalogue.title(child).slice(shared), catalogue.code(child))
    if (rank <= bestRank) continue
    best = child
    bestRank = rank
  }
  return best
}

/** Length of the words with which all titles begin: "without aura, not intractable, " chooses between none of them. */
function sharedBeginning(titles: readonly string[]): number {
  const [first = '', ...others] = titles
  if (others.length === 0) return 0
  let length = 0
  while (length < first.length && others.every(title => title[length] === first[length])) length++
  return first.lastIndexOf(' ', length) + 1
}

function rankAsDefault(title: string, code: string): number {
  if (/initial encounter for closed fracture/.test(title)) return 9
  if (/initial encounter/.test(title)) return 8
  if (/without (?:complication|mention)/.test(title)) return 7
  if (/unspecified/i.test(title) && !/with unspecified|unspecified complication/.test(title))
    return code.endsWith('9') ? 6 : 5
  if (/^(?:Other|Encounter for other)/i.test(title)) return 1
  if (/NOS|without/.test(title)) return 4
  return code.endsWith('9') || code.endsWith('0') ? 3 : 2
}

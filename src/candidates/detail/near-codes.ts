/**
 * Codes one step away from a candidate, and the words of their titles that would lead there:
 *
 *   E11.9 → E11.21 "nephropathy", E11.65 "hyperglycemia"
 *
 * What every note shares is found once for a code; of that, a note takes out what it holds itself.
 */
import type { Catalogue } from '../../model/dictionary.js'
import type { Candidate } from '../../model/result.js'
import type { HoldsWord } from '../../text/words-of-note.js'
import { completed } from './complete.js'
import type { DetailParts } from './missing.js'
import {
  countOpen,
  isOther,
  knownWords,
  lackingWords,
  withoutBrackets,
  wordsOfTitle,
  type TitleWord,
} from './title-words.js'

export interface NearCode {
  readonly code: string
  readonly title: string
  /** Those that the candidate's own title lacks. */
  readonly words: readonly TitleWord[]
  /** Of them those that a note may hold already, without numbers and words of many titles. */
  readonly ids: readonly number[]
  /** The answer where the note holds none of them, for all such notes. */
  readonly unsaid: Candidate['alternatives'][number]
  /** How many wordings the lexicon has for it: what notes speak of has many. */
  readonly wordings: number
  /** How often its title says that something is not said. */
  readonly open: number
}

export interface NearParts extends DetailParts {
  readonly conceptOfEntry: (entry: number) => number
  readonly wordingsOf: (concept: number) => number
}

const MOST_ALTERNATIVES = 5
/** Leaves of one level that are looked at, and how many are kept for the note to choose from. */
const MOST_LEAVES = 80
const MOST_NEAR = 20
/** A title that lacks more words than this says something else. */
const MOST_WORDS = 4
/** Of a code with all its characters and its dot. */
const COMPLETE = 8

/**
 * The leaves beside the code at the nearest level that has other words than sides. What a level leaves open is
 * `missing`; the encounter of a 7th character is no near code.
 */
export function findNear(code: string, parts: NearParts): NearCode[] {
  const { catalogue } = parts
  const entry = catalogue.find(code)
  let level = entry
  while (level >= 0) {
    const above = catalogue.parent(level)
    if (above < 0) return []
    const place = catalogue.code(level).length
    if (place < COMPLETE) {
      if (countOpen(catalogue.title(level)) > countOpen(catalogue.title(above))) return []
      const near = nearOf(entry, leavesBeside(level, above, code.slice(place), catalogue), parts)
      if (near.length > 0) return near
    }
    level = above
  }
  return []
}

/** Where the candidate has characters behind this level, codes with the same; else all that can be billed. */
function leavesBeside(level: number, above: number, rest: string, catalogue: Catalogue): number[] {
  const leaves = (sibling: number): number[] =>
    rest === '' && !catalogue.isBillable(sibling)
      ? catalogue.children(sibling).flatMap(leaves)
      : completed(sibling, rest, catalogue)
  return catalogue
    .children(above)
    .filter(sibling => sibling !== level)
    .flatMap(leaves)
    .slice(0, MOST_LEAVES)
}

function nearOf(entry: number, leaves: readonly number[], parts: NearParts): NearCode[] {
  const { catalogue, wordId, conceptOfEntry, wordingsOf } = parts
  const own = catalogue.title(entry)
  const isKnown = knownWords(own, wordId)
  return leaves
    .flatMap((leaf): NearCode[] => {
      const title = withoutBrackets(catalogue.title(leaf))
      if (isOther(title) || UNNAMED.test(title) || isOfOtherSide(own, title)) return []
      const words = wordsOfTitle(title, wordId).filter(word => !isKnown(word))
      if (words.length === 0 || words.length > MOST_WORDS || words.every(({ text }) => SIDE.test(text)))
        return []
      const wordings = wordingsOf(conceptOfEntry(leaf))
      const ids = words.filter(({ id, text }) => id !== 0 && !VAGUE.test(text)).map(({ id }) => id)
      const needs = lackingWords(title, words, () => false) ?? ''
      const code = catalogue.code(leaf)
      return [{ code, title, words, ids, unsaid: { code, needs }, wordings, open: countOpen(title) }]
    })
    .sort(byLikelihood)
    .slice(0, MOST_NEAR)
}

const UNNAMED = /\bunspecified (?:complications?|part)\b/i
const SIDE = /^(?:right|left|bilateral|unilateral|both)$/

function isOfOtherSide(title: string, other: string): boolean {
  const has = (text: string, side: string): boolean => new RegExp(`\\b${side}\\b`).test(text)
  return (has(title, 'left') && has(other, 'right')) || (has(title, 'right') && has(other, 'left'))
}

/** What says all before what leaves something open; then what notes speak of most. */
function byLikelihood(a: NearCode, b: NearCode): number {
  return (
    a.open - b.open ||
    b.wordings - a.wordings ||
    a.words.length - b.words.length ||
    (a.code < b.code ? -1 : 1)
  )
}

/** Words of many titles: that the note holds them elsewhere says nothing. */
const VAGUE =
  /^(?:disease|disorder|syndrome|condition|acute|chronic|right|left|bilateral|mild|moderate|severe)$/

/** Those first of which the note holds a word already; none of which it speaks, whose `codes` are left out. */
export function chooseAlternatives(
  near: readonly NearCode[],
  holdsWord: HoldsWord,
  codes: ReadonlySet<string>,
): Candidate['alternatives'] {
  const halfSaid: Candidate['alternatives'][number][] = []
  const unsaid: Candidate['alternatives'][number][] = []
  for (const one of near) {
    if (halfSaid.length === MOST_ALTERNATIVES) break
    if (codes.has(one.code)) continue
    if (!one.ids.some(holdsWord)) {
      if (unsaid.length < MOST_ALTERNATIVES) unsaid.push(one.unsaid)
      continue
    }
    const isSaid = ({ id }: TitleWord): boolean => one.ids.includes(id) && holdsWord(id)
    const needs = lackingWords(one.title, one.words, isSaid)
    if (needs !== undefined) halfSaid.push({ code: one.code, needs })
  }
  return [...halfSaid, ...unsaid.slice(0, MOST_ALTERNATIVES - halfSaid.length)]
}

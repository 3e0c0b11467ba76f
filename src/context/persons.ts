/**
 * Persons who are not the patient. Naming one opens a scope only where a word or sign joins him to a disease,
 * because most persons in a note report, bring or live with.
 *
 *   mother had breast cancer · father: MI · colon cancer in his father · DM (mother)      joined
 *   mother reports fever · brought in by her mother:                                           not joined
 */
import { GAP, type Document } from '../model/document.js'
import { AXIS, BACKWARD, CLASS_BIT, FIELD, FORWARD } from './axes.js'
import { isNumber } from './dates.js'
import { speaks } from './dialogue.js'
import type { Hits } from './hits.js'
import { endsBefore, HARD_STOP, standsBehindLabel } from './layout.js'

const JOINED_BY_AXES = (1 << AXIS.temporality) | (1 << AXIS.presence)

/** Sets the directions of the persons among the hits; `isFamilySection`: whether a token lies in one. */
export function joinPersons(
  document: Document,
  hits: Hits,
  isFamilySection: (token: number) => boolean,
): void {
  // From the last to the first: `mother and father had` is joined by what follows `father`.
  for (let hit = hits.count - 1; hit >= 0; hit--) {
    if (hits.trigger[hit]?.row.direction !== 'linked') continue
    hits.direction[hit] = directionOf(document, hits, hit, isFamilySection)
  }
}

function directionOf(
  document: Document,
  hits: Hits,
  hit: number,
  isFamilySection: (token: number) => boolean,
): number {
  const first = hits.first[hit] as number
  const past = hits.end[hit] as number
  if (speaks(document, first) && !isFamilySection(first)) return 0
  if (isAnswer(document, first, past)) return BACKWARD | FIELD
  if (hasRelativeClause(hits, hit, past)) return FORWARD
  if (isClass(hits, hit - 1, 'source', first)) return 0
  if (isJoinedForward(document, hits, hit, past)) return FORWARD
  if (isJoinedBackward(document, hits, hit, first)) return BACKWARD
  if (!isFamilySection(first)) return 0
  return standsBehindDisease(document, first, past) ? BACKWARD : FORWARD
}

/** `lives with his father, who has dementia` */
function hasRelativeClause(hits: Hits, hit: number, past: number): boolean {
  const next = hit + 1
  if (next >= hits.count || hits.first[next] !== past) return false
  const classes = hits.trigger[next]?.classes ?? 0
  return (classes & CLASS_BIT.link) !== 0 && (classes & CLASS_BIT.relative) !== 0
}

/** In a list of the family: `HTN mother, nephrolithiasis father`, `osteoporosis  Mother  62`. */
function standsBehindDisease(document: Document, first: number, past: number): boolean {
  const { gap } = document.tokens
  if (first === 0 || (gap[first] as number) & (HARD_STOP | GAP.newline | GAP.colon | GAP.comma)) return false
  return endsBefore(document, skipAge(document, past))
}

/** `Diabetes: mother`, `breast cancer - aunt`, `DM (father)`. */
function isAnswer(document: Document, first: number, past: number): boolean {
  if (!endsBefore(document, past)) return false
  return standsBehindLabel(document, first) || isBehindBracket(document, first)
}

function isBehindBracket(document: Document, first: number): boolean {
  const { gap, start } = document.tokens
  if (first === 0 || !((gap[first] as number) & GAP.paren)) return false
  return document.text.charAt((start[first] as number) - 1) === '('
}

function isJoinedForward(document: Document, hits: Hits, hit: number, past: number): boolean {
  const { text, tokens } = document
  // What stands in another paragraph is not told of the person, whatever mark ends this one.
  if (past >= tokens.count || (tokens.gap[past] as number) & (GAP.blankLine | GAP.period)) return false
  const behind = text.charCodeAt(tokens.end[past - 1] as number)
  if (behind === 0x27 || behind === 0x2019) return !isNoDisease(document, past) // his mother's cancer
  if (standsBehindLabel(document, past) || isBehindBracket(document, past)) return true
  const behindAge = skipAge(document, past)
  // `no sick contacts, no fever`: what follows a comma is not told of the person, unless his age stands between.
  if (behindAge === past && (tokens.gap[past] as number) & GAP.comma) return false
  let next = hit + 1
  while (
    next < hits.count &&
    (hits.first[next] === hits.end[next] || (hits.first[next] as number) < behindAge)
  )
    next++
  if (next >= hits.count || hits.first[next] !== behindAge) return false
  const follower = hits.trigger[next]
  if (follower === undefined) return false
  if (follower.classes & CLASS_BIT.link || follower.axes & JOINED_BY_AXES) {
    hits.end[hit] = behindAge
    return true
  }
  const after = next + 1
  const joinsPersons = (follower.classes & CLASS_BIT.list) !== 0 && hits.first[after] === hits.end[next]
  return joinsPersons && isPerson(hits, after) && ((hits.direction[after] as number) & FORWARD) !== 0
}

/** What a person has that is no disease: `mother's main concern is bedwetting`. */
const BELONGINGS: ReadonlySet<string> = new Set(
  'main chief biggest concern concerns arms lap report request house home name phone question questions opinion belief account insurance history'.split(
    ' ',
  ),
)

function isNoDisease({ text, tokens }: Document, token: number): boolean {
  return BELONGINGS.has(text.slice(tokens.start[token], tokens.end[token]).toLowerCase())
}

const AGE_WORDS: ReadonlySet<string> = new Set('at aged age years year old yo y/o y o'.split(' '))
/** Tokens that an age may be: `aged 71 years old`. */
const LONGEST_AGE = 4

/** `mother, 71, with`, `mother (71 yo) had`: the token behind the age, or `token` where none stands there. */
function skipAge(document: Document, token: number): number {
  const { count, start, end, gap } = document.tokens
  let past = token
  let hasNumber = false
  while (past < count && past < token + LONGEST_AGE && !((gap[past] as number) & HARD_STOP)) {
    const isAge: boolean = !hasNumber && isNumber(document, past)
    if (!isAge && !AGE_WORDS.has(document.text.slice(start[past], end[past]).toLowerCase())) break
    hasNumber ||= isAge
    past++
  }
  return hasNumber && past < count ? past : token
}

/** `cancer in his father`, `in his mother and father`, `cancer (father at 60)`. */
function isJoinedBackward(document: Document, hits: Hits, hit: number, first: number): boolean {
  if (isBehindBracket(document, first)) return true
  let previous = hit - 1
  let reached = first
  if (isClass(hits, previous, 'list', reached) && isPerson(hits, previous - 1)) {
    reached = hits.first[previous - 1] as number
    previous -= 2
  }
  return isClass(hits, previous, 'backlink', reached)
}

function isClass(hits: Hits, hit: number, name: 'list' | 'backlink' | 'source', end: number): boolean {
  return hit >= 0 && hits.end[hit] === end && ((hits.trigger[hit]?.classes ?? 0) & CLASS_BIT[name]) !== 0
}

function isPerson(hits: Hits, hit: number): boolean {
  return hit >= 0 && hit < hits.count && hits.trigger[hit]?.row.direction === 'linked'
}

/**
 * The words around a mention, for what they say about it: side, stage, acuity, cause. Only its own
 * sentence counts, and of that the clause: a side on the other side of a comma belongs to something else
 * unless nothing stands between.
 */
import { GAP, type Document } from '../model/document.js'
import { sentenceRange } from '../text/sentence-at.js'
import { standsAt } from '../text/stands-at.js'
import type { Mention } from './mention.js'
import type { Place } from './drafts.js'

export interface NearWord {
  readonly start: number
  readonly end: number
  /** Tokens between the mention and the word; 0 inside it. */
  readonly distance: number
}

export interface Nearby {
  /** Whether one of the words, by their ids, stands where {@link Nearby.nearest} looks. */
  holdsAny(words: ReadonlySet<number>, far: boolean): boolean
  /** The wording nearest to the mention; `far` looks through the whole sentence. */
  nearest(words: readonly string[], far: boolean): NearWord | undefined
  /** Where all these words stand near the mention, or undefined if one is missing. */
  placesOf(ids: readonly number[]): readonly Place[] | undefined
}

/** How many words away a side or stage may stand. */
const REACH = 5

/** `idsOf`: ids of a wording's words, none where a word is in no phrase. `isNamedSite`: whether a token names a part of the body within some mention. */
export function createNearby(
  document: Document,
  mention: Mention,
  idsOf: (words: readonly string[]) => readonly number[],
  isNamedSite: (token: number) => boolean,
): Nearby {
  const { tokens } = document
  const around = surroundingsOf(document, mention)
  const { first, past, farFirst, farPast, qualifiers } = around

  const holdsAny = (words: ReadonlySet<number>, far: boolean): boolean => {
    if (holdsOne(tokens.id, words, far ? farFirst : first, far ? farPast : past)) return true
    return qualifiers.some(([from, until]) => holdsOne(tokens.id, words, from, until))
  }

  const nearest = (words: readonly string[], far: boolean): NearWord | undefined => {
    const ids = idsOf(words)
    if (ids.length === 0) return undefined
    const low = far ? farFirst : first
    const high = far ? farPast : past
    let best: NearWord | undefined
    const look = (from: number, until: number): void => {
      for (let at = from; at + ids.length <= until; at++) {
        if (!standsAt(ids, at, tokens.id)) continue
        if (isNoSide(document, at) || isDenied(document, at)) continue
        const last = at + ids.length - 1
        if (!far && isOfNextItem(document, mention.endToken, at, last + 1, isNamedSite)) continue
        const distance = Math.min(distanceOf(at, mention), distanceOf(last, mention))
        if (best === undefined || distance < best.distance)
          best = { start: tokens.start[at] as number, end: tokens.end[last] as number, distance }
      }
    }
    look(low, high)
    for (const [from, until] of qualifiers)
      if (from >= high && until - from <= ids.length + 1) look(from, until)
    return best
  }

  return { holdsAny, nearest, placesOf: ids => placesIn(document, mention, around, ids) }
}

function distanceOf(token: number, { firstToken, endToken }: Mention): number {
  if (token < firstToken) return firstToken - token
  return token >= endToken ? token - endToken + 1 : 0
}

function placesIn(
  document: Document,
  mention: Mention,
  { first, past }: Surroundings,
  ids: readonly number[],
): readonly Place[] | undefined {
  const { tokens } = document
  const places: Place[] = []
  for (const id of ids) {
    let token = -1
    for (let at = first; at < past; at++) {
      if (tokens.id[at] !== id || isDenied(document, at)) continue
      if (token < 0 || distanceOf(at, mention) < distanceOf(token, mention)) token = at
    }
    if (token < 0) return undefined
    places.push({ role: 'type', start: tokens.start[token] as number, end: tokens.end[token] as number })
  }
  return places
}

/** What is around a mention. */
interface Surroundings {
  /** The clause. */
  readonly first: number
  readonly past: number
  /** As much of the sentence as is searched. */
  readonly farFirst: number
  readonly farPast: number
  readonly qualifiers: readonly (readonly [number, number])[]
}

function surroundingsOf(document: Document, { firstToken, endToken }: Mention): Surroundings {
  const [sentenceFirst, sentencePast] = sentenceRange(document.sentences, firstToken)
  return {
    first: Math.max(sentenceFirst, clauseStart(document, firstToken, sentenceFirst)),
    past: Math.min(sentencePast, clauseEnd(document, endToken, sentencePast)),
    farFirst: Math.max(sentenceFirst, firstToken - FAR),
    farPast: Math.min(sentencePast, endToken + FAR),
    qualifiers: qualifiersBehind(document, endToken, sentencePast),
  }
}

function holdsOne(id: Int32Array, words: ReadonlySet<number>, first: number, past: number): boolean {
  for (let token = first; token < past; token++) if (words.has(id[token] as number)) return true
  return false
}

/** A sentence is searched this far to each side for what concerns the whole encounter. */
const FAR = 25
const CLAUSE_GAP = GAP.comma | GAP.semicolon | GAP.colon | GAP.cell

function clauseStart(document: Document, from: number, stop: number): number {
  const { tokens } = document
  let at = from
  while (at > stop && from - at < REACH) {
    if ((tokens.gap[at] as number) & CLAUSE_GAP && !isBehindQualifiers(document, at, stop)) break
    at--
  }
  // `OS: central corneal ulcer`, `Right upper lid: ptosis`: a short label says where.
  const isLabelled = ((tokens.gap[at] as number) & CLAUSE_GAP) === GAP.colon && at - stop <= LONGEST_LABEL
  return isLabelled ? stop : at
}

const LONGEST_LABEL = 4

/** `Open, displaced, infected mandibular fracture`: short qualifiers before a comma, from the sentence's start. */
function isBehindQualifiers(document: Document, comma: number, stop: number): boolean {
  const { gap } = document.tokens
  let past = comma
  for (let item = 0; item < MOST_QUALIFIERS; item++) {
    if (((gap[past] as number) & CLAUSE_GAP) !== GAP.comma) return false
    let first = past - 1
    while (first > stop && past - first <= 2 && ((gap[first] as number) & CLAUSE_GAP) === 0) first--
    if (past - first > 2 || !isQualifier(document, first, past)) return false
    if (first === stop) return true
    past = first
  }
  return false
}

function clauseEnd(document: Document, from: number, stop: number): number {
  const { gap } = document.tokens
  let at = from
  let item = from
  while (at < stop && at - item < REACH) {
    if ((gap[at] as number) & (GAP.semicolon | GAP.colon | GAP.cell)) break
    // "fracture of the radius, left": one comma may stand right behind the mention, and one behind a qualifier.
    if ((gap[at] as number) & GAP.comma && at > from) {
      if (!isQualifier(document, item, at)) break
      item = at
    }
    at++
  }
  return at
}

/** Words that say no other condition: "major depressive disorder, single episode, severe". */
const QUALIFIERS = new Set(
  'single episode recurrent recurring primary secondary right left bilateral unilateral initial subsequent encounter closed open displaced nondisplaced acute chronic unspecified'.split(
    ' ',
  ),
)

function isQualifier({ text, tokens }: Document, first: number, past: number): boolean {
  for (let token = first; token < past; token++)
    if (!QUALIFIERS.has(text.slice(tokens.start[token], tokens.end[token]).toLowerCase())) return false
  return true
}

/** `Ankle sprain, left knee contusion`: behind a comma and right before the site of another mention, `left` is of that one. */
function isOfNextItem(
  { tokens }: Document,
  mentionEnd: number,
  at: number,
  behind: number,
  isNamedSite: (token: number) => boolean,
): boolean {
  if (at < mentionEnd || behind >= tokens.count || !isNamedSite(behind)) return false
  if ((tokens.gap[behind] as number) & (CLAUSE_GAP | GAP.sentence)) return false
  for (let token = mentionEnd; token <= at; token++)
    if ((tokens.gap[token] as number) & GAP.comma) return true
  return false
}

/** How many commas a list of qualifiers may hold, and how many words a qualifier. */
const MOST_QUALIFIERS = 4
const LONGEST_QUALIFIER = 6

/**
 * `POAG OU, moderate stage`, `Dry AMD, intermediate stage, both eyes`: what stands between commas behind the
 * mention. It belongs to the mention where it is little more than the words of an axis.
 */
function qualifiersBehind({ tokens }: Document, from: number, stop: number): [number, number][] {
  const qualifiers: [number, number][] = []
  let start = from
  for (let at = from; at <= stop && at - start <= LONGEST_QUALIFIER; at++) {
    if (qualifiers.length === MOST_QUALIFIERS) break
    const gap = at === stop ? GAP.comma : (tokens.gap[at] as number)
    if (gap & (GAP.semicolon | GAP.colon | GAP.cell)) break
    if (!(gap & GAP.comma)) continue
    if (at > start) qualifiers.push([start, at])
    start = at
  }
  return qualifiers
}

/** "left the hospital", "was left with" and the hand that leads, "right-handed", are no side. */
function isNoSide({ text, tokens }: Document, token: number): boolean {
  const word = text.slice(tokens.start[token], tokens.end[token]).toLowerCase()
  if (word !== 'left' && word !== 'right') return false
  const next = text.slice(tokens.end[token], (tokens.end[token] as number) + LONGEST_HAND).toLowerCase()
  if (/^[ -]hand(?:ed|er|[ -]dominan)/.test(next)) return true
  return word === 'left' && /^ (?:the|with|his|her|ama|aga|on|at)\b/.test(next)
}

const LONGEST_HAND = ' hand dominan'.length

const DENIALS = new Set(['no', 'not', 'without', 'denies', 'negative'])

/** `without status migrainosus`, `no open fracture`: what is denied chooses no character. */
function isDenied({ text, tokens }: Document, token: number): boolean {
  for (let at = token; at > Math.max(0, token - 2) && !((tokens.gap[at] as number) & CLAUSE_GAP); at--)
    if (DENIALS.has(text.slice(tokens.start[at - 1], tokens.end[at - 1]).toLowerCase())) return true
  return false
}

/**
 * How far a cue reaches to the right.
 *
 *   denies fever, chills, or cough but reports pain
 *          ^-------------------^ lists go on, the window starts anew at each item; `but` ends
 *   no fever, lungs are clear
 *      ^---^                     `are` shows that a new clause began at the comma: cut back to it
 *   no x or y, and z
 *      ^----^                    an `or` closes the list, so the `and` opens something else
 *   no masses were seen          a passive verb belongs to the clause
 *
 *   denies the following:\n- chills\n- fever\n
 *          ^--------------------------------^  a cue that heads a list reaches over its items
 *
 * One loop over the tokens with a pointer into the hits: a function a token would double the time.
 */
import type { TriggerDirection } from '../model/dictionary.js'
import { GAP, type Document } from '../model/document.js'
import { CLASS_BIT, FORWARD } from './axes.js'
import type { Hits } from './hits.js'
import { HARD_STOP } from './layout.js'
import { CHAIN, type Trigger } from './trigger.js'

const LOOK = HARD_STOP | GAP.comma | GAP.colon | GAP.paren | GAP.hyphen
const OR = CLASS_BIT.or
const LIST = CLASS_BIT.list
/** `no, …` is an answer; `mother, 71, with …` and `in 2009, …` go on. */
const GOES_ON: ReadonlySet<TriggerDirection> = new Set(['linked', 'dated'])
/** Tokens that may stand between a cue and the list that it heads: `any of the following symptoms:`. */
const LONGEST_LEAD = 5
/** Tokens in which an `or` must follow for commas to be taken as a list of alternatives. */
const REACH_OF_OR = 12

/** Where the walk stands: the item that it is in, and what parted it from the one before. */
interface Walk {
  readonly trigger: Trigger
  readonly begin: number
  /** First token of the present item, -1 in the first. */
  item: number
  isBehindOr: boolean
  /** An `or` has closed the list and a comma followed. */
  isClosed: boolean
  limit: number
  depth: number
  /** The cue stands before the colon of a list; its items are in the scope. */
  headsList: boolean
}

/** First token that the scope of `hit` does not hold. */
export function endOfScope(document: Document, hits: Hits, hit: number): number {
  const { count, gap } = document.tokens
  const trigger = hits.trigger[hit] as Trigger
  const begin = hits.end[hit] as number
  const walk: Walk = {
    trigger,
    begin,
    item: -1,
    isBehindOr: false,
    isClosed: false,
    limit: begin + trigger.window,
    depth: 0,
    headsList: false,
  }
  let next = hit + 1
  for (let token = begin; token < count; token++) {
    const flags = gap[token] as number
    // A sign stands before its token and behind whatever parts it from the one before.
    if (flags & LOOK && !(token === begin && hits.first[hit] === begin)) {
      const stop = stopAtGap(document, hits, next, token, flags, walk)
      if (stop >= 0) return stop
    }
    while (next < hits.count && (hits.first[next] as number) <= token) {
      if ((hits.first[next] as number) === token) {
        const stop = stopAtHit(hits, next, token, walk)
        if (stop >= 0) return stop
      }
      next++
    }
    if (token >= walk.limit) return token
  }
  return count
}

function stopAtGap(
  document: Document,
  hits: Hits,
  next: number,
  token: number,
  flags: number,
  walk: Walk,
): number {
  if (flags & HARD_STOP) {
    // A table: `Sister | vitiligo`.
    if (token === walk.begin && (flags & HARD_STOP) === GAP.cell && walk.trigger.row.direction === 'linked')
      return -1
    const isItem = ((flags | (document.tokens.gap[token + 1] as number)) & GAP.item) !== 0
    if (!isItem || !goesOnWithItem(token, flags, walk)) return token
    startItem(token, false, walk)
    return -1
  }
  if (flags & GAP.hyphen && token > walk.begin && isDash(document, token)) return token
  if (flags & GAP.paren && leavesBracket(document, token, walk)) return token
  if (flags & GAP.colon && token > walk.begin) {
    // Behind a comma the colon closes the label of something new; in the first item it opens the list.
    if (walk.item >= 0) return walk.item
    walk.limit = token + walk.trigger.window
  }
  if (!(flags & GAP.comma)) return -1
  if (token === walk.begin) return GOES_ON.has(walk.trigger.row.direction) ? -1 : token
  if (walk.trigger.chain === CHAIN.none) return token
  if (walk.trigger.chain === CHAIN.pair && !isAlternativeNear(hits, next, token)) return token
  walk.isClosed ||= walk.isBehindOr
  startItem(token, false, walk)
  return -1
}

/** Whether `token` opens an item of a list that the cue heads. */
function goesOnWithItem(token: number, flags: number, walk: Walk): boolean {
  if (flags & GAP.blankLine) return false
  if (flags & GAP.colon && token - walk.begin <= LONGEST_LEAD && walk.item < 0) walk.headsList = true
  return walk.headsList
}

/** `no drainage -- dehiscence`: a dash with blanks around it, not the hyphen of a compound or a bullet. */
function isDash({ text, tokens }: Document, token: number): boolean {
  const from = tokens.end[token - 1] as number
  const to = tokens.start[token] as number
  return to - from >= 3 && /^ +(?:--+|[\u2013\u2014]) +$/.test(text.slice(from, to))
}

/** Whether a bracket closes before `token` that was opened before the cue. */
function leavesBracket(document: Document, token: number, walk: Walk): boolean {
  const { end, start } = document.tokens
  for (let at = end[token - 1] as number; at < (start[token] as number); at++) {
    const unit = document.text.charCodeAt(at)
    if (unit === 0x28 || unit === 0x5b || unit === 0x7b) walk.depth++
    else if ((unit === 0x29 || unit === 0x5d || unit === 0x7d) && walk.depth-- === 0) return true
  }
  return false
}

/** `possible pneumonia, PE, or MI`: a conjunction follows soon. */
function isAlternativeNear(hits: Hits, next: number, token: number): boolean {
  for (let hit = next; hit < hits.count && (hits.first[hit] as number) < token + REACH_OF_OR; hit++)
    if ((hits.trigger[hit]?.classes ?? 0) & OR) return true
  return false
}

function startItem(token: number, isBehindOr: boolean, walk: Walk): void {
  walk.item = token
  walk.isBehindOr = isBehindOr
  walk.limit = Math.max(walk.limit, token + walk.trigger.window)
}

function stopAtHit(hits: Hits, hit: number, token: number, walk: Walk): number {
  const other = hits.trigger[hit] as Trigger
  const { trigger } = walk
  if (other.axes & trigger.axes && hits.direction[hit] !== 0 && walk.depth <= 0) {
    if ((hits.direction[hit] as number) & FORWARD) return token
    if (other.row.categories[0] !== trigger.row.categories[0]) return walk.item >= 0 ? walk.item : token
  }
  const { classes } = other
  if (classes & LIST) {
    if (trigger.chain === CHAIN.none || (walk.isClosed && walk.item === token && !(classes & OR)))
      return token
    startItem(hits.end[hit] as number, (classes & OR) !== 0, walk)
  }
  if (token === walk.begin && classes & CLASS_BIT.link && trigger.row.direction === 'linked') return -1
  const stops = classes & trigger.stops
  if (stops === 0) return -1
  if (stops & ~(CLASS_BIT.verb | CLASS_BIT.subject)) return token
  if (stops & CLASS_BIT.subject && walk.item === token) return token
  if (stops & CLASS_BIT.verb) {
    if (walk.item >= 0 && walk.item < token) return walk.isBehindOr ? token : walk.item
    if (walk.item < 0 && token > walk.begin && !isSubject(hits, hit - 1, token)) return token
    if (walk.item === token) return token
  }
  return -1
}

/** `denies that she has`: the pronoun before the verb belongs to the cue. */
function isSubject(hits: Hits, hit: number, end: number): boolean {
  return hit >= 0 && hits.end[hit] === end && ((hits.trigger[hit]?.classes ?? 0) & CLASS_BIT.subject) !== 0
}

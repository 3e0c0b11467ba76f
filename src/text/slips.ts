/**
 * Spelling slips: an unknown word → the one known word that is one edit away (a letter wrong, too many, missing,
 * or two exchanged), the first letter right, six letters or more.
 *
 *   hypertention → hypertension      pnuemonia → pneumonia      diabetis → diabetes
 *
 * An edit touches one half of a word and leaves the other whole, so the known words are filed under their
 * first and their last half, and only those that share one are compared (as in G. Navarro, A guided tour to
 * approximate string matching, ACM Comput. Surv. 33 (2001), section 7: partitioning into exact searching).
 * Words of everyday English are no slips; a Bloom filter holds them.
 */
import { hashBytes, isMember } from './word-filter.js'

export const SHORTEST = 6
export const LONGEST = 24

export interface SlipData {
  /** Letters of all known words, one after another. */
  readonly bytes: Uint8Array
  /** Word → its first letter in `bytes`; one entry more than there are words. */
  readonly first: Uint32Array
  readonly id: Uint32Array
  /** Slot of a half → its first entry in `halves`; one more than there are slots, whose number is a power of two. */
  readonly slotFirst: Uint32Array
  /** A known word in the low {@link WORD_BITS} bits, the high bits of its half's key above. */
  readonly halves: Uint32Array
  /** Filter of words that are no slips. */
  readonly everyday: Uint32Array
}

/** Where the halves of a known word of a length end and begin; an exchange in the middle spoils one letter of each. */
export function firstHalf(length: number): number {
  return length >> 1
}
export function lastHalf(length: number): number {
  return length - (length >> 1) - 1
}

export const WORD_BITS = 20
const WORD = (1 << WORD_BITS) - 1
/** The bits of a key that an entry keeps: all but one of four thousand other halves are told by them. */
export const FINGERPRINT = ~WORD

/**
 * Key of a half: its slot in the low bits. Halves are filed with the length of their word and its first
 * letter, which a slip leaves right: an ending like -ectomy is shared by many words, but by few of one length and letter.
 */
export function keyOf(hash: number, length: number, letter: number): number {
  const mixed = Math.imul(hash ^ Math.imul(length * 32 + letter, 0x9e3779b1), 0x85ebca77)
  return mixed ^ (mixed >>> 15)
}

/** Answers that are kept; a power of two. */
const KEPT = 16_384
const KEPT_LENGTH = LONGEST

export class Slips {
  private readonly data: SlipData
  /** Words asked for and what was found, each in the slot of its hash: the unknown words of notes are few, and come again. */
  private readonly asked = new Uint8Array(KEPT * KEPT_LENGTH)
  private readonly answers = new Int32Array(KEPT).fill(-1)

  constructor(data: SlipData) {
    this.data = data
  }

  /** Id of the word that `bytes[start, end)` was meant to be; 0 where there is none, or more than one. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    if (length < SHORTEST || length > LONGEST) return 0
    const hash = hashBytes(bytes, start, end)
    const slot = hash & (KEPT - 1)
    if (isMember(this.data.everyday, hash)) return 0
    if (this.wasAsked(slot, bytes, start, end)) return this.answers[slot] as number
    const found = isLetters(bytes, start, end) ? this.seek(bytes, start, end) : 0
    this.keep(slot, bytes, start, end, found)
    return found
  }

  private wasAsked(slot: number, bytes: Uint8Array, start: number, end: number): boolean {
    if ((this.answers[slot] as number) < 0) return false
    const { asked } = this
    const at = slot * KEPT_LENGTH - start
    for (let i = start; i < end; i++) if (asked[at + i] !== bytes[i]) return false
    return end - start === KEPT_LENGTH || asked[at + end] === 0
  }

  private keep(slot: number, bytes: Uint8Array, start: number, end: number, found: number): void {
    const at = slot * KEPT_LENGTH - start
    for (let i = start; i < start + KEPT_LENGTH; i++) this.asked[at + i] = i < end ? (bytes[i] as number) : 0
    this.answers[slot] = found
  }

  private seek(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    let found = 0
    for (let known = length - 1; known <= length + 1; known++) {
      const head = firstHalf(known)
      const tail = lastHalf(known)
      found = this.search(bytes, start, end, start, start + head, known, found)
      if (found >= 0) found = this.search(bytes, start, end, end - tail, end, known, found)
      if (found < 0) return 0
    }
    return found
  }

  /** Of the words of `known` letters filed under a half; -1 once two different words fit. */
  private search(
    bytes: Uint8Array,
    start: number,
    end: number,
    from: number,
    to: number,
    known: number,
    before: number,
  ): number {
    const { slotFirst, halves, first, id } = this.data
    const key = keyOf(hashBytes(bytes, from, to), known, bytes[start] as number)
    const slot = key & (slotFirst.length - 2)
    let found = before
    for (let at = slotFirst[slot] as number; at < (slotFirst[slot + 1] as number); at++) {
      const entry = halves[at] as number
      if ((entry ^ key) & FINGERPRINT) continue
      const word = entry & WORD
      const wordStart = first[word] as number
      const wordEnd = first[word + 1] as number
      if (wordEnd - wordStart !== known || id[word] === found) continue
      if (!isOneEdit(bytes, start, end, this.data.bytes, wordStart, wordEnd)) continue
      if (found !== 0) return -1
      found = id[word] as number
    }
    return found
  }
}

function isLetters(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++)
    if ((bytes[i] as number) < 0x61 || (bytes[i] as number) > 0x7a) return false
  return true
}

const LETTER_S = 0x73
const VOWELS = new Set([0x61, 0x65, 0x69, 0x6f, 0x75])

/** Whether two words differ by one edit behind their first letter and before their ending. */
function isOneEdit(
  left: Uint8Array,
  leftStart: number,
  leftEnd: number,
  right: Uint8Array,
  rightStart: number,
  rightEnd: number,
): boolean {
  if (!isSameEnding(left, leftEnd, right, rightEnd)) return false
  let head = 0
  const most = Math.min(leftEnd - leftStart, rightEnd - rightStart)
  while (head < most && left[leftStart + head] === right[rightStart + head]) head++
  if (head === 0) return false
  let tail = 0
  while (tail < most - head && left[leftEnd - 1 - tail] === right[rightEnd - 1 - tail]) tail++
  const leftRest = leftEnd - leftStart - head - tail
  const rightRest = rightEnd - rightStart - head - tail
  if (leftRest <= 1 && rightRest <= 1) return leftRest + rightRest > 0
  return (
    leftRest === 2 &&
    rightRest === 2 &&
    left[leftStart + head] === right[rightStart + head + 1] &&
    left[leftStart + head + 1] === right[rightStart + head]
  )
}

/** `-tome` and `-tomy`, `-osis` and `-oses` are other words: the last two letters are right too, `-is` for `-es` excepted. */
function isSameEnding(left: Uint8Array, leftEnd: number, right: Uint8Array, rightEnd: number): boolean {
  const last = left[leftEnd - 1] as number
  const before = left[leftEnd - 2] as number
  if (last !== right[rightEnd - 1]) return false
  if (before === right[rightEnd - 2]) return true
  return last === LETTER_S && VOWELS.has(before) && VOWELS.has(right[rightEnd - 2] as number)
}

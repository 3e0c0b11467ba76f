/** Compiles the known words for {@link Slips}. */
import {
  FINGERPRINT,
  firstHalf,
  keyOf,
  lastHalf,
  LONGEST,
  SHORTEST,
  WORD_BITS,
  type SlipData,
} from './slips.js'
import { buildWordFilter, hashWord } from './word-filter.js'

/** `words`: spelling → word id; those of letters alone and of a length that slips may have are taken. */
export function buildSlips(words: ReadonlyMap<string, number>, everyday: Iterable<string>): SlipData {
  const known = [...words].filter(
    ([word]) => word.length >= SHORTEST - 1 && word.length <= LONGEST + 1 && /^[a-z]+$/.test(word),
  )
  known.sort(([a], [b]) => (a < b ? -1 : 1))
  if (known.length > 1 << WORD_BITS)
    throw new RangeError(`slips of at most ${1 << WORD_BITS} words can be filed`)
  let slots = 1
  while (slots < known.length) slots *= 2
  const filed = known.flatMap(([word], i) =>
    [word.slice(0, firstHalf(word.length)), word.slice(word.length - lastHalf(word.length))].map(half => {
      const key = keyOf(hashWord(half), word.length, word.charCodeAt(0))
      return { slot: key & (slots - 1), entry: ((key & FINGERPRINT) | i) >>> 0 }
    }),
  )
  filed.sort((a, b) => a.slot - b.slot)
  const slotFirst = new Uint32Array(slots + 1)
  for (const { slot } of filed) slotFirst[slot + 1] = (slotFirst[slot + 1] as number) + 1
  for (let slot = 0; slot < slots; slot++)
    slotFirst[slot + 1] = (slotFirst[slot + 1] as number) + (slotFirst[slot] as number)
  const first = new Uint32Array(known.length + 1)
  known.forEach(([word], i) => (first[i + 1] = (first[i] as number) + word.length))
  return {
    bytes: Uint8Array.from(known.map(([word]) => word).join(''), letter => letter.charCodeAt(0)),
    first,
    id: Uint32Array.from(known, ([, id]) => id),
    slotFirst,
    halves: Uint32Array.from(filed, ({ entry }) => entry),
    everyday: buildWordFilter(everyday),
  }
}

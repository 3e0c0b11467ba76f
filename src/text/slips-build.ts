/** Compiles the known words for {@link Slips}. */
import { firstHalf, lastHalf, LONGEST, SHORTEST, slotOf, type SlipData } from './slips.js'
import { buildWordFilter, hashWord } from './word-filter.js'

/** `words`: spelling → word id; those of letters alone and of a length that slips may have are taken. */
export function buildSlips(words: ReadonlyMap<string, number>, everyday: Iterable<string>): SlipData {
  const known = [...words].filter(
    ([word]) => word.length >= SHORTEST - 1 && word.length <= LONGEST + 1 && /^[a-z]+$/.test(word),
  )
  known.sort(([a], [b]) => (a < b ? -1 : 1))
  let size = 1
  while (size < known.length * 2) size *= 2
  const heads = new Uint32Array(size)
  const next = new Uint32Array(known.length * 2)
  const file = (half: string, word: string, entry: number): void => {
    const slot = slotOf(hashWord(half), word.length, word.charCodeAt(0), size)
    next[entry] = heads[slot] as number
    heads[slot] = entry + 1
  }
  known.forEach(([word], i) => {
    file(word.slice(0, firstHalf(word.length)), word, 2 * i)
    file(word.slice(word.length - lastHalf(word.length)), word, 2 * i + 1)
  })
  const first = new Uint32Array(known.length + 1)
  known.forEach(([word], i) => (first[i + 1] = (first[i] as number) + word.length))
  return {
    bytes: Uint8Array.from(known.map(([word]) => word).join(''), letter => letter.charCodeAt(0)),
    first,
    id: Uint32Array.from(known, ([, id]) => id),
    heads,
    next,
    everyday: buildWordFilter(everyday),
  }
}

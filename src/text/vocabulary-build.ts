/**
 * Words with their ids → the flat tables of {@link Vocabulary}. Frequent words get their first slot, so
 * that nearly every look-up of a note ends there.
 */
import {
  hashKey,
  hashLong,
  SHORT_WORD,
  SLOT,
  SLOT_ID,
  SLOT_LONG,
  SLOT_SHIFT,
  type VocabularyData,
} from './vocabulary.js'

/** A smaller table stays in the cache, which is worth more than the second slot that a rare word needs. */
const FULLEST = 0.75
/** The length of a long word is kept in one byte. */
const LONGEST = 255

/** `words`: folded spelling → word id (> 0); several spellings may share an id. */
export function buildVocabulary(words: ReadonlyMap<string, number>): VocabularyData {
  let count = 1024
  while (count * FULLEST < words.size) count *= 2
  const slots = new Uint32Array(count * SLOT)
  const mask = slots.length - SLOT
  const long: number[] = []
  const bytes = new Uint8Array(LONGEST + SHORT_WORD + 1)
  const view = new DataView(bytes.buffer)
  // Small ids are frequent words (see the compiler): entered first, they are found at their first slot.
  for (const [word, id] of [...words].sort(([, left], [, right]) => left - right)) {
    if (word.length > LONGEST || word === '') continue
    bytes.fill(0)
    for (let i = 0; i < word.length; i++) bytes[i] = word.charCodeAt(i)
    const isLong = word.length > SHORT_WORD
    const key = [0, 4, 8, 12].map(at => view.getUint32(at, true)) as [number, number, number, number]
    if (isLong) key[3] = hashLong(bytes, 0, word.length)
    let at = (hashKey(...key) << SLOT_SHIFT) & mask
    while (slots[at] !== 0) at = (at + SLOT) & mask
    slots.set(key, at)
    slots[at + SLOT_ID] = id
    if (isLong) {
      long.push(word.length)
      slots[at + SLOT_LONG] = long.length
      for (let i = 0; i < word.length; i++) long.push(bytes[i] as number)
    }
  }
  return { slots, long: Uint8Array.from(long) }
}

/**
 * Words with their ids → the flat tables of {@link Vocabulary}. Slots are at most half full, so that a
 * look-up that fails ends after one or two probes.
 */
import { hashKey, hashLong, SHORT_WORD, type VocabularyData } from './vocabulary.js'

/** `words`: folded spelling → word id (> 0); several spellings may share an id. */
export function buildVocabulary(words: ReadonlyMap<string, number>): VocabularyData {
  let slots = 1024
  while (slots < words.size * 2) slots *= 2
  const keys = new Uint32Array(slots * 4)
  const ids = new Uint32Array(slots)
  const longAt = new Uint32Array(slots)
  const long: number[] = []
  const bytes = new Uint8Array(256 + 32)
  const view = new DataView(bytes.buffer)
  for (const [word, id] of words) {
    if (word.length > 255) continue
    bytes.fill(0)
    for (let i = 0; i < word.length; i++) bytes[i] = word.charCodeAt(i)
    const isLong = word.length > SHORT_WORD
    const key = [0, 4, 8, 12].map(at => view.getUint32(at, true)) as [number, number, number, number]
    if (isLong) key[3] = hashLong(bytes, 0, word.length)
    let slot = hashKey(...key) & (slots - 1)
    while (ids[slot] !== 0) slot = (slot + 1) & (slots - 1)
    keys.set(key, slot * 4)
    ids[slot] = id
    if (isLong) {
      long.push(word.length)
      longAt[slot] = long.length
      for (let i = 0; i < word.length; i++) long.push(bytes[i] as number)
    }
  }
  return { keys, ids, longAt, long: Uint8Array.from(long) }
}

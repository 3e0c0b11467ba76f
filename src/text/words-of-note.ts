/**
 * Whether a note holds a word, by its id: each note's words are stamped with the note's number, once, in memory that
 * lives as long as the engine. Whoever is asked of one note must not be asked of an earlier one.
 */
import type { Tokens } from '../model/document.js'

export type HoldsWord = (id: number) => boolean

export function createWordStamps(): (tokens: Tokens) => HoldsWord {
  let stamps = new Uint32Array(1 << 16)
  let number = 0
  const holdsWord: HoldsWord = id => stamps[id] === number
  return ({ id, count }) => {
    number += 1
    for (let token = 0; token < count; token++) {
      const word = id[token] as number
      if (word >= stamps.length) {
        const larger = new Uint32Array(word * 2)
        larger.set(stamps)
        stamps = larger
      }
      stamps[word] = number
    }
    return holdsWord
  }
}

/** Sets of words → the flat tables of {@link WordSets}. */
import { COUNT_BITS, type WordSetData } from './word-sets.js'

/**
 * Compiles sets. `sets[s]` holds the distinct word ids of phrase `phrases[s]` (1-based), at least two.
 * `weights`: word id → what makes the word a worse anchor than its number of sets says; its length is
 * one more than the largest word id. `breaks`: word ids over which no set reaches.
 */
export function buildWordSets(
  sets: readonly Uint32Array[],
  phrases: readonly number[],
  weights: Uint32Array,
  breaks: Uint32Array,
): WordSetData {
  const words = weights.length
  const frequency = weights.slice()
  for (const set of sets) for (const word of set) frequency[word] = (frequency[word] as number) + 1
  const rareFirst = sets.map(set =>
    Array.from(set).sort((a, b) => (frequency[a] as number) - (frequency[b] as number) || a - b),
  )
  const order = rareFirst
    .map((_, i) => i)
    .sort((a, b) => compareLists(rareFirst[a] as number[], rareFirst[b] as number[]) || a - b)
  const anchorFirst = new Uint32Array(words + 1)
  const second: number[] = []
  const setFirst: number[] = []
  const written: number[] = []
  order.forEach((source, set) => {
    const [anchor, other, ...further] = rareFirst[source] as [number, number, ...number[]]
    const before = set === 0 ? undefined : rareFirst[order[set - 1] as number]
    if (before?.[0] !== anchor || before[1] !== other) {
      second.push(other)
      setFirst.push(written.length)
    }
    anchorFirst[anchor + 1] = second.length
    written.push(((phrases[source] as number) << COUNT_BITS) | further.length, ...further)
  })
  for (let word = 1; word <= words; word++)
    anchorFirst[word] = Math.max(anchorFirst[word] as number, anchorFirst[word - 1] as number)
  setFirst.push(written.length)
  return {
    anchorFirst,
    second: Uint32Array.from(second),
    setFirst: Uint32Array.from(setFirst),
    sets: Uint32Array.from(written),
    breaks,
  }
}

function compareLists(left: readonly number[], right: readonly number[]): number {
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] as number) - (right[i] as number)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

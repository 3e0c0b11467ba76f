/**
 * Index of the last of `count` ascending starts that is no larger than `value`, or -1. Who asks goes through
 * the note from left to right, so `guess`, where the last answer stood, and the place behind it are
 * looked at before the halving: in a large note that halving would leave the cache each time.
 */
export function lastUpTo(starts: Int32Array, count: number, value: number, guess: number): number {
  if (guess >= 0 && guess < count && (starts[guess] as number) <= value) {
    if (guess + 1 === count || value < (starts[guess + 1] as number)) return guess
    if (guess + 2 === count || (guess + 2 < count && value < (starts[guess + 2] as number))) return guess + 1
  }
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

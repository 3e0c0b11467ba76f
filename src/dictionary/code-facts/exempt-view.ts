/** Whether a code is exempt from the present-on-admission indicator. */
import type { Snapshot } from '../snapshot/decode.js'

/** Undefined where the release has no such list. */
export type IsPoaExempt = ((entry: number) => boolean) | undefined

export function openExempt(snapshot: Snapshot): IsPoaExempt {
  const from = snapshot.section<Uint32Array>('exempt.from')
  const until = snapshot.section<Uint32Array>('exempt.until')
  if (from.length === 0) return undefined
  return entry => {
    let low = 0
    let high = from.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((until[middle] as number) <= entry) low = middle + 1
      else high = middle
    }
    return low < from.length && entry >= (from[low] as number)
  }
}

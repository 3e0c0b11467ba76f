/**
 * The triggers found in one note, in order: parallel columns that are reused from note to note.
 * A sign of the layout stands between two tokens: its `first` equals its `end`.
 */
import type { Trigger } from './trigger.js'

export class Hits {
  count = 0
  /** Token range of the cue. */
  first = new Int32Array(256)
  end = new Int32Array(256)
  /** Characters of the cue. */
  from = new Int32Array(256)
  to = new Int32Array(256)
  /** Directions as bits; 0 for a hit that only ends the scopes of others. */
  direction = new Uint8Array(256)
  readonly trigger: Trigger[] = []

  add(trigger: Trigger, first: number, end: number, from: number, to: number, direction: number): void {
    const at = this.count
    if (at === this.first.length) this.grow()
    this.trigger[at] = trigger
    this.first[at] = first
    this.end[at] = end
    this.from[at] = from
    this.to[at] = to
    this.direction[at] = direction
    this.count = at + 1
  }

  /** The first hit that starts at `token` or later. */
  firstFrom(token: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.first[middle] as number) < token) low = middle + 1
      else high = middle
    }
    return low
  }

  private grow(): void {
    const size = this.first.length * 2
    this.first = enlarged(this.first, size)
    this.end = enlarged(this.end, size)
    this.from = enlarged(this.from, size)
    this.to = enlarged(this.to, size)
    const direction = new Uint8Array(size)
    direction.set(this.direction)
    this.direction = direction
  }
}

function enlarged(column: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size)
  larger.set(column)
  return larger
}

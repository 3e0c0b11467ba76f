/**
 * The triggers found in one note, in order: parallel columns that are reused from note to note.
 * A sign of the layout stands between two tokens: its `first` equals its `end`.
 */
import type { Tokens } from '../model/document.js'
import type { Span } from '../model/span.js'
import type { Trigger } from './trigger.js'

export class Hits {
  count = 0
  /** Token range of the cue. */
  first = new Int32Array(256)
  end = new Int32Array(256)
  /** Characters of a sign, which has no tokens. */
  from = new Int32Array(256)
  to = new Int32Array(256)
  /** Directions as bits; 0 for a hit that only ends the scopes of others. */
  direction = new Uint8Array(256)
  readonly trigger: Trigger[] = []

  add(trigger: Trigger, first: number, end: number, direction: number): void {
    const at = this.count
    if (at === this.first.length) this.grow()
    this.trigger[at] = trigger
    this.first[at] = first
    this.end[at] = end
    this.direction[at] = direction
    this.count = at + 1
  }

  addSign(sign: Trigger, token: number, from: number, to: number): void {
    this.add(sign, token, token, sign.direction)
    this.from[this.count - 1] = from
    this.to[this.count - 1] = to
  }

  /** The stretch of the note that the cue is. */
  spanOf(hit: number, { start, end }: Tokens): Span {
    const first = this.first[hit] as number
    const past = this.end[hit] as number
    if (first === past) return { start: this.from[hit] as number, end: this.to[hit] as number }
    return { start: start[first] as number, end: end[past - 1] as number }
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

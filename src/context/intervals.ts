/** Disjoint token ranges in ascending order, each with the hit that opened it; looked up by their tokens. */
import { lastUpTo } from '../text/last-up-to.js'

export class Intervals {
  private count = 0
  private from = new Int32Array(64)
  private to = new Int32Array(64)
  private hit = new Int32Array(64)
  /** Where the last answer stood. */
  private last = 0

  clear(): void {
    this.count = 0
    this.last = 0
  }

  /** A range that begins inside the one before it (a cue in brackets) loses what that one holds. */
  add(begin: number, to: number, hit: number): void {
    const from = this.count > 0 ? Math.max(begin, this.to[this.count - 1] as number) : begin
    if (to <= from) return
    if (this.count === this.from.length) this.grow()
    this.from[this.count] = from
    this.to[this.count] = to
    this.hit[this.count] = hit
    this.count++
  }

  /** The hit whose range holds `token`, or -1. */
  find(token: number): number {
    this.last = lastUpTo(this.from, this.count, token, this.last)
    return this.last >= 0 && (this.to[this.last] as number) > token ? (this.hit[this.last] as number) : -1
  }

  private grow(): void {
    const columns = [this.from, this.to, this.hit].map(column => {
      const larger = new Int32Array(column.length * 2)
      larger.set(column)
      return larger
    }) as [Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>]
    ;[this.from, this.to, this.hit] = columns
  }
}

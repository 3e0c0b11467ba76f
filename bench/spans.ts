/** Found spans, counted and summed up: two contestants that found the same have the same of both. */
export class Spans {
  count = 0
  sum = 0

  clear(): void {
    this.count = 0
    this.sum = 0
  }

  add(start: number, end: number): void {
    this.count++
    // Places and lengths weigh differently, so that spans that only swap ends do not pass.
    this.sum = (Math.imul(this.sum, 31) + start * 7 + end) | 0
  }
}

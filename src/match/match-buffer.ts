/** Found phrases as parallel columns, reused from note to note; rows from 0 to `count` are valid. */
export class MatchBuffer {
  count = 0
  /** First token, and the token after the last. */
  start: Int32Array
  end: Int32Array
  phrase: Int32Array
  /** Row → offset in `places` of its tokens, or -1 for a contiguous match. */
  placesAt: Int32Array
  /** Token indexes of matches whose words are scattered, ascending, `placesAt` to `placesAt + length`. */
  places: Int32Array
  placesCount = 0

  constructor(capacity = 1024) {
    this.start = new Int32Array(capacity)
    this.end = new Int32Array(capacity)
    this.phrase = new Int32Array(capacity)
    this.placesAt = new Int32Array(capacity)
    this.places = new Int32Array(capacity * 4)
  }

  clear(): void {
    this.count = 0
    this.placesCount = 0
  }

  add(start: number, end: number, phrase: number): void {
    const row = this.count
    if (row === this.start.length) this.grow()
    this.start[row] = start
    this.end[row] = end
    this.phrase[row] = phrase
    this.placesAt[row] = -1
    this.count = row + 1
  }

  /** `tokens` ascending. */
  addScattered(tokens: Int32Array, length: number, phrase: number): void {
    const row = this.count
    this.add(tokens[0] as number, (tokens[length - 1] as number) + 1, phrase)
    while (this.placesCount + length + 1 > this.places.length) this.places = doubled(this.places)
    this.placesAt[row] = this.placesCount
    this.places[this.placesCount++] = length
    for (let i = 0; i < length; i++) this.places[this.placesCount++] = tokens[i] as number
  }

  /** How many tokens carry a match, and the `i`th of them. */
  tokenCount(row: number): number {
    const at = this.placesAt[row] as number
    return at < 0 ? (this.end[row] as number) - (this.start[row] as number) : (this.places[at] as number)
  }

  tokenAt(row: number, i: number): number {
    const at = this.placesAt[row] as number
    return at < 0 ? (this.start[row] as number) + i : (this.places[at + 1 + i] as number)
  }

  private grow(): void {
    this.start = doubled(this.start)
    this.end = doubled(this.end)
    this.phrase = doubled(this.phrase)
    this.placesAt = doubled(this.placesAt)
  }
}

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2)
  larger.set(column)
  return larger
}

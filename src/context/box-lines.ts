/**
 * Check boxes of a note, handed out as the tokens behind them are reached. Whether a box belongs to what
 * follows or to what stands before it is decided once a line, by the line's first box.
 *
 *   [x] fever [ ] chills            before its label
 *   Symptoms: [ ] fever             before its label, a colon parts it from the words
 *   fever [x]   chills [ ]          behind its label: the line starts with words and ends with a box
 */
import type { CheckBox, Document } from '../model/document.js'
import type { Hits } from './hits.js'
import { SIGNS } from './trigger.js'

export class BoxLines {
  private next = 0
  private lineEnd = -1
  private isBehind = false

  constructor(
    private readonly text: string,
    private readonly boxes: readonly CheckBox[],
  ) {}

  /** The last box that ends before `at` and was not handed out yet. */
  before(at: number): CheckBox | undefined {
    let found: CheckBox | undefined
    for (let box = this.boxes[this.next]; box !== undefined && box.end <= at; box = this.boxes[this.next]) {
      found = box
      this.next++
    }
    return found
  }

  /** Whether the next box starts before `at`. */
  startsBefore(at: number): boolean {
    const box = this.boxes[this.next]
    return box !== undefined && box.start < at
  }

  /** `Yes [ ]  No [x]`: the box right behind the answer that ends before `token`, in a line whose boxes stand behind. */
  rightBehind({ text, tokens }: Document, token: number): CheckBox | undefined {
    const box = this.boxes[this.next]
    if (box === undefined || text.slice(tokens.end[token - 1], box.start).trim() !== '') return undefined
    if (token < tokens.count && box.start > (tokens.start[token] as number)) return undefined
    if (box.start >= this.lineEnd) this.readLine(box)
    if (!this.isBehind) return undefined
    this.next++
    return box
  }

  /** `token` is the first behind the box. */
  addSign(box: CheckBox, token: number, hits: Hits): void {
    if (box.start >= this.lineEnd) this.readLine(box)
    const checked = this.isBehind ? SIGNS.checkedBehind : SIGNS.checkedBefore
    const unchecked = this.isBehind ? SIGNS.uncheckedBehind : SIGNS.uncheckedBefore
    const sign = box.checked ? checked : unchecked
    hits.addSign(sign, token, box.start, box.end)
  }

  private readLine(box: CheckBox): void {
    const { text, boxes } = this
    const newline = text.indexOf('\n', box.end)
    this.lineEnd = newline < 0 ? text.length : newline
    const before = text.slice(text.lastIndexOf('\n', box.start - 1) + 1, box.start).trimEnd()
    const startsWithWords = /[\p{L}\p{N})]$/u.test(before)
    let last = box
    for (let i = this.next; i < boxes.length; i++) {
      const candidate = boxes[i] as CheckBox
      if (candidate.start >= this.lineEnd) break
      last = candidate
    }
    this.isBehind = startsWithWords && text.slice(last.end, this.lineEnd).trim() === ''
  }
}

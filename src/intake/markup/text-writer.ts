/**
 * Marked-up text, event by event → plain text as a person would type it: one line a paragraph, "- " before an
 * item, the cells of a row side by side with a tab between. White space of the source means nothing, as in
 * HTML. A break inside a cell becomes a semicolon, so that a row stays a row.
 */
export class TextWriter {
  private readonly lines: string[] = []
  private line = ''
  /** Whether the line holds more than the sign of an item or the tabs of a row. */
  private hasWords = false
  /** A blank is owed before the next word. */
  private isSpaced = false
  /** A semicolon is owed before the next word of the cell. */
  private owesBreak = false
  private inCell = 0
  private cells = 0

  text(text: string): void {
    const words = text.replace(/[ \t\r\n\f]+/g, ' ')
    if (words === '' || words === ' ') {
      this.isSpaced ||= words === ' '
      return
    }
    if (this.owesBreak) this.line += ';'
    if ((this.isSpaced || this.owesBreak || words.startsWith(' ')) && this.hasWords) this.line += ' '
    this.line += words.trim()
    this.isSpaced = words.endsWith(' ')
    this.hasWords = true
    this.owesBreak = false
  }

  /** What follows stands on a line of its own, behind `sign`. */
  startLine(sign = ''): void {
    if (this.inCell > 0) {
      this.breakCell()
      return
    }
    if (this.hasWords) this.endLine()
    // A paragraph in an item keeps the item's sign.
    if (sign !== '' || this.line.trim() === '') this.line = sign
    this.isSpaced = false
  }

  /** `<br/>`: two of them leave a blank line. */
  breakLine(): void {
    if (this.inCell > 0) this.breakCell()
    else this.endLine()
  }

  /** One blank line before what follows, whatever stood before. */
  startBlock(): void {
    this.startLine()
    if (this.inCell === 0 && this.lines.length > 0 && this.lines.at(-1) !== '') this.lines.push('')
  }

  startRow(): void {
    if (this.inCell > 0) return
    this.startLine()
    this.cells = 0
  }

  startCell(): void {
    this.inCell += 1
    if (this.inCell > 1) return
    if (this.cells > 0) this.line += '\t'
    this.cells += 1
    this.hasWords = false
    this.isSpaced = false
    this.owesBreak = false
  }

  endCell(): void {
    if (this.inCell === 0) return
    this.inCell -= 1
    if (this.inCell > 0) return
    this.isSpaced = false
    this.owesBreak = false
  }

  /** After the last cell the row is a line, even where all its cells are empty. */
  endRow(): void {
    if (this.inCell > 0) return
    if (this.line.trim() === '') this.line = ''
    else this.endLine()
    this.cells = 0
  }

  finish(): string {
    this.inCell = 0
    if (this.line.trim() !== '') this.endLine()
    return this.lines.join('\n').trim()
  }

  private endLine(): void {
    this.lines.push(this.line.trimEnd())
    this.line = ''
    this.hasWords = false
    this.isSpaced = false
  }

  private breakCell(): void {
    this.owesBreak = this.hasWords
  }
}

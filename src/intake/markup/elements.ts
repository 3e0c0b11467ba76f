/**
 * What an element of narrative means for the layout of its text. Two vocabularies share one table, for they
 * agree where they meet: the narrative block of CDA (schema NarrativeBlock.xsd of CDA R2) and HTML.
 */
import { TextWriter } from './text-writer.js'

export type Meaning = 'line' | 'block' | 'list' | 'item' | 'row' | 'cell' | 'break' | 'aside' | 'silent'

const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...of('line', 'paragraph', 'caption', 'div', 'section', 'article', 'header', 'footer', 'dt', 'dd', 'pre'),
  ...of('line', 'figure', 'address', 'thead', 'tbody', 'tfoot', 'body', 'figcaption'),
  ...of('block', 'p', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'hr'),
  ...of('list', 'list', 'ul', 'ol', 'dl'),
  ...of('item', 'item', 'li'),
  ...of('row', 'tr'),
  ...of('cell', 'td', 'th'),
  ...of('break', 'br'),
  ...of('aside', 'footnote'),
  ...of('silent', 'footnoteRef', 'colgroup', 'col', 'script', 'style', 'head', 'template'),
])

function of(meaning: Meaning, ...names: readonly string[]): (readonly [string, Meaning])[] {
  return names.map(name => [name, meaning] as const)
}

/** Undefined for what only marks words: `content`, `sub`, `b`, `span`. */
export function meaningOf(name: string): Meaning | undefined {
  return MEANINGS.get(name)
}

/** Tells a writer of elements that begin and end; tolerates ends without a beginning, as HTML has them. */
export class ElementWriter {
  readonly writer: TextWriter = new TextWriter()
  private lists = 0

  open(name: string): void {
    switch (meaningOf(name)) {
      case 'line':
        return this.writer.startLine()
      case 'block':
        return this.writer.startBlock()
      case 'list':
        this.lists += 1
        return this.writer.startLine()
      case 'item':
        return this.writer.startLine(`${'  '.repeat(Math.min(Math.max(0, this.lists - 1), DEEPEST_LIST))}- `)
      case 'row':
        return this.writer.startRow()
      case 'cell':
        return this.writer.startCell()
      case 'break':
        return this.writer.breakLine()
      case 'aside':
        return this.writer.text(' (')
      case 'silent':
      case undefined:
    }
  }

  close(name: string): void {
    switch (meaningOf(name)) {
      case 'line':
      case 'block':
      case 'item':
        return this.writer.startLine()
      case 'list':
        this.lists = Math.max(0, this.lists - 1)
        return this.writer.startLine()
      case 'row':
        return this.writer.endRow()
      case 'cell':
        return this.writer.endCell()
      case 'aside':
        return this.writer.text(')')
      case 'break':
      case 'silent':
      case undefined:
    }
  }
}

/** Deeper lists are not indented further. */
const DEEPEST_LIST = 8

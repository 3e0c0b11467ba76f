/**
 * The tree of terms that the alphabetic index, the external-cause index and the two tables share:
 * `ICD10CM.index > letter > mainTerm > term > term …`.
 * Comes in: bytes. Goes out: one `PrintedTerm` an entry, parents before children, with the path of
 * titles from the main term down. What the fields mean is decided by `index-xml` and `table-xml`.
 */
import type { IndexStep } from '../model/code.js'
import type { ByteSource } from './byte-source.js'
import { readPrintedTitle, type TitleStretch } from './printed-title.js'
import {
  oneLine,
  readXml,
  type Attributes,
  type XmlLimits,
  type XmlListener,
  type XmlOutput,
} from './strict-xml.js'

const TERM_FIELDS = ['code', 'manif', 'see', 'seeAlso', 'seecat', 'subcat'] as const
type TermField = (typeof TERM_FIELDS)[number]

export interface PrintedTerm {
  readonly path: readonly IndexStep[]
  readonly fields: Readonly<Partial<Record<TermField, string>>>
  readonly cells: Readonly<Record<number, string>>
}

/** Reads the entries of an index or table. Throws `release-unreadable` with the line number. */
export function readTermTree(
  source: ByteSource,
  name: string,
  limits?: XmlLimits,
): AsyncGenerator<PrintedTerm> {
  return readXml<PrintedTerm>(source, name, output => new TermListener(output), limits)
}

interface OpenTerm {
  step: IndexStep | null
  readonly fields: Partial<Record<TermField, string>>
  readonly cells: Record<number, string>
  emitted: boolean
}

function isTerm(name: string): boolean {
  return name === 'mainTerm' || name === 'term'
}

function isField(name: string): name is TermField {
  return (TERM_FIELDS as readonly string[]).includes(name)
}

/** Where in the tree the reader stands. One instance reads one file. */
class TermListener implements XmlListener {
  private readonly output: XmlOutput<PrintedTerm>
  private readonly terms: OpenTerm[] = []
  private stretches: TitleStretch[] = []
  private insideTitle = false
  private insideModifiers = false
  private printed = ''
  private column = 0

  constructor(output: XmlOutput<PrintedTerm>) {
    this.output = output
  }

  open(name: string, attributes: Attributes, depth: number): void {
    if (depth === 0) this.openRoot(name, attributes)
    else if (isTerm(name)) this.openTerm(name, attributes)
    else if (name === 'title') this.openTitle()
    else if (name === 'nemod') this.insideModifiers = true
    else if (name === 'cell' || isField(name)) this.openField(name, attributes)
  }

  text(text: string): void {
    if (this.insideTitle) this.stretches.push({ text, modifiers: this.insideModifiers })
    else this.printed += text
  }

  close(name: string): void {
    if (name === 'nemod') this.insideModifiers = false
    else if (name === 'title') this.closeTitle()
    else if (isTerm(name)) this.closeTerm()
    else if (name === 'cell' || isField(name)) this.closeField(name)
  }

  private openRoot(name: string, attributes: Attributes): void {
    if (name !== 'ICD10CM.index') this.output.fail(`root element ${name}, expected ICD10CM.index`)
    if (attributes.isAddenda === 'true') this.output.fail('this is the addenda, not the index')
  }

  private openTerm(name: string, attributes: Attributes): void {
    const depth = this.terms.length
    const level = name === 'mainTerm' ? 0 : Number(attributes.level)
    if (level !== depth) this.output.fail(`${name} of level ${level} at depth ${depth}`)
    this.emitInnermost()
    this.terms.push({ step: null, fields: {}, cells: {}, emitted: false })
  }

  private closeTerm(): void {
    this.emitInnermost()
    this.terms.pop()
  }

  private openTitle(): void {
    this.insideTitle = true
    this.stretches = []
  }

  private closeTitle(): void {
    this.insideTitle = false
    const term = this.terms.at(-1)
    if (term !== undefined) term.step = readPrintedTitle(this.stretches)
  }

  private openField(name: string, attributes: Attributes): void {
    this.printed = ''
    if (name !== 'cell') return
    this.column = Number(attributes.col)
    if (!Number.isInteger(this.column) || this.column < 1) this.output.fail('a cell without a column number')
  }

  private closeField(name: 'cell' | TermField): void {
    const term = this.terms.at(-1)
    if (term === undefined) return
    if (term.emitted) this.output.fail(`${name} after the subterms of its term`)
    const text = oneLine(this.printed)
    if (name === 'cell') term.cells[this.column] = text
    else if (text !== '') term.fields[name] = text
  }

  /** The innermost open term is complete when its first subterm opens, or when it closes. */
  private emitInnermost(): void {
    const term = this.terms.at(-1)
    if (term === undefined || term.emitted) return
    if (term.step === null) this.output.fail('a term without title')
    term.emitted = true
    const path = this.terms.map(open => open.step).filter(step => step !== null)
    this.output.emit({ path, fields: term.fields, cells: term.cells })
  }
}

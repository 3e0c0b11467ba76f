/**
 * One C-CDA document → its note. The text is the narrative, which is the part that a clinician signs
 * (CDA R2, 1.2): section by section in the document's order, the title as a line, the block below it.
 * Entries, which repeat it for machines, are left out. A body that is no XML is read where it is plain text.
 */
import { ChartcodeError } from '../../model/errors.js'
import type { Note, Reject } from '../../model/note.js'
import { ElementWriter } from '../markup/elements.js'
import { checkedSize } from '../note-record.js'
import { decodeXml } from './decode-xml.js'
import { HeaderFacts } from './header-facts.js'
import { plainBody, type PlainBody } from './plain-body.js'
import { walkXml, type XmlElement, type XmlListener } from './walk-xml.js'

const CDA = 'urn:hl7-org:v3'

/** `id`: what the note is called where the document gives itself no id. */
export function parseDocument(bytes: Uint8Array, id: string): (Note | Reject)[] {
  const reader = new DocumentReader()
  walkXml(decodeXml(bytes), reader)
  const text = reader.content()
  if (text.trim() === '') throw new ChartcodeError('input-document', 'the document holds no narrative')
  const note: Note = { id: reader.header.id() ?? id, text, ...reader.header.facts() }
  return [checkedSize(note, 1)]
}

/** Where the walk is; names of other namespaces than CDA's are `?`, which is no path of CDA. */
class DocumentReader implements XmlListener {
  readonly header = new HeaderFacts()
  private readonly names: string[] = []
  private readonly narrative = new ElementWriter()
  private body: PlainBody | undefined
  /** Depth of the outermost element that is left out, of the title, or of the block that is being written. */
  private skippedFrom = Infinity
  private titleFrom = Infinity
  private blockFrom = Infinity
  /** Titles alone are no note. */
  private hasNarrative = false

  // The parser calls these without `this`.
  readonly open = (element: XmlElement): void => {
    const name = element.namespace === CDA ? element.name : '?'
    if (this.names.length === 0 && name !== 'ClinicalDocument')
      throw new ChartcodeError('input-document', 'the root of the document is no ClinicalDocument of CDA')
    const parent = this.names.at(-1)
    this.names.push(name)
    const depth = this.names.length
    if (depth >= this.skippedFrom) return
    if (depth > this.blockFrom) this.openInBlock(element, name)
    else if (parent === 'section') this.openInSection(name)
    else if (parent === 'nonXMLBody' && name === 'text') this.body = plainBody(element)
    else if (depth <= DEEPEST_FACT) this.header.element(this.names.join('/'), element)
  }

  readonly text = (text: string): void => {
    const depth = this.names.length
    if (depth >= this.skippedFrom) return
    if (depth >= this.blockFrom || depth >= this.titleFrom) {
      if (depth >= this.blockFrom && text.trim() !== '') this.hasNarrative = true
      this.narrative.writer.text(text)
    } else if (this.names.at(-2) === 'nonXMLBody') this.body?.add(text)
    else if (depth <= DEEPEST_FACT && text.trim() !== '') this.header.text(this.names.join('/'), text)
  }

  readonly close = (): void => {
    const depth = this.names.length
    const name = this.names.pop() as string
    if (depth > this.blockFrom && depth < this.skippedFrom) this.narrative.close(name)
    if (depth === this.titleFrom) this.narrative.writer.startLine()
    if (depth === this.skippedFrom) this.skippedFrom = Infinity
    if (depth === this.titleFrom) this.titleFrom = Infinity
    if (depth === this.blockFrom) this.blockFrom = Infinity
  }

  content(): string {
    if (this.body !== undefined) return this.body.text()
    return this.hasNarrative ? this.narrative.writer.finish() : ''
  }

  private openInSection(name: string): void {
    const depth = this.names.length
    if (name === 'title') {
      this.narrative.writer.startBlock()
      this.titleFrom = depth
    } else if (name === 'text') {
      this.narrative.writer.startLine()
      this.blockFrom = depth
    } else if (name === 'entry') this.skippedFrom = depth
  }

  /** What an author has struck out (`revised="delete"`) is no longer said. */
  private openInBlock(element: XmlElement, name: string): void {
    const isStruckOut = element.attribute('revised') === 'delete'
    if (isStruckOut || name === 'footnoteRef') this.skippedFrom = this.names.length
    else this.narrative.open(name)
  }
}

/** The deepest path of `header-facts.ts`, and two for the parts of a name. */
const DEEPEST_FACT = 8

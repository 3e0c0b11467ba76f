/**
 * The tabular list (XML): what stands above and below a code, and the notes.
 * Comes in: bytes of `ICD10CM.tabular`. Goes out, in the publisher's order: a `TabularRow` for every
 * `diag`, a `TabularNote` for every `note` of a chapter, section or code. Definitions of 7th characters
 * are recorded where they stand; who reads them applies them to the codes below.
 * Left out: the introduction, the section index, the prose that announces a 7th character (its
 * definitions are kept), and the table of visual impairment at H54.
 * Source: icd10cm-tabular.xsd, published with the file.
 */
import { NOTE_KINDS, type NoteKind, type TabularNote, type TabularRow } from '../model/code.js'
import type { ByteSource } from './byte-source.js'
import {
  oneLine,
  readXml,
  type Attributes,
  type XmlLimits,
  type XmlListener,
  type XmlOutput,
} from './strict-xml.js'

export type TabularItem =
  { readonly type: 'code'; readonly row: TabularRow } | { readonly type: 'note'; readonly note: TabularNote }

const CODE_SHAPE = /^[A-Z][0-9A-Z]{2,6}$/
const NOTE_GROUPS: ReadonlySet<string> = new Set(NOTE_KINDS)
const LEFT_OUT = new Set(['introduction', 'sectionIndex', 'sevenChrNote', 'visualImpairment', 'deactivated'])
const PRINTED = new Set(['name', 'desc', 'note', 'extension'])

/** Reads a tabular list. Throws `release-unreadable` with the line number. */
export function readTabularXml(
  source: ByteSource,
  name: string,
  limits?: XmlLimits,
): AsyncGenerator<TabularItem> {
  return readXml<TabularItem>(source, name, output => new TabularListener(output), limits)
}

/** A code whose children are still being read. */
interface OpenCode {
  code: string
  title: string
  readonly parent: string | null
  readonly placeholder: boolean
  seventh: Record<string, string> | null
}

/** Where in the list the reader stands. One instance reads one file. */
class TabularListener implements XmlListener {
  private readonly output: XmlOutput<TabularItem>
  private readonly elements: string[] = []
  private readonly known = new Set<string>()
  /** The codes from the category down to the one being read. */
  private readonly openCodes: OpenCode[] = []
  /** All codes of the category in order: their 7th characters may stand after their children. */
  private category: OpenCode[] = []
  private chapter = ''
  private section = ''
  private sectionSeventh: Record<string, string> | null = null
  private noteKind: NoteKind | null = null
  private extension = ''
  private printed = ''
  private leftOutAt: number | null = null

  constructor(output: XmlOutput<TabularItem>) {
    this.output = output
  }

  open(name: string, attributes: Attributes, depth: number): void {
    if (depth === 0) this.openRoot(name, attributes)
    this.elements.push(name)
    if (this.leftOutAt !== null) return
    if (LEFT_OUT.has(name)) this.leftOutAt = depth
    else if (PRINTED.has(name)) this.printed = ''
    else if (NOTE_GROUPS.has(name)) this.noteKind = name as NoteKind
    else if (name === 'chapter') this.chapter = ''
    else if (name === 'section') this.openSection(attributes)
    else if (name === 'diag') this.openCode(attributes)
    if (name === 'extension')
      this.extension = attributes.char ?? this.output.fail('an extension without char')
  }

  text(text: string): void {
    if (this.leftOutAt === null) this.printed += text
  }

  close(name: string, depth: number): void {
    this.elements.pop()
    if (this.leftOutAt !== null) {
      if (depth === this.leftOutAt) this.leftOutAt = null
      return
    }
    if (name === 'diag') this.closeCode()
    else if (name === 'section') this.section = ''
    else if (NOTE_GROUPS.has(name)) this.noteKind = null
    else if (PRINTED.has(name)) this.closePrinted(name, oneLine(this.printed))
  }

  private openRoot(name: string, attributes: Attributes): void {
    if (name !== 'ICD10CM.tabular') this.output.fail(`root element ${name}, expected ICD10CM.tabular`)
    if (attributes.isAddenda === 'true') this.output.fail('this is the addenda, not the list')
  }

  private openSection(attributes: Attributes): void {
    this.section = attributes.id ?? this.output.fail('a section without id')
    this.sectionSeventh = null
  }

  private openCode(attributes: Attributes): void {
    if (this.section === '') this.output.fail('a code outside a section')
    const above = this.openCodes.at(-1)
    const code: OpenCode = {
      code: '',
      title: '',
      parent: above?.code ?? null,
      placeholder: attributes.placeholder === 'true',
      seventh: null,
    }
    this.openCodes.push(code)
    this.category.push(code)
  }

  private closeCode(): void {
    const code = this.openCodes.pop()
    if (code === undefined || code.code === '' || code.title === '')
      this.output.fail('a code without name or title')
    if (this.openCodes.length > 0) return
    const { chapter, section } = this
    for (const { code, title, parent, placeholder, seventh: own } of this.category) {
      const seventh = own ?? (parent === null ? this.sectionSeventh : null)
      this.output.emit({ type: 'code', row: { code, title, parent, chapter, section, placeholder, seventh } })
    }
    this.category = []
  }

  private closePrinted(name: string, text: string): void {
    const parent = this.elements.at(-1)
    const code = this.openCodes.at(-1)
    if (name === 'extension') this.defineSeventh(text)
    else if (name === 'note' && this.noteKind !== null) this.emitNote(this.noteKind, text)
    else if (name === 'name' && parent === 'chapter') this.chapter = text
    else if (name === 'name' && code !== undefined) this.nameCode(code, text)
    else if (name === 'desc' && parent === 'diag' && code !== undefined) code.title = text
  }

  private nameCode(code: OpenCode, printed: string): void {
    code.code = printed.replace('.', '')
    if (!CODE_SHAPE.test(code.code)) this.output.fail(`'${printed}' is not a code`)
    if (this.known.has(code.code)) this.output.fail(`code ${printed} stands twice`)
    this.known.add(code.code)
  }

  private emitNote(kind: NoteKind, text: string): void {
    if (text === '') return
    const code = this.openCodes.at(-1)
    const note: TabularNote =
      code !== undefined
        ? { level: 'code', at: code.code, kind, text }
        : this.section !== ''
          ? { level: 'section', at: this.section, kind, text }
          : { level: 'chapter', at: this.chapter, kind, text }
    this.output.emit({ type: 'note', note })
  }

  private defineSeventh(meaning: string): void {
    const code = this.openCodes.at(-1)
    if (this.section === '') this.output.fail('a 7th character outside a section')
    const defined = (code === undefined ? this.sectionSeventh : code.seventh) ?? {}
    if (this.extension in defined) this.output.fail(`7th character ${this.extension} is defined twice`)
    defined[this.extension] = meaning
    if (code === undefined) this.sectionSeventh = defined
    else code.seventh = defined
  }
}

/**
 * What a file is, from its name and its first bytes: which part of an ICD-10-CM release, which fiscal
 * year, and whether it declares itself reconstructed. The content decides; the name adds only what
 * the content does not say (the order file names no year). CDC's names use hyphens, CMS's underscores.
 * A file that is no part of a release is ignored with a reason: directories of publishers hold
 * addenda, schemas, code lists and PDFs as well.
 */

import { CONVERSION_HEADER } from './conversion-table.js'
import { POA_HEADER } from './poa-exempt.js'

/** The files a release is made of. */
export const SOURCE_KINDS = [
  'order',
  'tabular',
  'index',
  'external',
  'neoplasm',
  'drug',
  'conversion',
  'poa',
] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

export interface IdentifiedSource {
  readonly kind: SourceKind
  /** Null where neither content nor name says it. */
  readonly fiscalYear: number | null
  /** The file says of itself that it was rebuilt, not published. */
  readonly reconstructed: boolean
}
export interface IgnoredSource {
  readonly ignored: string
}

/** How much of a file's beginning `identifySource` wants to see. */
export const HEAD_BYTES = 8192

const ORDER_ROW = /^\d{5} [A-Z][0-9A-Z]{2,6} {1,5}[01] /
const ADDENDA_ROW = /^(?:Add|Delete|Revise from|No Change):/
const YEAR_IN_NAME = /(?<!\d)(20\d\d)(?!\d)/
const XML_VERSION = /<version>\s*(20\d\d)\s*<\/version>/
/** CDC's tests and this project's data hold single chapters: `…-tabular-2025_ch2.xml`. */
const ONE_CHAPTER = /_ch\d+\b/i

/** Total: whatever the bytes are, the answer is a kind or a reason. */
export function identifySource(name: string, head: Uint8Array): IdentifiedSource | IgnoredSource {
  const text = Buffer.from(head)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  const trimmed = text.trimStart()
  if (trimmed.startsWith('<')) return identifyXml(name, trimmed)
  if (/pcs/i.test(name)) return { ignored: 'ICD-10-PCS, not ICD-10-CM' }
  if (ADDENDA_ROW.test(text)) return { ignored: 'addenda: a list of changes, not a release' }
  if (ORDER_ROW.test(text))
    return { kind: 'order', fiscalYear: yearInName(name), reconstructed: /reconstructed/i.test(name) }
  if (CONVERSION_HEADER.test(text))
    return { kind: 'conversion', fiscalYear: yearInName(name), reconstructed: /reconstructed/i.test(name) }
  const exempt = POA_HEADER.exec(text)
  if (exempt !== null) {
    const fiscalYear = exempt[1] === undefined ? yearInName(name) : 2000 + Number(exempt[1])
    return { kind: 'poa', fiscalYear, reconstructed: /reconstructed/i.test(name) }
  }
  if (/codes/i.test(name) && /\.txt$/i.test(name))
    return { ignored: 'codes file: the order file says the same and more' }
  return { ignored: 'not a file of an ICD-10-CM release' }
}

function identifyXml(name: string, text: string): IdentifiedSource | IgnoredSource {
  const root = /<([A-Za-z][\w.:-]*)([^>]*)>/.exec(text.replace(/<!--[\s\S]*?(?:-->|$)/g, ''))
  if (root?.[1] !== 'ICD10CM.tabular' && root?.[1] !== 'ICD10CM.index') {
    return { ignored: root?.[1]?.endsWith('schema') ? 'schema' : 'XML, but not of an ICD-10-CM release' }
  }
  if (/isAddenda\s*=\s*["']true/.test(root[2] ?? ''))
    return { ignored: 'addenda: a list of changes, not a release' }
  const kind = root[1] === 'ICD10CM.tabular' ? 'tabular' : indexKind(text)
  if (kind === null)
    return { ignored: 'an index that names neither diseases, external causes, neoplasms nor drugs' }
  if (ONE_CHAPTER.test(name)) return { ignored: 'one chapter only, not the whole list' }
  const version = XML_VERSION.exec(text)?.[1]
  return {
    kind,
    fiscalYear: version === undefined ? yearInName(name) : Number(version),
    reconstructed: /reconstructed/i.test(name) || /<!--[^>]*RECONSTRUCTED/.test(text),
  }
}

function indexKind(text: string): SourceKind | null {
  if (/<head col="1">\s*Substance/i.test(text)) return 'drug'
  if (/<head col="1">\s*Neoplasm/i.test(text)) return 'neoplasm'
  const title = /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? ''
  if (/EXTERNAL CAUSE/i.test(title)) return 'external'
  return /DISEASES/i.test(title) ? 'index' : null
}

function yearInName(name: string): number | null {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  const year = YEAR_IN_NAME.exec(base)?.[1]
  return year === undefined ? null : Number(year)
}

/**
 * The alphabetic index of diseases, and the external-cause index, which has the same schema.
 * Comes in: bytes. Goes out: one `IndexRow` an entry, also for those that only head their subterms.
 * A category named apart (`seecat`, `subcat`) is a reference: `see: 'category M01'`. Where the
 * publisher's mark-up tore a reference from its category (`<see>category</see><code>I01</code>`),
 * it is put together again as it is printed. Modifiers that are references ("(see also Neoplasm)")
 * become one, unless the entry has one already.
 */
import type { IndexRow, IndexStep } from '../model/code.js'
import type { ByteSource } from './byte-source.js'
import type { XmlLimits } from './strict-xml.js'
import { readTermTree, type PrintedTerm } from './term-tree.js'

/** Reads an index. Throws `release-unreadable` with the line number. */
export async function* readIndexXml(
  source: ByteSource,
  name: string,
  limits?: XmlLimits,
): AsyncGenerator<IndexRow> {
  for await (const term of readTermTree(source, name, limits)) yield indexRow(term)
}

/** "see category", "see also subcategory", "see categories T17 and": the category stands elsewhere. */
const TORN_REFERENCE = /(?:\b(?:sub)?categor(?:y|ies)|\band)$/i
const REFERENCE_MODIFIER = /^see (also )?(.+)$/i

function indexRow(term: PrintedTerm): IndexRow {
  const { fields } = term
  const printed = term.path.at(-1) as IndexStep
  const inTitle = referencesIn(printed)
  let code = fields.code ?? null
  let see = fields.see ?? null
  let seeAlso = fields.seeAlso ?? null
  if (see !== null && TORN_REFERENCE.test(see) && code !== null) {
    see = `${see} ${code}`
    code = null
  }
  if (seeAlso !== null && TORN_REFERENCE.test(seeAlso) && code !== null) seeAlso = `${seeAlso} ${code}`
  if (fields.seecat !== undefined) see ??= `category ${fields.seecat}`
  if (fields.subcat !== undefined) see ??= `subcategory ${fields.subcat}`
  return {
    path: term.path.map(step => (step.nonessential.some(isReference) ? withoutReferences(step) : step)),
    code,
    manifestation: fields.manif ?? null,
    see: see ?? inTitle.see,
    seeAlso: seeAlso ?? inTitle.seeAlso,
  }
}

function isReference(modifier: string): boolean {
  return REFERENCE_MODIFIER.test(modifier)
}

function withoutReferences(step: IndexStep): IndexStep {
  return { title: step.title, nonessential: step.nonessential.filter(modifier => !isReference(modifier)) }
}

function referencesIn(step: IndexStep): { see: string | null; seeAlso: string | null } {
  let see: string | null = null
  let seeAlso: string | null = null
  for (const modifier of step.nonessential) {
    const found = REFERENCE_MODIFIER.exec(modifier)
    const target = found?.[2] ?? null
    if (found?.[1] === undefined) see ??= target
    else seeAlso ??= target
  }
  return { see, seeAlso }
}

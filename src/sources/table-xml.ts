/**
 * The neoplasm table and the table of drugs and chemicals: one line a site or substance, one column
 * a behaviour or intent.
 * Comes in: bytes. Goes out: one `TableRow` a line; cells that say there is no code (`-`, `--`) are
 * left out, codes stand as printed (up to the 6th character, or with a trailing dash).
 * Columns, neoplasm: 2 primary, 3 secondary, 4 in situ, 5 benign, 6 uncertain, 7 unspecified.
 * Columns, drugs: 2 accidental, 3 self-harm, 4 assault, 5 undetermined, 6 adverse effect, 7 underdosing.
 */
import type { TableRow } from '../model/code.js'
import type { ByteSource } from './byte-source.js'
import type { XmlLimits } from './strict-xml.js'
import { readTermTree, type PrintedTerm } from './term-tree.js'

/** Reads a table. Throws `release-unreadable` with the line number. */
export async function* readTableXml(
  source: ByteSource,
  name: string,
  limits?: XmlLimits,
): AsyncGenerator<TableRow> {
  for await (const term of readTermTree(source, name, limits)) yield tableRow(term)
}

const NO_CODE = /^-*$/

function tableRow(term: PrintedTerm): TableRow {
  const cells: Record<number, string> = {}
  for (const [column, code] of Object.entries(term.cells)) {
    if (!NO_CODE.test(code)) cells[Number(column)] = code
  }
  const { see, seeAlso } = term.fields
  return {
    path: term.path,
    cells,
    ...(see === undefined ? {} : { see }),
    ...(seeAlso === undefined ? {} : { seeAlso }),
  }
}

/**
 * The ICD-10-CM order file: every code and header of a fiscal year in the publisher's order.
 * Comes in: bytes, ASCII, lines ending in CRLF (LF is taken too), no header line.
 * Goes out: one `OrderRow` a line. Nothing is repaired: a line that does not have the shape is an
 * error with its number, for a shifted column would give every code after it a wrong title.
 * Columns (1-based): 1-5 order, 7-13 code, 15 flag, 17-76 short title, 78-end long title.
 * Source: "icd10OrderFiles.pdf", published with the file; it covers CM and PCS alike.
 */
import { ChartcodeError } from '../model/errors.js'
import type { OrderRow } from '../model/code.js'
import { limitBytes, type ByteSource } from './byte-source.js'

const CODE_SHAPE = /^[A-Z][0-9A-Z]{2,6}$/
const ORDER_SHAPE = /^\d{5}$/
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/
/** Column 78: a row without a long title is cut off. */
const SHORTEST_ROW = 78
/** Blank columns between the fields, counted from 0. */
const GAPS = [5, 13, 15, 76]

/** Reads an order file. Throws `release-unreadable` with the line number. */
export async function* readOrderFile(source: ByteSource, name: string): AsyncGenerator<OrderRow> {
  const lineOfCode = new Map<string, number>()
  let line = 0
  let lastOrder = 0
  for await (const text of readLines(source, name)) {
    line += 1
    const row = parseRow(text, name, line)
    const earlier = lineOfCode.get(row.code)
    if (earlier !== undefined) fail(name, line, `code ${row.code} stands already on line ${earlier}`)
    if (row.order <= lastOrder) fail(name, line, `order number ${row.order} does not follow ${lastOrder}`)
    lineOfCode.set(row.code, line)
    lastOrder = row.order
    yield row
  }
  if (line === 0) fail(name, 1, 'the file holds no row')
}

function parseRow(text: string, name: string, line: number): OrderRow {
  if (!PRINTABLE_ASCII.test(text)) fail(name, line, 'a character outside ASCII')
  if (text.length < SHORTEST_ROW)
    fail(name, line, `${text.length} columns, at least ${SHORTEST_ROW} expected`)
  const order = text.slice(0, 5)
  const code = text.slice(6, 13).trimEnd()
  const flag = text[14]
  if (!ORDER_SHAPE.test(order)) fail(name, line, 'columns 1-5 are not an order number')
  if (!CODE_SHAPE.test(code)) fail(name, line, 'columns 7-13 are not a code')
  if (flag !== '0' && flag !== '1') fail(name, line, 'column 15 is neither 0 (header) nor 1 (billable)')
  for (const gap of GAPS) {
    if (text[gap] !== ' ') fail(name, line, `column ${gap + 1} is not blank`)
  }
  const longTitle = text.slice(77).trimEnd()
  if (longTitle === '') fail(name, line, 'no long title')
  return {
    order: Number(order),
    code,
    billable: flag === '1',
    shortTitle: text.slice(16, 76).trimEnd(),
    longTitle,
  }
}

/** Lines without their ends. One byte is one character here; the row check refuses what is not ASCII. */
async function* readLines(source: ByteSource, name: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of limitBytes(source, name)) {
    const lines = (rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')).split(
      '\n',
    )
    rest = lines.pop() ?? ''
    for (const line of lines) yield withoutReturn(line)
  }
  if (rest !== '') yield withoutReturn(rest)
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

function fail(name: string, line: number, what: string): never {
  throw new ChartcodeError('release-unreadable', `${name}: line ${line}: ${what}`, { line })
}

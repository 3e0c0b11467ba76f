/**
 * The one way publishers' XML is read: streamed through saxes, which refuses what is not well formed.
 * Comes in: bytes and a listener for tags and text. Goes out: the rows the listener emits, in order.
 * On top of well-formedness: UTF-8 only, no DOCTYPE (so no entities of the file's own), a byte limit,
 * a depth limit. Every error is `release-unreadable` with the file's name and the line.
 */
import { TextDecoder } from 'node:util'

import { SaxesParser } from 'saxes'

import { ChartcodeError } from '../model/errors.js'
import { limitBytes, MAX_SOURCE_BYTES, type ByteSource } from './byte-source.js'

export type Attributes = Readonly<Record<string, string>>

export interface XmlListener {
  /** `depth` is 0 for the root element. */
  readonly open: (name: string, attributes: Attributes, depth: number) => void
  /** May come in several pieces. */
  readonly text: (text: string) => void
  readonly close: (name: string, depth: number) => void
}

export interface XmlOutput<Row> {
  readonly emit: (row: Row) => void
  /** Stops the reading with an error that carries the line. */
  readonly fail: (what: string) => never
}

export interface XmlLimits {
  readonly maxBytes?: number
  readonly maxDepth?: number
}

/** The tabular list nests to 14, the index to 13. */
const MAX_DEPTH = 40

/** Reads a document; rows are handed out as soon as the chunk that completed them is parsed. */
export async function* readXml<Row>(
  source: ByteSource,
  name: string,
  listen: (output: XmlOutput<Row>) => XmlListener,
  limits: XmlLimits = {},
): AsyncGenerator<Row> {
  let rows: Row[] = []
  const parser = new SaxesParser({ fileName: name })
  const fail = (what: string): never => {
    throw new ChartcodeError('release-unreadable', `${name}: line ${parser.line}: ${what}`, {
      line: parser.line,
    })
  }
  attach(parser, listen({ emit: row => rows.push(row), fail }), fail, limits.maxDepth ?? MAX_DEPTH)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of limitBytes(source, name, limits.maxBytes ?? MAX_SOURCE_BYTES)) {
    parser.write(decode(decoder, chunk, fail))
    yield* rows
    rows = []
  }
  parser.write(decode(decoder, undefined, fail))
  parser.close()
  yield* rows
}

function attach(
  parser: SaxesParser,
  listener: XmlListener,
  fail: (what: string) => never,
  maxDepth: number,
): void {
  let depth = 0
  parser.on('error', error => fail(`not well-formed XML: ${withoutPlace(error.message)}`))
  parser.on('doctype', () => fail('a DOCTYPE is not allowed'))
  parser.on('xmldecl', declaration => {
    const encoding = declaration.encoding ?? 'utf-8'
    if (encoding.toLowerCase() !== 'utf-8') fail(`encoding ${encoding}, only UTF-8 is read`)
  })
  parser.on('opentag', tag => {
    if (depth >= maxDepth) fail(`elements nest deeper than ${maxDepth}`)
    listener.open(tag.name, tag.attributes, depth)
    depth += 1
  })
  parser.on('closetag', tag => {
    depth -= 1
    listener.close(tag.name, depth)
  })
  parser.on('text', text => {
    listener.text(text)
  })
  parser.on('cdata', text => {
    listener.text(text)
  })
}

/** saxes puts `file:line:column: ` before its own messages; ours names the place already. */
function withoutPlace(message: string): string {
  return message.replace(/^.*?:\d+:\d+: /, '')
}

function decode(decoder: TextDecoder, chunk: Uint8Array | undefined, fail: (what: string) => never): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    return fail('bytes that are not UTF-8')
  }
}

/** Printed text with every run of white space as one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/**
 * Text of an XML document → its elements and texts, one after another, told to a listener; no tree is built,
 * so memory does not grow with the document. saxes refuses what is not well formed; refused here are also a
 * DOCTYPE, with which all entities of a document's own and all files it could name, and what nests or lists
 * more than any document does. Every error is `input-document`.
 */
import { SaxesParser } from 'saxes'
import { ChartcodeError } from '../../model/errors.js'
import { XML_ATTRIBUTES, XML_DEPTH } from '../limits.js'

export interface XmlElement {
  readonly name: string
  readonly namespace: string
  /** Value of an attribute without a namespace. */
  readonly attribute: (name: string) => string | undefined
}

export interface XmlListener {
  readonly open: (element: XmlElement) => void
  readonly text: (text: string) => void
  readonly close: () => void
}

export function walkXml(text: string, listener: XmlListener): void {
  const parser = new SaxesParser({ xmlns: true, position: true })
  const fail = (what: string): never => {
    throw new ChartcodeError('input-document', `line ${parser.line}: ${what}`)
  }
  let depth = 0
  let attributes = 0
  // What saxes says of an error may quote the document.
  parser.on('error', () => fail('the XML is not well formed'))
  parser.on('doctype', () => fail('a DOCTYPE is not allowed'))
  parser.on('opentagstart', () => {
    attributes = 0
    depth += 1
    if (depth > XML_DEPTH) fail(`elements nest deeper than ${XML_DEPTH}`)
  })
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > XML_ATTRIBUTES) fail(`an element has more than ${XML_ATTRIBUTES} attributes`)
  })
  parser.on('opentag', tag => {
    listener.open({
      name: tag.local,
      namespace: tag.uri,
      attribute: name => (Object.hasOwn(tag.attributes, name) ? tag.attributes[name]?.value : undefined),
    })
  })
  parser.on('closetag', () => {
    depth -= 1
    listener.close()
  })
  parser.on('text', listener.text)
  parser.on('cdata', listener.text)
  for (let at = 0; at < text.length; at += PIECE) parser.write(text.slice(at, at + PIECE))
  parser.close()
}

/** A refused document is refused after the piece that is wrong. */
const PIECE = 64 * 1024

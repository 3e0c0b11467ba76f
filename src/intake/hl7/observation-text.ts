/**
 * The OBX segments of one document or order → its text. Text comes as TX, FT or ST, a paragraph a segment,
 * or as a whole document in an ED. Values (NM, CE, SN …) are no text and are left out.
 */
import { decodeBase64 } from '../base64.js'
import { decodeBytes, decodeUndeclared } from '../charset.js'
import { htmlText } from '../markup/html-text.js'
import { unescapeText } from './escapes.js'
import { component, field, type Message, type Segment } from './message.js'

const VALUE_TYPE = 2
const IDENTIFIER = 3
const VALUE = 5
const STATUS = 11

/** HL7 v2.5.1, 7.2.5: suffixes by which one report is told apart into its parts. */
const HEADINGS: ReadonlyMap<string, string> = new Map([
  ['GDT', 'DESCRIPTION:'],
  ['IMP', 'IMPRESSION:'],
  ['REC', 'RECOMMENDATION:'],
])
/** Table 0085: the segment deletes an earlier one, or says that it was wrong. */
const WITHDRAWN = new Set(['D', 'W'])

export function observationText(message: Message, observations: readonly Segment[]): string {
  const paragraphs: string[] = []
  let part = ''
  for (const observation of observations) {
    const text = WITHDRAWN.has(field(observation, STATUS)) ? undefined : textOf(message, observation)
    if (text === undefined) continue
    const suffix = suffixOf(message, observation)
    const heading = suffix === part ? undefined : HEADINGS.get(suffix)
    part = suffix
    paragraphs.push(...(heading === undefined ? [] : [heading]), text)
  }
  return paragraphs.join('\n')
}

/** `11490-0&IMP^Chest` → `IMP`. */
function suffixOf(message: Message, observation: Segment): string {
  const [identifier = ''] = field(observation, IDENTIFIER).split(message.delimiters.component)
  return identifier.split(message.delimiters.subcomponent)[1] ?? ''
}

/** Undefined where the segment holds no text; an empty text is a blank line. */
function textOf(message: Message, observation: Segment): string | undefined {
  switch (field(observation, VALUE_TYPE)) {
    case 'TX':
    case 'FT':
    case 'ST':
      return paragraphOf(message, field(observation, VALUE))
    case 'ED':
      return embeddedText(message, observation)
    default:
      return undefined
  }
}

/** Repetitions are lines. Components are not told apart: senders do not escape `^` and `&` in free text. */
function paragraphOf({ delimiters, charset }: Message, value: string): string {
  const lines = value.split(delimiters.repetition)
  return lines.map(line => unescapeText(line, delimiters, charset)).join('\n')
}

/** ED: source ^ type of data ^ subtype ^ encoding ^ data. Type and subtype are those of MIME (table 0191). */
function embeddedText(message: Message, observation: Segment): string | undefined {
  const [type = '', subtype = '', encoding = '', content] = [2, 3, 4, 5].map(index =>
    component(message, observation, VALUE, index),
  )
  const media = `${type}/${subtype}`.toLowerCase()
  const isHtml = media === 'text/html'
  if (content === undefined || (type.toLowerCase() !== 'text' && !isHtml)) return undefined
  if (!isHtml && !['', 'plain'].includes(subtype.toLowerCase())) return undefined
  const text = decodeContent(message, encoding.toLowerCase(), content)
  return text !== undefined && isHtml ? htmlText(text) : text
}

/** Table 0299: A is text as it stands, Hex and Base64 are bytes. */
function decodeContent({ charset }: Message, encoding: string, content: string): string | undefined {
  if (encoding === 'a' || encoding === '') return content
  const isHex = encoding === 'hex' && /^(?:[0-9a-f]{2})*$/i.test(content)
  const bytes = isHex ? Buffer.from(content, 'hex') : encoding === 'base64' ? decodeBase64(content) : null
  if (bytes === null) return undefined
  return (charset === undefined ? null : decodeBytes(bytes, charset)) ?? decodeUndeclared(bytes)
}

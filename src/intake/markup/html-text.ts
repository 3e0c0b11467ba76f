/**
 * HTML or XHTML of an attachment → its text. No parser of HTML is needed for that: tags end words or lines,
 * what stands in `script`, `style` and comments is left out, and what is no tag is text. Reads every string,
 * in linear time.
 */
import { ElementWriter, meaningOf } from './elements.js'
import { decodeEntities } from './entities.js'

/** ` < b` and `<3` are no tags. */
const TAG = /<(?:!--|[!?]|(\/?)([A-Za-z][A-Za-z0-9]*))/g

export function htmlText(html: string): string {
  const elements = new ElementWriter()
  let at = 0
  TAG.lastIndex = 0
  for (let match = TAG.exec(html); match !== null; match = TAG.exec(html)) {
    const [opening, slash, name = ''] = match
    elements.writer.text(decodeEntities(html.slice(at, match.index)))
    const lower = name.toLowerCase()
    const isClosing = slash === '/'
    at = endOfTag(html, TAG.lastIndex, opening)
    if (isClosing) elements.close(lower)
    else if (meaningOf(lower) === 'silent') at = endOfElement(html, at, lower)
    else elements.open(lower)
    TAG.lastIndex = at
  }
  elements.writer.text(decodeEntities(html.slice(at)))
  return elements.writer.finish()
}

/** A tag or comment that never ends reaches to the end. */
function endOfTag(html: string, from: number, opening: string): number {
  const sign = opening === '<!--' ? '-->' : '>'
  const end = html.indexOf(sign, from)
  return end < 0 ? html.length : end + sign.length
}

/** Elements without content (`<col>`) end at once. */
function endOfElement(html: string, from: number, name: string): number {
  if (name === 'col') return from
  const closing = new RegExp(`</${name}`, 'gi')
  closing.lastIndex = from
  return closing.exec(html) === null ? html.length : endOfTag(html, closing.lastIndex, '</')
}

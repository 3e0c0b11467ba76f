/**
 * The body of an unstructured document (C-CDA R2.1, Unstructured Document: `nonXMLBody/text`) → its text,
 * where it is plain text, as it stands or in base64. Pictures, PDF and links to files hold none.
 */
import { ChartcodeError } from '../../model/errors.js'
import { decodeBase64 } from '../base64.js'
import { decodeBytes } from '../charset.js'
import type { XmlElement } from './walk-xml.js'

export interface PlainBody {
  readonly add: (text: string) => void
  readonly text: () => string
}

/** Media types that the specification allows; only these are repeated in the message. */
const OTHER_MEDIA = /^(?:application\/(?:pdf|msword)|text\/(?:rtf|html)|image\/(?:gif|tiff|jpeg|png))$/

/** Throws `input-document` for a body that is no plain text. */
export function plainBody(element: XmlElement): PlainBody {
  const media = (element.attribute('mediaType') ?? 'text/plain').toLowerCase()
  if (media !== 'text/plain')
    throw new ChartcodeError(
      'input-document',
      `the document holds no text: its body is ${OTHER_MEDIA.test(media) ? media : 'of another media type'}`,
    )
  const isPacked = element.attribute('representation') === 'B64'
  const pieces: string[] = []
  return {
    add: text => {
      pieces.push(text)
    },
    text: () => (isPacked ? unpack(pieces.join('')) : pieces.join('')),
  }
}

function unpack(packed: string): string {
  const bytes = decodeBase64(packed)
  const text = bytes === null ? null : decodeBytes(bytes, 'utf-8')
  if (text !== null) return text
  throw new ChartcodeError(
    'input-document',
    'the body of the document is no base64 of UTF-8 text, which it says it is',
  )
}

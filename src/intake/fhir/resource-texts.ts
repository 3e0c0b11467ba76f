/**
 * What a resource holds as text. Several attachments of one resource are forms of the same document (FHIR R4,
 * DocumentReference.content, DiagnosticReport.presentedForm): plain text goes before HTML, and what is neither
 * is not read. Throws `input-document` where no text is left, with the media types that were found.
 */
import { ChartcodeError } from '../../model/errors.js'
import { decodeBase64 } from '../base64.js'
import { charsetOf, decodeBytes } from '../charset.js'
import { htmlText } from '../markup/html-text.js'
import type { Attachment, DiagnosticReport, DocumentReference } from './resource-shapes.js'

export function textsOfDocument({ content }: DocumentReference): readonly string[] {
  const attachments = (content ?? []).map(({ attachment }) => attachment ?? {})
  const texts = textsOfAttachments(attachments)
  if (texts.length > 0) return texts
  throw new ChartcodeError('input-document', `the resource holds no text: ${whatInstead(attachments)}`)
}

export function textsOfReport({ presentedForm, conclusion, text }: DiagnosticReport): readonly string[] {
  const attachments = presentedForm ?? []
  const texts = textsOfAttachments(attachments)
  if (texts.length > 0) return texts
  if (!isEmpty(conclusion)) return [conclusion]
  const narrative = htmlText(text?.div ?? '')
  if (narrative !== '') return [narrative]
  throw new ChartcodeError('input-document', `the resource holds no text: ${whatInstead(attachments)}`)
}

function textsOfAttachments(attachments: readonly Attachment[]): readonly string[] {
  const plain = textsOfType(attachments, 'text/plain')
  if (plain.length > 0) return plain
  return ['text/html', 'application/xhtml+xml']
    .flatMap(type => textsOfType(attachments, type))
    .map(htmlText)
    .filter(text => text !== '')
}

function textsOfType(attachments: readonly Attachment[], type: string): readonly string[] {
  return attachments
    .filter(({ contentType, data }) => mediaOf(contentType) === type && !isEmpty(data))
    .map(contentOf)
    .filter(text => text.trim() !== '')
}

/** `text/plain; charset=UTF-8` → `text/plain`. */
function mediaOf(contentType: string | null | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** Without a charset it is UTF-8, which is FHIR's own. */
function contentOf({ contentType, data }: Attachment): string {
  const name = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
  const charset = charsetOf(name)
  if (charset === undefined)
    throw new ChartcodeError('input-encoding', 'the attachment names a character set that is not read')
  const bytes = decodeBase64(data ?? '')
  if (bytes === null) throw new ChartcodeError('input-document', 'the data of the attachment is no base64')
  const text = decodeBytes(bytes, charset)
  if (text !== null) return text
  throw new ChartcodeError('input-encoding', `the attachment is not in its character set (${charset})`)
}

/** Of what is not read only these are named: any other type could be a patient's words. */
const NAMED_MEDIA =
  /^(?:application\/(?:pdf|rtf|msword|xml|json|dicom|hl7-cda\+xml)|text\/(?:xml|rtf|plain|html)|image\/(?:jpeg|png|tiff|gif))$/

function whatInstead(attachments: readonly Attachment[]): string {
  if (attachments.length === 0) return 'it has no attachment'
  if (attachments.every(({ data }) => isEmpty(data)))
    return attachments.some(({ url }) => !isEmpty(url))
      ? 'its attachment is a link'
      : 'its attachment is empty'
  const media = attachments.map(({ contentType }) => mediaOf(contentType))
  const known = [...new Set(media.filter(type => NAMED_MEDIA.test(type)))]
  return known.length === 0
    ? 'its attachment is of another media type'
    : `its attachment is ${known.join(', ')}`
}

function isEmpty(text: string | null | undefined): text is '' | null | undefined {
  return text == null || text.trim() === ''
}

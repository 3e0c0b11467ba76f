/**
 * Bytes of an XML document → its text. The encoding is that of the byte order mark or of the declaration
 * (XML 1.0, appendix F); where both speak they must agree. Only encodings in which `<` is what it looks like
 * are read: UTF-7 and the like have hidden markup from filters before.
 */
import { ChartcodeError } from '../../model/errors.js'
import { charsetOf, decodeBytes, type Charset } from '../charset.js'

/** Within this many bytes the declaration must end. */
const LONGEST_DECLARATION = 256
const ENCODING = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']/

export function decodeXml(bytes: Uint8Array): string {
  const mark = markOf(bytes)
  const content = bytes.subarray(mark?.length ?? 0)
  const charset = mark?.charset ?? charsetOfDeclaration(declarationOf(content, 'utf-8'))
  if (mark !== undefined) checkDeclaration(content, mark.charset)
  const text = decodeBytes(content, charset)
  if (text !== null) return text
  throw new ChartcodeError(
    'input-encoding',
    `the document is not in the encoding that it declares (${charset})`,
  )
}

interface Mark {
  readonly charset: Charset
  readonly length: number
}

function markOf([first, second, third]: Uint8Array): Mark | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return { charset: 'utf-8', length: 3 }
  if (first === 0xff && second === 0xfe) return { charset: 'utf-16le', length: 2 }
  return first === 0xfe && second === 0xff ? { charset: 'utf-16be', length: 2 } : undefined
}

/** The encoding's name in lower case; undefined where none is declared. */
function declarationOf(content: Uint8Array, charset: Charset): string | undefined {
  const start = content.subarray(0, LONGEST_DECLARATION)
  const text = charset.startsWith('utf-16')
    ? decodeBytes(start.subarray(0, start.length & ~1), charset)
    : Buffer.from(start).toString('latin1')
  return ENCODING.exec(text ?? '')?.[1]?.toLowerCase()
}

function charsetOfDeclaration(name: string | undefined): Charset {
  if (name === undefined) return 'utf-8'
  const charset = charsetOf(name)
  if (charset === 'utf-8' || charset === 'windows-1252') return charset
  throw refused()
}

function checkDeclaration(content: Uint8Array, charset: Charset): void {
  const name = declarationOf(content, charset)
  if (name === undefined || name === charset || charsetOf(name) === charset) return
  if (name === 'utf-16' && charset.startsWith('utf-16')) return
  throw refused()
}

function refused(): ChartcodeError {
  return new ChartcodeError(
    'input-encoding',
    'the document declares an encoding that is not read: UTF-8, ISO-8859-1, windows-1252 and UTF-16 with a byte order mark are',
  )
}

/**
 * The codes that are exempt from the present-on-admission indicator. Comes in: bytes, tab separated, a header line
 * "Order26, POAexemptCode, Description". Goes out: a `PoaExemptRow` a line, codes without their dots.
 * Source: "POA Exempt Codes", published with the release (Official Guidelines, Appendix I).
 */
import { PRINTED_CODE, withoutDot } from '../codes/icd10cm.js'
import { ChartcodeError } from '../model/errors.js'
import type { PoaExemptRow } from '../model/code.js'
import { limitBytes, type ByteSource } from './byte-source.js'

/** The header; its year is the fiscal year. */
export const POA_HEADER = /^Order(\d\d)?\tPOA ?exempt ?Code/i

const CODE = new RegExp(`^${PRINTED_CODE}$`)

/** Throws `release-unreadable` with the line number. */
export async function* readPoaExempt(source: ByteSource, name: string): AsyncGenerator<PoaExemptRow> {
  let line = 0
  for await (const text of linesOf(limitBytes(source, name))) {
    line += 1
    if (line === 1) {
      if (!POA_HEADER.test(text)) refuse(name, line, 'the header of the exempt codes is missing')
    } else if (text.trim() !== '') {
      const code = text.split('\t')[1]?.trim() ?? ''
      if (!CODE.test(code)) refuse(name, line, 'the second column is not a code')
      yield { code: withoutDot(code) }
    }
  }
}

async function* linesOf(source: ByteSource): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of source) {
    const lines = (rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1')).split(
      /\r?\n/,
    )
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

function refuse(name: string, line: number, what: string): never {
  throw new ChartcodeError('release-unreadable', `${name}: line ${line}: ${what}`, { line })
}

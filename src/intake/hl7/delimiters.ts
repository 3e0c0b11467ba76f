/**
 * The signs that a message itself says it is written with, in MSH-1 and MSH-2 (HL7 v2.5.1, 2.5.4).
 * Throws `input-message` where there is no MSH segment to say so.
 */
import { ChartcodeError } from '../../model/errors.js'

export interface Delimiters {
  readonly field: string
  readonly component: string
  readonly repetition: string
  readonly escape: string
  readonly subcomponent: string
}

/** Some senders leave out what they do not use. */
const USUAL = '^~\\&'

export function delimitersOf(text: string): Delimiters {
  const field = text[3] ?? ''
  if (!text.startsWith('MSH') || !/^[!-/:-@[-`{-~]$/.test(field))
    throw new ChartcodeError('input-message', 'the message does not begin with an MSH segment')
  const written = /^[^\r\n]*/.exec(text.slice(4, 4 + USUAL.length + 1))?.[0].split(field)[0] ?? ''
  const [component, repetition, escape, subcomponent] = [0, 1, 2, 3].map(
    index => written[index] ?? USUAL[index],
  ) as [string, string, string, string]
  return { field, component, repetition, escape, subcomponent }
}

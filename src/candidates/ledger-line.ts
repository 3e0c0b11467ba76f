/** A mention and the reason why its code is none → its line in the ledger. */
import type { Cue } from '../model/assertion.js'
import type { CodeSystem } from '../model/code.js'
import type { Document } from '../model/document.js'
import type { NotCoded } from '../model/result.js'
import type { Mention } from './mention.js'
import { quote } from './places.js'

export interface LeftOut {
  readonly system: CodeSystem
  readonly code: string | null
  readonly mention: Mention
  readonly section: string
  readonly reason: NotCoded['reason']
  readonly rule?: string | undefined
  readonly cue?: Cue | undefined
  /** The code that took this one's place. */
  readonly by?: string | undefined
}

export function ledgerLine(
  { system, code, mention, section, reason, rule, cue, by }: LeftOut,
  document: Document,
): NotCoded {
  const { start, end, text } = quote(mention, document)
  const line: Draft = { system, code, start, end, text, section, reason }
  if (cue !== undefined) line.cue = { start: cue.start, end: cue.end, text: cue.text, rule: cue.rule }
  if (rule !== undefined) line.rule = rule
  if (by !== undefined) line.by = by
  return line
}

type Draft = { -readonly [Key in keyof NotCoded]: NotCoded[Key] }

/**
 * "Use additional code" and "code also" where the note holds what they ask for (Official Guidelines I.B.7, I.A.17): its
 * words led to such a code and stand in the ledger for being too weak or ambiguous. What the note does not speak of is
 * not asked for.
 */
import type { Catalogue } from '../../model/dictionary.js'
import type { Finding, NotCoded } from '../../model/result.js'
import { evidenceOfLine } from '../places.js'
import type { Coded } from './coded.js'

/** A finding a code of the ledger, at the first candidate whose notes ask for it. */
export function findAdditional(
  coded: readonly Coded[],
  ledger: readonly NotCoded[],
  catalogue: Catalogue,
): Finding[] {
  const findings = new Map<string, Finding>()
  if (coded.length === 0) return []
  const seen = new Set<string>()
  for (const line of ledger) {
    if (line.reason !== 'below-score' && line.reason !== 'ambiguous') continue
    for (const code of line.code === null ? (line.codes ?? []) : [line.code]) {
      if (seen.has(code)) continue
      seen.add(code)
      ask(code, line, coded, catalogue, findings)
    }
  }
  return [...findings.values()]
}

function ask(
  code: string,
  line: NotCoded,
  coded: readonly Coded[],
  catalogue: Catalogue,
  findings: Map<string, Finding>,
): void {
  const entry = catalogue.find(code)
  if (entry < 0 || coded.some(other => other.entry === entry)) return
  for (const one of coded) {
    const note = ASKING.flatMap(kind => one.notes[kind] ?? []).find(
      ({ names }) => names(entry) && !names(one.entry),
    )
    // Another candidate may be what the note asks for.
    if (note === undefined || coded.some(other => other !== one && note.names(other.entry))) continue
    const asks = note.kind === 'codeAlso' ? 'code also' : 'use additional code'
    findings.set(code, {
      rule: note.kind === 'codeAlso' ? 'I.A.17' : 'I.B.7',
      severity: 'info',
      codes: [one.code, code],
      message: `${one.code} asks for another code (${asks}): is ${code} documented well enough to stand beside it?`,
      evidence: [evidenceOfLine(line)],
    })
    return
  }
}

const ASKING = ['useAdditionalCode', 'codeAlso'] as const

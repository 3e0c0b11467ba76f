/**
 * "Use additional code" and "code also" where the note holds what they ask for (Official Guidelines I.B.7, I.A.17): its
 * words led to such a code and stand in the ledger for being too weak or ambiguous. What the note does not speak of is
 * not asked for.
 */
import type { Catalogue } from '../../model/dictionary.js'
import type { Finding, NotCoded } from '../../model/result.js'
import { evidenceOfLine } from '../places.js'
import type { ReferringNote } from '../../model/tabular.js'
import type { Coded } from './coded.js'

/** A finding a code of the ledger, at the first candidate whose notes ask for it. */
export function findAdditional(
  coded: readonly Coded[],
  ledger: readonly NotCoded[],
  catalogue: Catalogue,
): Finding[] {
  const findings = new Map<string, Finding>()
  const asking = coded.flatMap((one): Asking[] => {
    const notes = ASKING.flatMap(kind => one.notes[kind] ?? [])
    return notes.length === 0 ? [] : [{ one, notes }]
  })
  if (asking.length === 0) return []
  const seen = new Set<string>()
  for (const line of ledger) {
    if (line.reason !== 'below-score' && line.reason !== 'ambiguous') continue
    for (const code of line.code === null ? (line.codes ?? []) : [line.code]) {
      if (seen.has(code)) continue
      seen.add(code)
      ask(code, line, { coded, asking, catalogue, findings })
    }
  }
  return [...findings.values()]
}

/** A candidate, and its notes that ask for another code. */
interface Asking {
  readonly one: Coded
  readonly notes: readonly ReferringNote[]
}

interface AskParts {
  readonly coded: readonly Coded[]
  readonly asking: readonly Asking[]
  readonly catalogue: Catalogue
  readonly findings: Map<string, Finding>
}

function ask(code: string, line: NotCoded, { coded, asking, catalogue, findings }: AskParts): void {
  const entry = catalogue.find(code)
  if (entry < 0 || coded.some(other => other.entry === entry)) return
  for (const { one, notes } of asking) {
    const note = notes.find(({ names }) => names(entry) && !names(one.entry))
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

/**
 * Order of a claim, first form: by score, then by place in the note, then by code; status, history and
 * external-cause codes after the conditions (Official Guidelines I.C.20, IV.G).
 */
import type { Candidate } from '../model/result.js'
import type { Gathered } from './gather.js'

const SYSTEM_ORDER = ['icd10cm', 'cpt', 'hcpcs']

export function rank(gathered: readonly Gathered[]): Candidate[] {
  return [...gathered]
    .sort((a, b) => compare(a.candidate, b.candidate))
    .map(({ candidate }, i) => ({ ...candidate, rank: i + 1 }))
}

type Unranked = Gathered['candidate']

function compare(a: Unranked, b: Unranked): number {
  return (
    SYSTEM_ORDER.indexOf(a.system) - SYSTEM_ORDER.indexOf(b.system) ||
    group(a.code) - group(b.code) ||
    b.score - a.score ||
    (a.evidence[0]?.start ?? 0) - (b.evidence[0]?.start ?? 0) ||
    (a.code < b.code ? -1 : 1)
  )
}

function group(code: string): number {
  if (/^[VWXY]/.test(code)) return 2
  return code.startsWith('Z') ? 1 : 0
}

/** Results of notes that nobody wrote, for the formats. */
import type { Candidate, NotCoded, NoteResult } from '../../src/model/result.js'

export function noteResult(
  id: string,
  { candidates = [], notCoded = [] }: Partial<Pick<NoteResult, 'candidates' | 'notCoded'>>,
): NoteResult {
  return {
    id,
    setting: 'outpatient',
    dateOfService: null,
    input: { sha256: '0'.repeat(64), characters: 99 },
    engine: '0.1.0',
    options: {},
    dictionaries: [{ system: 'icd10cm', release: 'FY2026', origin: 'publisher', hash: '1'.repeat(64) }],
    candidates,
    notCoded,
    findings: [],
    offsets: 'utf16',
  }
}

export function candidate({ code, text }: { readonly code: string; readonly text: string }): Candidate {
  return {
    system: 'icd10cm',
    code,
    display: `Title of ${code}`,
    billable: true,
    score: 0.72,
    rank: 1,
    evidence: [{ role: 'condition', start: 3, end: 3 + text.length, text, section: 'assessment' }],
    assertion: {
      presence: 'present',
      certainty: 'confirmed',
      temporality: 'current',
      experiencer: 'patient',
      cues: [],
    },
    derivation: [
      {
        characters: code,
        by: 'phrase',
        why: 'the words name the condition',
        evidence: [0],
        source: 'Lexicon',
      },
    ],
    alternatives: [],
    missing: [{ axis: 'laterality', options: [{ code: 'H00.1', words: ['left'] }] }],
    rules: [],
    poa: null,
    modifiers: [],
    scoreParts: { source: 0.7, section: 0.02, words: 0 },
  }
}

export function notCoded({
  code,
  codes,
}: {
  readonly code: string | null
  readonly codes?: readonly string[]
}): NotCoded {
  return {
    system: 'icd10cm',
    code,
    ...(codes === undefined ? {} : { codes }),
    start: 1,
    end: 4,
    text: 'abc',
    section: 'plan',
    reason: 'ambiguous',
    cue: { start: 0, end: 2, text: 'no', rule: 'neg.no' },
  }
}

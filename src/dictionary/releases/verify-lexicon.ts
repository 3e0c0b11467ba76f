/**
 * The hand-written lexicon against an installed release: a code the lexicon promises for a year must
 * exist and be billable in that year, and its wording must not say the opposite of the title.
 * The release only checks; no wording flows from it into the lexicon.
 */
import { withDot } from '../../codes/icd10cm.js'
import { printedToCode, readCodeSet } from './code-set.js'
import type { Release } from './release-store.js'
import type { VerifyFinding } from './verify-release.js'

/** One expanded lexicon code (axes filled in), with the place of its row. */
export interface LexiconCode {
  readonly code: string
  readonly file: string
  readonly line: number
  readonly preferred: string
  /** First and last fiscal year the row claims; null or left out where open. */
  readonly from?: number | null
  readonly until?: number | null
}

/** Words of which a wording and a title never have one each. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['left', 'right'],
  ['acute', 'chronic'],
  ['benign', 'malignant'],
  ['type 1', 'type 2'],
  ['upper', 'lower'],
  ['systolic', 'diastolic'],
  ['congenital', 'acquired'],
  ['male', 'female'],
]

/** Findings name file and line of the row. Throws `release-missing` without an order file. */
export async function verifyLexicon(
  rows: readonly LexiconCode[],
  release: Release,
): Promise<VerifyFinding[]> {
  const codes = await readCodeSet(release)
  const { fiscalYear, release: name } = release.record
  const findings: VerifyFinding[] = []
  for (const row of rows) {
    if (!isClaimed(row, fiscalYear)) continue
    const code = printedToCode(row.code)
    const known = codes.get(code)
    const report = (severity: VerifyFinding['severity'], what: string): number =>
      findings.push({
        severity,
        part: 'lexicon',
        code: withDot(code),
        message: `${row.file}:${row.line}: ${what}`,
      })
    if (known === undefined) report('error', `does not exist in ${name}`)
    else if (!known.billable) report('error', `is a header in ${name}: write a code below it`)
    else if (contradicts(row.preferred, known.longTitle)) {
      report('notice', `'${row.preferred}' says the opposite of the title '${known.longTitle}'`)
    }
  }
  return findings
}

function isClaimed({ from, until }: LexiconCode, fiscalYear: number): boolean {
  return (from == null || from <= fiscalYear) && (until == null || fiscalYear <= until)
}

function contradicts(wording: string, title: string): boolean {
  const says = (text: string, word: string): boolean => new RegExp(`\\b${word}\\b`, 'i').test(text)
  const opposed = (word: string, opposite: string): boolean =>
    says(wording, word) && !says(wording, opposite) && says(title, opposite) && !says(title, word)
  return OPPOSITES.some(([one, other]) => opposed(one, other) || opposed(other, one))
}

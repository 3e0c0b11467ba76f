/**
 * The Alphabetic Index → sets of words: main term and subterms, nonessential modifiers left out.
 *
 *   Failure, failed > heart > systolic     {failure, heart, systolic} and {failed, heart, systolic}
 *   Abdominalgia, see Pain, abdominal      {abdominalgia} with the code of {pain, abdominal}
 *
 * A code printed with a dash is a header; the note chooses below it.
 */
import type { IndexRow, IndexStep, TableRow } from '../../model/code.js'
import { wordsOf } from '../../text/words.js'
import { contentWords, wordSet, type PhraseDraft } from './phrase-draft.js'

const SENSE = { system: 'icd10cm', source: 'index', concept: -1, needsCapitals: false } as const
const MOST_ALTERNATIVES = 6

export function phrasesFromIndex(rows: readonly IndexRow[]): PhraseDraft[] {
  const drafts: PhraseDraft[] = []
  const codeOfWords = new Map<string, string>()
  for (const row of rows) {
    if (row.code === null || isCircumstance(row)) continue
    const code = row.code.replace(/\.?-+$/, '').replace(/[^0-9A-Z.]/g, '')
    for (const words of wordingsOf(row.path)) {
      const key = keyOf(words)
      if (!codeOfWords.has(key)) codeOfWords.set(key, code)
      addSet(drafts, words, code)
    }
  }
  for (const row of rows) {
    if (row.code !== null || row.see === null) continue
    const code = codeOfWords.get(keyOf(wordsOf(row.see)))
    if (code !== undefined) for (const words of wordingsOf(row.path)) addSet(drafts, words, code)
  }
  return drafts
}

/**
 * Main terms under which the Index files reasons for an encounter. Their subterms are words of every note
 * ("examination", "eye"), and how such a reason is written is the lexicon's to say.
 */
const CIRCUMSTANCES = new Set(['examination', 'test', 'tests', 'procedure', 'observation', 'activity'])

function isCircumstance({ path: [mainTerm] }: IndexRow): boolean {
  return CIRCUMSTANCES.has(wordsOf(mainTerm?.title ?? '')[0] ?? '')
}

function addSet(drafts: PhraseDraft[], words: readonly string[], code: string): void {
  const draft = wordSet(words, { ...SENSE, code })
  if (draft !== undefined) drafts.push(draft)
}

function keyOf(words: readonly string[]): string {
  return [...new Set(contentWords(words))].sort().join(' ')
}

/** The word lists that a path stands for: every choice among the alternatives of its steps. */
export function wordingsOf(path: readonly IndexStep[]): string[][] {
  let wordings: string[][] = [[]]
  for (const step of path) {
    const choices = alternativesOf(step.title)
    wordings = wordings
      .flatMap(words => choices.map(choice => [...words, ...choice]))
      .slice(0, MOST_ALTERNATIVES)
  }
  return wordings
}

/** "Failure, failed" is one word or the other; "Abduction contracture, hip or other joint" is one wording. */
function alternativesOf(title: string): string[][] {
  const parts = title
    .replace(/\b(NEC|NOS)\b/g, ' ')
    .split(',')
    .map(part => wordsOf(part))
    .filter(words => words.length > 0)
  const [first, ...others] = parts
  if (first === undefined) return [[]]
  const sameStem = others.every(
    words => words.length === 1 && first.length === 1 && isSameStem(first[0] as string, words[0] as string),
  )
  return others.length > 0 && sameStem ? parts : [parts.flat()]
}

function isSameStem(left: string, right: string): boolean {
  return left.slice(0, 4) === right.slice(0, 4)
}

/** How notes name the columns of the neoplasm table. */
const NEOPLASM_WORDS: readonly (readonly [number, readonly string[]])[] = [
  [2, ['cancer', 'carcinoma', 'adenocarcinoma', 'malignancy', 'malignant neoplasm', 'malignant tumor']],
  [3, ['metastasis', 'metastatic', 'secondary']],
  [4, ['carcinoma in situ']],
  [5, ['benign neoplasm', 'benign tumor']],
  [7, ['neoplasm', 'tumor']],
]

export function phrasesFromNeoplasms(rows: readonly TableRow[]): PhraseDraft[] {
  const drafts: PhraseDraft[] = []
  for (const row of rows) {
    if (row.path.length < 2) continue
    for (const site of wordingsOf(row.path.slice(1)))
      for (const [column, names] of NEOPLASM_WORDS) {
        const code = row.cells[column]?.replace(/\.?-+$/, '')
        if (code === undefined || !/^[A-Z]/.test(code)) continue
        for (const name of names) {
          const draft = wordSet([...site, ...name.split(' ')], {
            system: 'icd10cm',
            source: 'neoplasm-table',
            concept: -1,
            code,
            needsCapitals: false,
          })
          if (draft !== undefined) drafts.push(draft)
        }
      }
  }
  return drafts
}

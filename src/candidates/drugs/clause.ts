/** The text around a drug: its sentence, and the words between two places of it. */
import type { Document } from '../../model/document.js'
import type { Span } from '../../model/span.js'
import { lastUpTo } from '../../text/last-up-to.js'
import type { Drug } from './find-drugs.js'
import type { DrugNote, Sentence } from './statement.js'

/** The sentences that name a drug, in order. */
export function sentencesWith(drugs: readonly Drug[], { text, tokens, sentences }: Document): Sentence[] {
  const found: Sentence[] = []
  for (let first = 0, past = 0; first < drugs.length; first = past) {
    const index = (drugs[first] as Drug).sentence
    while (past < drugs.length && drugs[past]?.sentence === index) past++
    const start = tokens.start[sentences.first[index] as number] as number
    const end = tokens.end[(sentences.first[index + 1] as number) - 1] as number
    const own = drugs.slice(first, past)
    if (end - start <= LONGEST) found.push({ start, end, drugs: own, text: text.slice(start, end) })
    else for (const drug of own) found.push(around(drug, start, end, text))
  }
  return found
}

/** Those that hold one of the words without which there is nothing to read. */
export function sentencesOf({ sentences }: DrugNote, pattern: RegExp): Sentence[] {
  return sentences.filter(({ text }) => pattern.test(text))
}

/** Of a sentence that never ends, as in a note without periods, what stands near the drug. */
function around(drug: Drug, start: number, end: number, text: string): Sentence {
  const from = Math.max(start, drug.start - LONGEST / 2)
  const to = Math.min(end, drug.end + LONGEST / 2)
  return { start: from, end: to, drugs: [drug], text: text.slice(from, to) }
}

const LONGEST = 1200

/**
 * The text between two places with the names of drugs blanked out, so that of "lisinopril and HCTZ" only the joining
 * word is left. As long as the text itself: a place in it is a place in the note, `from` added.
 */
export function between({ document, drugs }: DrugNote, from: number, to: number): string {
  let text = ''
  let at = from
  for (let index = firstFrom(drugs, from); index < drugs.length; index++) {
    const drug = drugs[index] as Drug
    if (drug.end > to) break
    text += document.text.slice(at, drug.start) + ' '.repeat(drug.end - drug.start)
    at = drug.end
  }
  return text + document.text.slice(at, Math.max(at, to))
}

/** What was explained, watched for or feared has not happened. */
export const ONLY_SPOKEN_OF =
  /\b(?:hazards?|discuss\w*|review\w*|risks?|counsel\w*|explain\w*|warn\w*|educat\w*|possible|potential|monitor\w*|watch|may|can|could|might|aware|concern\w*|worr\w+|information|consent\w*|advised|call|return if|if)\b/i

/** Index of the first drug that does not begin before the place. */
function firstFrom(drugs: readonly Drug[], place: number): number {
  let low = 0
  let high = drugs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((drugs[middle] as Drug).start < place) low = middle + 1
    else high = middle
  }
  return low
}

/** What the pattern's group `cue`, or else all of it, covers in words that begin at `from`. */
export function spanOf(found: RegExpExecArray | RegExpMatchArray, from: number): Span {
  const whole = found[0]
  const cue = (found.groups?.cue ?? whole).replace(/\W+$/, '')
  const start = from + (found.index ?? 0) + Math.max(0, whole.indexOf(cue))
  return { start, end: start + cue.length }
}

/** The tokens that a span covers. */
export function tokensOf(
  { tokens }: Document,
  { start, end }: Span,
): { firstToken: number; endToken: number } {
  const firstToken = Math.max(0, lastUpTo(tokens.start, tokens.count, start, -1))
  const lastToken = Math.max(firstToken, lastUpTo(tokens.start, tokens.count, end - 1, -1))
  return { firstToken, endToken: lastToken + 1 }
}

/**
 * Gap flags → sentences. A sentence ends at a period before a capital, digit or new line, at a blank
 * line, at a list item, at a new column, and at a line break that is no hard wrap.
 *
 *   denies fever. No cough      ^ ends: white space and a capital follow
 *   SOB? Has he                 ends; not before an answer: `SOB? No`
 *   7.4 mg q.i.d. and prn       goes on: a digit, a lower-case letter after a short word
 *   ... with a history of\n     goes on: the line is long and the next starts in lower case
 */
import { GAP } from '../model/document.js'
import type { Scratch } from './scratch.js'

/** Words before a period that do not end a sentence, folded. */
const ABBREVIATIONS = new Set(
  'dr mr mrs ms st vs approx etc ie eg fig pt pts inc jr sr prof dept ext tab tabs cap caps inj'.split(' '),
)

/** `No. 5` goes on, `Cough? No. Fever` ends. */
const NUMBER_SIGNS = new Set(['no', 'nos'])

/** Length → bits of the first letters of such words: most words are done with a look at these. */
const FIRST_LETTERS = new Uint32Array(8)
for (const word of [...ABBREVIATIONS, ...NUMBER_SIGNS])
  FIRST_LETTERS[word.length] = (FIRST_LETTERS[word.length] as number) | (1 << (word.charCodeAt(0) - 0x61))

const HARD_STOP = GAP.blankLine | GAP.item | GAP.cell
const LOOK = HARD_STOP | GAP.period | GAP.newline | GAP.semicolon

/** A line this long may have been wrapped by a mail program or a terminal. */
const WRAPPED_LINE = 45
/** A line this long was wrapped there, whatever the next one begins with. */
const FULL_LINE = 65

/** No line ends with such a word but by a wrap, however short it is. */
const JOINING = new Set('of with for the an and or by due to from'.split(' '))
const LONGEST_JOINING = 4

const QUESTION = 0x3f
const STAR = 0x2a
const BLANK = 0x20

const ANSWERS = new Set(
  'no yes none never denies denied negative neg positive pos unknown n y nil'.split(' '),
)

/** Splits the tokens that it is given, in order. */
export interface SentenceSplitter {
  /** Fills `sentenceFirst` for the tokens `[first, past)`, marks {@link GAP.sentence}. */
  readonly split: (first: number, past: number) => void
  /** Closes the last sentence of `count` tokens; answers the number of sentences. */
  readonly end: (count: number) => number
}

export function createSentenceSplitter(text: string, scratch: Scratch): SentenceSplitter {
  const { gap, sentenceFirst } = scratch
  const hasQuestions = text.includes('?')
  let sentences = 0
  /** The token behind a bullet that is a token itself. */
  let behindStar = -1
  return {
    split: (first, past) => {
      if (behindStar === first) gap[first] = (gap[first] as number) | GAP.item
      for (let token = first; token < past; token++) {
        const flags = gap[token] as number
        if (
          token === 0 ||
          (flags & LOOK && startsSentence(text, token, flags, scratch)) ||
          (hasQuestions && endsAtQuestion(text, token, scratch))
        ) {
          if (flags & GAP.newline && isStar(token, scratch)) {
            behindStar = token + 1
            if (behindStar < past) gap[behindStar] = (gap[behindStar] as number) | GAP.item
          }
          gap[token] = flags | GAP.sentence
          sentenceFirst[sentences++] = token
        }
      }
    },
    end: count => {
      sentenceFirst[sentences] = count
      return sentences
    },
  }
}

/** `* gout`: the star is a token, because `**` and `4*` are. */
function isStar(token: number, { folded, start, end }: Scratch): boolean {
  const from = start[token] as number
  const to = end[token] as number
  return folded[from] === STAR && folded[to] === BLANK && to - from === 1
}

function startsSentence(text: string, token: number, flags: number, scratch: Scratch): boolean {
  if (flags & HARD_STOP) return true
  if (flags & GAP.newline) return !isHardWrap(text, token, flags, scratch)
  if (flags & GAP.period) return endsAtPeriod(text, token, scratch)
  return false
}

function endsAtPeriod(text: string, token: number, scratch: Scratch): boolean {
  const { start, end } = scratch
  const from = start[token - 1] as number
  const to = end[token - 1] as number
  const next = text.charCodeAt(start[token] as number)
  const nextIsLower = next >= 0x61 && next <= 0x7a
  const length = to - from
  if (nextIsLower) return length >= 4 && text.charCodeAt(to) === 0x2e
  if (length === 1 && isUpper(text.charCodeAt(from)) && !isUpper(text.charCodeAt(from - 2)))
    return isListLetter(token, scratch)
  if (!(((FIRST_LETTERS[length] ?? 0) >>> ((scratch.folded[from] as number) - 0x61)) & 1)) return true
  const word = text.slice(from, to).toLowerCase()
  return NUMBER_SIGNS.has(word) ? !isDigit(next) : !ABBREVIATIONS.has(word)
}

/** `SOB? Has he …` ends; `SOB? No` goes on, because the answer belongs to its question. */
function endsAtQuestion(text: string, token: number, { start, end, folded }: Scratch): boolean {
  const from = end[token - 1] as number
  if (folded[from - 1] !== QUESTION) return false
  const next = start[token] as number
  if (next === from || !isUpper(text.charCodeAt(next))) return false
  return !ANSWERS.has(text.slice(next, end[token]).toLowerCase())
}

/** A single capital and a period is an initial ("John K. Smith") unless it opens its line. */
function isListLetter(token: number, scratch: Scratch): boolean {
  return ((scratch.gap[token - 1] as number) & GAP.newline) !== 0
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

function isUpper(unit: number): boolean {
  return unit >= 0x41 && unit <= 0x5a
}

function isHardWrap(text: string, token: number, flags: number, scratch: Scratch): boolean {
  if (token === 0 || flags & (GAP.colon | GAP.item | GAP.semicolon)) return false
  const { start, end } = scratch
  const lineEnd = end[token - 1] as number
  const next = text.charCodeAt(start[token] as number)
  const nextIsLower = next >= 0x61 && next <= 0x7a
  if (flags & GAP.period) return false
  const lastWord = start[token - 1] as number
  if (lineEnd - lastWord <= LONGEST_JOINING && JOINING.has(text.slice(lastWord, lineEnd).toLowerCase()))
    return true
  const length = lineLength(scratch.folded, lineEnd)
  if (next === LOWER_O && text.startsWith('of ', start[token])) return true
  if (flags & GAP.comma) return nextIsLower || length >= WRAPPED_LINE
  return length >= WRAPPED_LINE && (nextIsLower || length >= FULL_LINE)
}

const LOWER_O = 0x6f
const NEWLINE = 0x0a
const RETURN = 0x0d

/** Length of the line that ends at `lineEnd`, counted no further than {@link FULL_LINE}. */
function lineLength(folded: Uint8Array, lineEnd: number): number {
  let from = lineEnd
  const stop = Math.max(0, lineEnd - FULL_LINE)
  while (from > stop && folded[from - 1] !== NEWLINE && folded[from - 1] !== RETURN) from--
  return lineEnd - from
}

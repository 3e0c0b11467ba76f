/**
 * Abbreviations that the note itself defines: what it says goes before what they usually mean.
 *
 *   chronic kidney disease (CKD) … CKD        both are the disease, and so is every further CKD
 *   MS (mental status) … MS                   no condition, and so is no further MS
 *
 * A definition is a bracket behind the words, or the words in a bracket behind it, whose letters are the
 * initials of the words. A. S. Schwartz and M. A. Hearst, A simple algorithm for identifying abbreviation
 * definitions in biomedical text, Pac. Symp. Biocomput. (2003), in its strictest form.
 */
import { GAP, type Document } from '../model/document.js'
import type { Sense } from '../model/dictionary.js'
import type { Mention } from './mention.js'

const ABBREVIATION = /^[A-Z][A-Za-z0-9]{1,6}$/
/** Words that may have no letter in the abbreviation: gastroesophageal reflux disease, but activities *of* daily living. */
const SMALL = new Set(['of', 'and', 'the', 'in', 'with', 'to', 'for', 'on', 'by', 'or', 'a', 'an'])
/** Words of a definition beyond the letters of its abbreviation. */
const MOST_SMALL = 3

interface Definition {
  /** Tokens of the words, and of the abbreviation. */
  readonly first: number
  readonly past: number
  readonly token: number
}

/** Mentions of the note with the defined abbreviations among them, in order of their places. */
export function applyDefinitions(document: Document, mentions: readonly Mention[]): readonly Mention[] {
  if (!document.text.includes('(')) return mentions
  const defined = readDefinitions(document, mentions)
  if (defined.size === 0) return mentions
  const { tokens } = document
  const covered = new Set(
    mentions.filter(({ tokens: own }) => own.length > 1).flatMap(({ tokens: own }) => own),
  )
  const kept = mentions.filter(
    mention => mention.tokens.length > 1 || !defined.has(wordAt(document, mention.firstToken)),
  )
  const added: Mention[] = []
  for (let token = 0; token < tokens.count; token++) {
    const meaning = defined.get(wordAt(document, token))
    if (meaning === undefined || meaning === null || covered.has(token)) continue
    added.push({ ...meaning, firstToken: token, endToken: token + 1, tokens: [token] })
  }
  return [...kept, ...added].sort((a, b) => a.firstToken - b.firstToken || a.endToken - b.endToken)
}

type Meaning = { readonly phrase: number; readonly senses: readonly Sense[] } | null

/** Abbreviation as written → what it means here; null: nothing that is coded. */
function readDefinitions(document: Document, mentions: readonly Mention[]): Map<string, Meaning> {
  const defined = new Map<string, Meaning>()
  const { tokens } = document
  let firstOf: ReadonlyMap<number, number> | undefined
  for (let token = 1; token < tokens.count; token++) {
    if (!((tokens.gap[token] as number) & GAP.paren)) continue
    const definition = definitionAt(document, token)
    if (definition === undefined) continue
    const { first, past } = definition
    firstOf ??= firstMentionOf(mentions)
    const words = mentions[firstIn(firstOf, first, past)]
    const isWhole = words !== undefined && words.firstToken <= first && words.endToken >= past
    const word = wordAt(document, definition.token)
    if (isWhole) defined.set(word, { phrase: words.phrase, senses: words.senses })
    else if (words === undefined && !defined.has(word)) defined.set(word, null)
  }
  return defined
}

/** Token → index of the first mention that reaches over it. */
function firstMentionOf(mentions: readonly Mention[]): Map<number, number> {
  const firstOf = new Map<number, number>()
  mentions.forEach(({ firstToken, endToken }, i) => {
    for (let token = firstToken; token < endToken; token++) if (!firstOf.has(token)) firstOf.set(token, i)
  })
  return firstOf
}

/** Index of the first mention over one of the tokens `[first, past)`, -1 for none. */
function firstIn(firstOf: ReadonlyMap<number, number>, first: number, past: number): number {
  let least = -1
  for (let token = first; token < past; token++) {
    const index = firstOf.get(token)
    if (index !== undefined && (least < 0 || index < least)) least = index
  }
  return least
}

/** The definition whose bracket opens before `token`. */
function definitionAt(document: Document, token: number): Definition | undefined {
  const { text, tokens } = document
  if (!text.slice(tokens.end[token - 1], tokens.start[token]).includes('(')) return undefined
  if (closesAfter(document, token) && ABBREVIATION.test(wordAt(document, token))) {
    const first = wordsBefore(document, token, wordAt(document, token))
    return first === undefined ? undefined : { first, past: token, token }
  }
  const short = token - 1
  if (!ABBREVIATION.test(wordAt(document, short))) return undefined
  let past = token + 1
  while (past < tokens.count && !closesAfter(document, past - 1) && past - token < 12) past++
  return closesAfter(document, past - 1) && wordsBefore(document, past, wordAt(document, short)) === token
    ? { first: token, past, token: short }
    : undefined
}

function closesAfter({ text, tokens }: Document, token: number): boolean {
  return text.charCodeAt(tokens.end[token] as number) === 0x29
}

/** First of the words before `past` whose initials, small words left out where they must be, are the letters. */
function wordsBefore(document: Document, past: number, abbreviation: string): number | undefined {
  const letters = abbreviation.toLowerCase().replace(/s$/, end => (/[A-Z]s$/.test(abbreviation) ? '' : end))
  let letter = letters.length - 1
  let small = 0
  for (let token = past - 1; token >= 0; token--) {
    if (token < past - 1 && ((document.tokens.gap[token + 1] as number) & ~GAP.hyphen) !== 0) return undefined
    const word = wordAt(document, token).toLowerCase()
    if (word.startsWith(letters[letter] as string)) {
      if (letter-- === 0) return token
    } else if (!SMALL.has(word) || ++small > MOST_SMALL) return undefined
  }
  return undefined
}

function wordAt({ text, tokens }: Document, token: number): string {
  return text.slice(tokens.start[token], tokens.end[token])
}

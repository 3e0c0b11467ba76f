/**
 * What a title says beyond what is known already, as the title words it:
 *
 *   Type 2 diabetes mellitus with diabetic nephropathy     known: type 2 diabetes mellitus      → nephropathy
 *   Chronic kidney disease, stage 2 (mild)                 known: chronic kidney disease, stage → stage 2
 *
 * What stands in brackets is nonessential and is left out (Official Guidelines I.A.7).
 */

/** Words that choose nothing between two codes. */
const EMPTY = new Set(
  `a an and any as at by classified due elsewhere for from in initial into is it its nec nos not of on or other
  sequela specified subsequent encounter the through to type unspecified with without`.split(/\s+/),
)

export interface TitleWord {
  /** Id of the vocabulary; 0 for a number, which says nothing without the word before it. */
  readonly id: number
  readonly text: string
  readonly start: number
  readonly end: number
}

const WORD = /[A-Za-z0-9]+/g
const NUMBER = /^(?:\d+[a-z]?|[IVX]+|[A-D])$/

export function withoutBrackets(title: string): string {
  return title.replace(/ ?\([^)]*\)/g, '').replace(/ ?\[[^\]]*\]/g, '')
}

/** The words of a title that can choose it, with their places. */
export function wordsOfTitle(title: string, wordId: (word: string) => number): TitleWord[] {
  return [...title.matchAll(WORD)].flatMap(({ 0: text, index }) => {
    const word = text.toLowerCase()
    if (EMPTY.has(word)) return []
    return [{ id: NUMBER.test(text) ? 0 : wordId(word), text: word, start: index, end: index + text.length }]
  })
}

/** What a title says is there: `… without aura` says nothing of an aura. */
export function knownWords(title: string, wordId: (word: string) => number): (word: TitleWord) => boolean {
  const words = wordsOfTitle(title.replace(/\b(?:without|not) [^,;]+/g, ''), wordId)
  const ids = new Set(words.map(({ id }) => id).filter(id => id !== 0))
  const numbers = new Set(words.filter(({ id }) => id === 0).map(({ text }) => text))
  return ({ id, text }) => (id === 0 ? numbers.has(text) : ids.has(id))
}

/** From the first to the last word that is not known; undefined where all are. */
export function lackingWords(
  title: string,
  words: readonly TitleWord[],
  isKnown: (word: TitleWord) => boolean,
): string | undefined {
  const lacking = words.filter(word => !isKnown(word))
  const first = lacking[0]
  const last = lacking.at(-1)
  if (first === undefined || last === undefined) return undefined
  const start = startWithNeed(title, first)
  const end =
    last.end + (LEANING.test(last.text) ? (/^ \w+/.exec(title.slice(last.end))?.[0].length ?? 0) : 0)
  const said = title
    .slice(start, end)
    .replace(/\bunspecified /gi, '')
    .replace(/, unspecified\b/gi, '')
  return start === 0 && !/^\w+'/.test(title) ? said.charAt(0).toLowerCase() + said.slice(1) : said
}

/** Adjectives that say nothing without their noun. */
const LEANING = /^(?:upper|lower|anterior|posterior|single|recurrent|major|minor|early|late)$/

/** `stage 2`, `without aura`: a number, and what is denied, need the word before them. */
function startWithNeed(title: string, { id, start }: TitleWord): number {
  const before = title.slice(0, start)
  return (id === 0 ? /\w+[ -]$/ : /\b(?:without|not) $/).exec(before)?.index ?? start
}

/** "Other …": what no words select. */
export function isOther(title: string): boolean {
  return /\bother\b|\bNEC\b/i.test(title)
}

/** How often a title says that something is not said. */
export function countOpen(title: string): number {
  return title.match(/\bunspecified\b|\bnot (?:specified|stated)\b|\bNOS\b/gi)?.length ?? 0
}

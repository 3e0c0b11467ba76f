/** What the dictionary of one year says of a code: its place in the hierarchy and the lexicon's words for it. */
import { possibleParents, withDot, withoutDot } from '../codes/icd10cm.js'
import type { Dictionary } from '../dictionary/open-dictionary.js'
import { ChartcodeError } from '../model/errors.js'
import type { LexiconWords } from './lexicon-words.js'

export interface CodeLine {
  readonly code: string
  readonly display: string
  readonly billable: boolean
}

export interface CodePage extends CodeLine {
  readonly system: 'icd10cm'
  readonly release: string
  readonly hash: string
  /** From the category down. */
  readonly parents: readonly CodeLine[]
  readonly children: readonly CodeLine[]
  /** The lexicon's wordings for the code. */
  readonly lexicon: readonly string[]
}

/** `code` in any case, with or without its dot. Throws `code-unknown`, which names the nearest codes that exist. */
export function readCodePage(
  { catalogue, identity }: Dictionary,
  code: string,
  lexicon: LexiconWords,
): CodePage {
  const printed = withDot(withoutDot(code.trim().toUpperCase()))
  const entry = catalogue.find(printed)
  const lineOf = (at: number): CodeLine => ({
    code: catalogue.code(at),
    display: catalogue.title(at),
    billable: catalogue.isBillable(at),
  })
  if (entry < 0) throw unknownCode(printed, identity.release, parent => catalogue.find(parent) >= 0)
  const parents: CodeLine[] = []
  for (let at = catalogue.parent(entry); at >= 0; at = catalogue.parent(at)) parents.unshift(lineOf(at))
  return {
    system: 'icd10cm',
    ...lineOf(entry),
    release: identity.release,
    hash: identity.hash,
    parents,
    children: catalogue.children(entry).map(lineOf),
    lexicon: lexicon.get(printed) ?? [],
  }
}

function unknownCode(code: string, release: string, exists: (code: string) => boolean): ChartcodeError {
  const nearest = possibleParents(code).find(exists)
  const advice =
    nearest === undefined
      ? 'search by words with `chartcode search`'
      : `the nearest code above it is ${nearest}`
  return new ChartcodeError('code-unknown', `${code} does not exist in ${release}; ${advice}`)
}

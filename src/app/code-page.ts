/** What the dictionary of one year says of a code: its place in the hierarchy and the lexicon's words for it. */
import { possibleParents, withDot, withoutDot } from '../codes/icd10cm.js'
import type { Dictionary } from '../dictionary/open-dictionary.js'
import { ChartcodeError } from '../model/errors.js'

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
  /** The lexicon's preferred term, where a row covers the code. */
  readonly lexicon: string | null
}

/** `code` in any case, with or without its dot. Throws `code-unknown`, which names the nearest codes that exist. */
export function readCodePage({ catalogue, identity, conceptOfEntry, concept }: Dictionary, code: string): CodePage {
  const printed = withDot(withoutDot(code.trim().toUpperCase()))
  const entry = catalogue.find(printed)
  const lineOf = (at: number): CodeLine => ({ code: catalogue.code(at), display: catalogue.title(at), billable: catalogue.isBillable(at) })
  if (entry < 0) throw unknownCode(printed, identity.release, parent => catalogue.find(parent) >= 0)
  const parents: CodeLine[] = []
  for (let at = catalogue.parent(entry); at >= 0; at = catalogue.parent(at)) parents.unshift(lineOf(at))
  const row = conceptOfEntry(entry)
  return {
    system: 'icd10cm',
    ...lineOf(entry),
    release: identity.release,
    hash: identity.hash,
    parents,
    children: catalogue.children(entry).map(lineOf),
    lexicon: row < 0 ? null : concept(row).preferred,
  }
}

function unknownCode(code: string, release: string, exists: (code: string) => boolean): ChartcodeError {
  const nearest = possibleParents(code).find(exists)
  const advice = nearest === undefined ? 'search by words with `chartcode search`' : `the nearest code above it is ${nearest}`
  return new ChartcodeError('code-unknown', `${code} does not exist in ${release}; ${advice}`)
}

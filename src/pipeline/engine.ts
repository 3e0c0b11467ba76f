/**
 * One dictionary's engine: the composition of the stages, in the order of DESIGN.md.
 *
 *   note ─► read ─► match ─► assert ─► propose ─► gather ─► reconcile ─► rank
 *
 * Holds the working memory of the reader and the matchers, so an engine serves one thread, one note
 * after another.
 */
import { assertSpan } from '../context/assert-span.js'
import { createScopeFinder, type FindScopes, type Scopes, type ScopeWishes } from '../context/scopes.js'
import type { Outcome } from '../candidates/drafts.js'
import { createDetail } from '../candidates/detail/create-detail.js'
import { createRuleBook } from '../candidates/rules/rule-book.js'
import { createFeatureTable } from '../candidates/score/feature-table.js'
import { settle, type Settled } from '../candidates/settle.js'
import type { PartOfSpeech } from '../candidates/sense-filter.js'
import type { Dictionary } from '../dictionary/open-dictionary.js'
import { MatchBuffer } from '../match/match-buffer.js'
import { matchWordSets } from '../match/match-word-sets.js'
import type { Assertion } from '../model/assertion.js'
import { sentencesWithMatches } from '../match/sentences-with-matches.js'
import { PHRASE_BARRIER, type Document } from '../model/document.js'
import type { Span } from '../model/span.js'
import { createReader, type Reader } from '../text/reader.js'
import { createWordStamps } from '../text/words-of-note.js'
import type { Headings } from '../text/heading-forms.js'
import type { Encounter } from './encounter.js'
import { createProposer } from './propose-note.js'

export interface Engine {
  readonly dictionary: Dictionary
  readonly read: Reader
  readonly match: (document: Document) => MatchBuffer
  /** Scopes of all sentences. */
  readonly findScopes: FindScopes
  /** Scopes of the sentences that hold a match. */
  readonly scopesOf: (document: Document, matches: MatchBuffer, wishes?: ScopeWishes) => Scopes
  /** Assertion of any stretch of a text, as the command `assert` gives it. */
  readonly assertSpan: (text: string, span: Span) => Assertion
  /** Every mention with every code it leads to, before they are settled: what `code` must account for. */
  readonly proposals: (text: string, about: Encounter) => readonly Outcome[]
  readonly code: (text: string, about: Encounter) => Settled
}

export function createEngine(dictionary: Dictionary, partOfSpeech: PartOfSpeech): Engine {
  const { vocabulary, slips } = dictionary
  const read = createReader({ vocabulary, slips, headings: headingsOf(dictionary) })
  const findScopes = createScopeFinder(dictionary)
  const sets = dictionary.createWordSets()
  const buffer = new MatchBuffer()
  const match = (document: Document): MatchBuffer => {
    buffer.clear()
    dictionary.phrases.matchAll(document.tokens, PHRASE_BARRIER, 'longest', buffer)
    matchWordSets(document, sets, buffer)
    return buffer
  }
  const scopesOf = (document: Document, matches: MatchBuffer, wishes?: ScopeWishes): Scopes =>
    findScopes(document, { ...wishes, wanted: sentencesWithMatches(document, matches) })
  const wordId = rememberWords(dictionary)
  const rules = createRuleBook(dictionary.rules, wordId)
  const addDetail = createDetail({ ...dictionary, wordId })
  const proposeAll = createProposer({ dictionary, partOfSpeech, read, match, findScopes, wordId })
  const stampWords = createWordStamps()
  const features = createFeatureTable(dictionary.scoreWeights)
  const code = (text: string, about: Encounter): Settled => {
    const { outcomes, parts, sectionAt, assertionAnywhere } = proposeAll(text, about)
    // Written out: it is one object a note, and to spread three others into it costs more than a rule.
    return settle(outcomes, {
      document: parts.document,
      holdsWord: stampWords(parts.document.tokens),
      catalogue: parts.catalogue,
      hasAssessment: parts.hasAssessment,
      setting: about.setting,
      sectionAt,
      assertionOf: assertionAnywhere,
      rules,
      addDetail,
      features,
      generalCodes: dictionary.generalCodes,
      tabularNotes: dictionary.tabularNotes,
      isPoaExempt: dictionary.isPoaExempt,
      fiscalYear: dictionary.identity.fiscalYear,
      minScore: about.options.minScore,
      explain: about.options.explain,
    })
  }
  const assertIn = (text: string, span: Span): Assertion => {
    const document = read(text)
    return assertSpan(document, findScopes(document), span)
  }
  const proposals = (text: string, about: Encounter): readonly Outcome[] => proposeAll(text, about).outcomes
  return { dictionary, read, match, findScopes, scopesOf, assertSpan: assertIn, proposals, code }
}

function headingsOf({ headings }: Dictionary): Headings {
  return { starts: headings.starts, longest: headings.longest, idOf: row => headings.row(row).id }
}

/** Word look-ups outside the hot path, remembered. */
function rememberWords(dictionary: Dictionary): (word: string) => number {
  const known = new Map<string, number>()
  return word => {
    const seen = known.get(word)
    if (seen !== undefined) return seen
    const id = dictionary.vocabulary.idOf(word)
    known.set(word, id)
    return id
  }
}

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
import { applyDefinitions } from '../candidates/definitions.js'
import { findMentions } from '../candidates/find-mentions.js'
import { proposeTyped } from '../candidates/typed/propose-typed.js'
import { proposeMeasured } from '../candidates/measured-proposals.js'
import { readMeasurements } from '../candidates/measurements.js'
import type { Outcome } from '../candidates/drafts.js'
import type { Mention } from '../candidates/mention.js'
import { createDetail } from '../candidates/detail/create-detail.js'
import { propose, type ProposeParts } from '../candidates/propose.js'
import { settle, type Settled } from '../candidates/settle.js'
import { createSenseFilter, type PartOfSpeech } from '../candidates/sense-filter.js'
import type { Dictionary } from '../dictionary/open-dictionary.js'
import { MatchBuffer } from '../match/match-buffer.js'
import { matchWordSets } from '../match/match-word-sets.js'
import type { Assertion } from '../model/assertion.js'
import { sentencesWithMatches } from '../match/sentences-with-matches.js'
import { PHRASE_BARRIER, type Document } from '../model/document.js'
import type { Concept, Sense } from '../model/dictionary.js'
import type { Patient, Setting } from '../model/note.js'
import type { Span } from '../model/span.js'
import { createReader, type Reader } from '../text/reader.js'
import type { Headings } from '../text/heading-forms.js'
import type { DetectOptions } from './options.js'
import { locateSections, type SectionLocator } from './section-of.js'

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
  readonly code: (text: string, about: Encounter) => Settled
}

/** What the engine is told of the encounter. */
export interface Encounter {
  readonly setting: Setting
  /** `YYYY-MM-DD`; years in the text before it are past. */
  readonly dateOfService?: string | undefined
  readonly patient: Patient | undefined
  readonly options: DetectOptions
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
  const findIn = createMentionFinder(dictionary, wordId, partOfSpeech)
  const addDetail = createDetail({ ...dictionary, wordId })
  const code = (text: string, about: Encounter): Settled => {
    const document = read(text)
    const matches = match(document)
    const wishes = { serviceYear: yearOf(about.dateOfService), explain: about.options.explain }
    const { assertionOf } = scopesOf(document, matches, wishes)
    const sections = locateSections(document)
    const mentions = findIn(document, matches, sections, about)
    const assertionAnywhere = lazily(() => findScopes(document, wishes))
    const parts = proposeParts(dictionary, {
      document,
      wordId,
      sections,
      assertionOf,
      assertionAnywhere,
      about,
    })
    return settle(proposeAll(mentions, parts), {
      ...parts,
      rules: dictionary.rules,
      tabularNotes: dictionary.tabularNotes,
      generalCodes: dictionary.generalCodes,
      fiscalYear: dictionary.identity.fiscalYear,
      sectionAt: sections.ofOffset,
      addDetail,
      isPoaExempt: dictionary.isPoaExempt,
      minScore: about.options.minScore,
      explain: about.options.explain,
      assertionOf: assertionAnywhere,
    })
  }
  const assertIn = (text: string, span: Span): Assertion => {
    const document = read(text)
    return assertSpan(document, findScopes(document), span)
  }
  return { dictionary, read, match, findScopes, scopesOf, assertSpan: assertIn, code }
}

type FindIn = (
  document: Document,
  matches: MatchBuffer,
  sections: SectionLocator,
  about: Encounter,
) => readonly Mention[]

/** The mentions of a note with the senses that can stand there. */
function createMentionFinder(
  dictionary: Dictionary,
  wordId: (word: string) => number,
  partOfSpeech: PartOfSpeech,
): FindIn {
  const senses = rememberSenses(dictionary)
  return (document, matches, sections, { patient, options }) => {
    const accept = createSenseFilter(document, patient, {
      systems: new Set(options.systems),
      concept: dictionary.concept,
      wordId,
      sectionOf: sections.ofToken,
      partOfSpeech,
    })
    const found = findMentions(
      matches,
      (phrase, first, end) => (sections.inHeading(first) ? [] : accept(senses(phrase), first, end)),
      sense => sense.concept < 0 || dictionary.concept(sense.concept).kind !== 'none',
    )
    return applyDefinitions(document, found)
  }
}

/** Of the words found, the values measured and the codes written. */
function proposeAll(mentions: readonly Mention[], parts: ProposeParts): Outcome[] {
  return [
    ...mentions.flatMap(mention => propose(mention, parts)),
    ...proposeMeasured(parts.measurements.codes, parts),
    ...proposeTyped(parts),
  ]
}

/** The rules may look for words in sentences in which nothing was found: their scopes are walked when they do. */
function lazily(find: () => Scopes): Scopes['assertionOf'] {
  let scopes: Scopes | undefined
  return (first, end) => (scopes ??= find()).assertionOf(first, end)
}

function yearOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Number(date.slice(0, 4))
}

interface Read {
  readonly document: Document
  readonly wordId: (word: string) => number
  readonly sections: SectionLocator
  readonly assertionOf: Scopes['assertionOf']
  readonly assertionAnywhere: Scopes['assertionOf']
  readonly about: Encounter
}

/** Years from which a body mass index is that of an adult (Z68). */
const GROWN = 20

function proposeParts(
  dictionary: Dictionary,
  { document, wordId, sections, assertionOf, assertionAnywhere, about }: Read,
): ProposeParts {
  return {
    document,
    catalogue: dictionary.catalogue,
    successorOf: dictionary.successorOf,
    axes: dictionary.axes,
    conceptOf: sense => conceptOf(dictionary, sense),
    hasRelease: dictionary.identity.origin !== 'lexicon',
    wordId,
    sectionOf: sections.ofToken,
    assertionOf,
    assertionAnywhere,
    setting: about.setting,
    hasAssessment: sections.has('assessment', 'diagnosis'),
    measurements: readMeasurements(document.text, (about.patient?.age ?? GROWN) >= GROWN),
  }
}

function conceptOf(dictionary: Dictionary, sense: Sense): Concept | undefined {
  const index =
    sense.concept >= 0 ? sense.concept : sense.entry >= 0 ? dictionary.conceptOfEntry(sense.entry) : -1
  return index < 0 ? undefined : dictionary.concept(index)
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

function rememberSenses(dictionary: Dictionary): (phrase: number) => readonly Sense[] {
  const known = new Map<number, readonly Sense[]>()
  return phrase => {
    const seen = known.get(phrase)
    if (seen !== undefined) return seen
    const senses = dictionary.senses(phrase)
    known.set(phrase, senses)
    return senses
  }
}

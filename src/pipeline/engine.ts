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
import type { Mention } from '../candidates/mention.js'
import { proposeMeasured } from '../candidates/measured-proposals.js'
import { readMeasurements } from '../candidates/measurements.js'
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
  const senses = rememberSenses(dictionary)
  const code = (text: string, about: Encounter): Settled => {
    const document = read(text)
    const matches = match(document)
    const wishes = { serviceYear: yearOf(about.dateOfService), explain: about.options.explain }
    const { assertionOf } = scopesOf(document, matches, wishes)
    const sections = locateSections(document)
    const systems = new Set(about.options.systems)
    const accept = createSenseFilter(document, about.patient, {
      systems,
      concept: dictionary.concept,
      wordId,
      sectionOf: sections.ofToken,
      partOfSpeech,
    })
    const found = findMentions(
      matches,
      (phrase, first, end) => (sections.inHeading(first) ? [] : accept(senses(phrase), first, end)),
      sense => sense.concept < 0 || dictionary.concept(sense.concept).kind !== 'none',
      axisWords(document, wordId),
    )
    const mentions = applyDefinitions(document, found)
    const isNamedSite = namedSites(document, mentions, dictionary.bodyParts)
    const parts = proposeParts(dictionary, { document, wordId, sections, assertionOf, isNamedSite, about })
    const outcomes = [
      ...mentions.flatMap(mention => propose(mention, parts)),
      ...proposeMeasured(parts.measurements.codes, parts),
    ]
    return settle(outcomes, {
      ...parts,
      rules: dictionary.rules,
      generalCodes: dictionary.generalCodes,
      fiscalYear: dictionary.identity.fiscalYear,
      sectionAt: sections.ofOffset,
      minScore: about.options.minScore,
      explain: about.options.explain,
      assertionOf: lazily(() => findScopes(document, wishes)),
    })
  }
  const assertIn = (text: string, span: Span): Assertion => {
    const document = read(text)
    return assertSpan(document, findScopes(document), span)
  }
  return { dictionary, read, match, findScopes, scopesOf, assertSpan: assertIn, code }
}

/** Tokens that are words of an axis. */
function axisWords({ tokens }: Document, wordId: (word: string) => number): (token: number) => boolean {
  const ids = new Set(COMMON_AXIS_WORDS.map(wordId))
  return token => ids.has(tokens.id[token] as number)
}

/** Tokens that name a part of the body within a mention. */
function namedSites(
  { tokens }: Document,
  mentions: readonly Mention[],
  bodyParts: ReadonlySet<number>,
): (token: number) => boolean {
  const sites = new Set(
    mentions.flatMap(mention => mention.tokens).filter(token => bodyParts.has(tokens.id[token] as number)),
  )
  return token => sites.has(token)
}

/** What nearly every axis of an injury, a joint or a pregnancy reads beside the mention. */
const COMMON_AXIS_WORDS = [
  'right',
  'left',
  'displaced',
  'nondisplaced',
  'first',
  'second',
  'third',
  'trimester',
]

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
  readonly assertionOf: (firstToken: number, endToken: number) => Assertion
  readonly isNamedSite: ProposeParts['isNamedSite']
  readonly about: Encounter
}

/** Years from which a body mass index is that of an adult (Z68). */
const GROWN = 20

function proposeParts(
  dictionary: Dictionary,
  { document, wordId, sections, assertionOf, isNamedSite, about }: Read,
): ProposeParts {
  return {
    document,
    catalogue: dictionary.catalogue,
    axes: dictionary.axes,
    conceptOf: sense => conceptOf(dictionary, sense),
    wordId,
    sectionOf: sections.ofToken,
    assertionOf,
    isNamedSite,
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

/** A note → every mention with every code it leads to, and what the rest of the pipeline needs to settle them. */
import { createChildTable } from '../candidates/children.js'
import { createAxisTable } from '../candidates/axis-table.js'
import { applyDefinitions } from '../candidates/definitions.js'
import type { Outcome } from '../candidates/drafts.js'
import { findDrugs, type Drug } from '../candidates/drugs/find-drugs.js'
import { proposeDrugs } from '../candidates/drugs/propose-drugs.js'
import { findMentions } from '../candidates/find-mentions.js'
import type { Mention } from '../candidates/mention.js'
import { addListedSites, type SiteLookup } from '../candidates/listed-sites.js'
import { proposeMeasured } from '../candidates/measured-proposals.js'
import { readMeasurements } from '../candidates/measurements.js'
import { readNoteFacts } from '../candidates/note-facts.js'
import { propose, type ProposeParts } from '../candidates/propose.js'
import { proposeTyped } from '../candidates/typed/propose-typed.js'
import { createSenseCues } from '../candidates/sense-cues.js'
import { createSenseFilter, type PartOfSpeech } from '../candidates/sense-filter.js'
import type { FindScopes, Scopes } from '../context/scopes.js'
import type { Dictionary } from '../dictionary/open-dictionary.js'
import type { MatchBuffer } from '../match/match-buffer.js'
import { sentencesWithMatches } from '../match/sentences-with-matches.js'
import type { Document } from '../model/document.js'
import type { Concept, Sense } from '../model/dictionary.js'
import type { Reader } from '../text/reader.js'
import type { Encounter } from './encounter.js'
import { locateSections, type SectionLocator } from './section-of.js'

export interface Proposed {
  readonly outcomes: readonly Outcome[]
  readonly parts: ProposeParts
  readonly sectionAt: (offset: number) => string
  /** Of any tokens of the note, whether or not something was found in their sentence. */
  readonly assertionAnywhere: Scopes['assertionOf']
}

interface ProposerParts {
  readonly dictionary: Dictionary
  readonly partOfSpeech: PartOfSpeech
  readonly read: Reader
  readonly match: (document: Document) => MatchBuffer
  readonly findScopes: FindScopes
  readonly wordId: (word: string) => number
}

export function createProposer({
  dictionary,
  partOfSpeech,
  read,
  match,
  findScopes,
  wordId,
}: ProposerParts): (text: string, about: Encounter) => Proposed {
  const senses = rememberSenses(dictionary)
  const ready: Ready = {
    idsOf: rememberWordings(wordId),
    childrenOf: createChildTable(dictionary.catalogue, wordId),
    axes: createAxisTable(dictionary.axes, dictionary.catalogue, wordId),
  }
  const cuesOf = createSenseCues(dictionary.concept, wordId)
  const axisWords = new Set(COMMON_AXIS_WORDS.map(wordId))
  const sites = siteLookup(dictionary, senses, wordId)
  return (text, about) => {
    const document = read(text)
    const matches = match(document)
    const wishes = { serviceYear: yearOf(about.dateOfService), explain: about.options.explain }
    const drugs = findDrugs(document, dictionary)
    const wanted = sentencesOfInterest(document, matches, drugs)
    const { assertionOf } = findScopes(document, { ...wishes, wanted })
    const sections = locateSections(document)
    const systems = new Set(about.options.systems)
    const accept = createSenseFilter(document, about.patient, {
      systems,
      concept: dictionary.concept,
      cuesOf,
      sectionOf: sections.ofToken,
      partOfSpeech,
    })
    const found = findMentions(
      matches,
      (phrase, first, end) => (sections.inHeading(first) ? [] : accept(senses(phrase), first, end)),
      sense => sense.concept < 0 || dictionary.concept(sense.concept).kind !== 'none',
      token => axisWords.has(document.tokens.id[token] as number),
    )
    const mentions = addListedSites(document, applyDefinitions(document, found), sites)
    const isNamedSite = namedSites(document, mentions, dictionary.bodyParts)
    const assertionAnywhere = lazily(() => findScopes(document, wishes))
    const parts = proposeParts(dictionary, ready, {
      document,
      sections,
      assertionOf,
      assertionAnywhere,
      isNamedSite,
      about,
    })
    const { inHeading, ofOffset: sectionAt } = sections
    const outcomes = proposeDrugs(
      proposeWords(mentions, isGrown(about), parts),
      drugs.filter(({ firstToken }) => !inHeading(firstToken)),
      parts,
    )
    return { outcomes, parts, sectionAt, assertionAnywhere }
  }
}

/** What mentions, measured values and written codes lead to. */
function proposeWords(mentions: readonly Mention[], isAdult: boolean, parts: ProposeParts): Outcome[] {
  const measured = readMeasurements(parts.document.text, isAdult, parts.facts.weeks())
  return [
    ...mentions.flatMap(mention => propose(mention, parts)),
    ...proposeMeasured(measured, parts),
    ...proposeTyped(parts),
  ]
}

function sentencesOfInterest(document: Document, matches: MatchBuffer, drugs: readonly Drug[]): Uint8Array {
  const wanted = sentencesWithMatches(document, matches)
  for (const { sentence } of drugs) wanted[sentence] = 1
  return wanted
}

/** Tokens that name a part of the body within a mention. */
function namedSites(
  { tokens }: Document,
  mentions: readonly Mention[],
  bodyParts: ReadonlySet<number>,
): (token: number) => boolean {
  let sites: ReadonlySet<number> | undefined
  const find = (): ReadonlySet<number> =>
    new Set(
      mentions.flatMap(mention => mention.tokens.filter(token => bodyParts.has(tokens.id[token] as number))),
    )
  return token => (sites ??= find()).has(token)
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

/** What an engine makes ready once for all notes. */
type Ready = Pick<ProposeParts, 'idsOf' | 'childrenOf' | 'axes'>

interface Read extends Pick<ProposeParts, 'document' | 'assertionOf' | 'assertionAnywhere' | 'isNamedSite'> {
  readonly sections: SectionLocator
  readonly about: Encounter
}

/** Years from which a body mass index is that of an adult (Z68). */
const GROWN = 20

function isGrown({ patient }: Encounter): boolean {
  return (patient?.age ?? GROWN) >= GROWN
}

function proposeParts(
  dictionary: Dictionary,
  { idsOf, childrenOf, axes }: Ready,
  { document, sections, assertionOf, assertionAnywhere, isNamedSite, about }: Read,
): ProposeParts {
  return {
    document,
    catalogue: dictionary.catalogue,
    successorOf: dictionary.successorOf,
    axes,
    childrenOf,
    hasRelease: dictionary.identity.origin !== 'lexicon',
    conceptOf: sense => conceptOf(dictionary, sense),
    idsOf,
    sectionOf: sections.ofToken,
    assertionOf,
    assertionAnywhere,
    isNamedSite,
    setting: about.setting,
    hasAssessment: sections.has('assessment', 'diagnosis'),
    facts: readNoteFacts(document.text),
  }
}

function conceptOf(dictionary: Dictionary, sense: Sense): Concept | undefined {
  const index =
    sense.concept >= 0 ? sense.concept : sense.entry >= 0 ? dictionary.conceptOfEntry(sense.entry) : -1
  return index < 0 ? undefined : dictionary.concept(index)
}

/** Secondary neoplasms (C77-C79). */
const SECONDARY = /^C7[789]/

function siteLookup(
  dictionary: Dictionary,
  senses: (phrase: number) => readonly Sense[],
  wordId: (word: string) => number,
): SiteLookup {
  const { phrases, catalogue } = dictionary
  return {
    wordId,
    sensesOf: words => {
      const phrase = phrases.phraseOf(words)
      return phrase === 0 ? [] : senses(phrase)
    },
    isSecondary: sense => {
      const code = conceptOf(dictionary, sense)?.code ?? (sense.entry < 0 ? '' : catalogue.code(sense.entry))
      return code.startsWith('C7') && SECONDARY.test(code)
    },
  }
}

/** Wordings of axes are arrays that live as long as the dictionary: their ids are looked up once. */
function rememberWordings(wordId: (word: string) => number): (words: readonly string[]) => readonly number[] {
  const known = new WeakMap<readonly string[], readonly number[]>()
  return words => {
    const seen = known.get(words)
    if (seen !== undefined) return seen
    const ids = words.map(wordId)
    const whole = ids.includes(0) ? [] : ids
    known.set(words, whole)
    return whole
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

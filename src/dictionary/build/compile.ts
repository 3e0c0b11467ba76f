/**
 * Everything a dictionary is made of → the bytes of its snapshot. Pure: the same input gives the same
 * bytes. The order: phrases of all sources, word ids, tries, word sets, senses, catalogue, tables.
 */
import type {
  ConversionRow,
  IndexRow,
  OrderRow,
  PoaExemptRow,
  TableRow,
  TabularNote,
} from '../../model/code.js'
import {
  PHRASE_SOURCES,
  type AxisValue,
  type Concept,
  type GeneralCode,
  type HeadingRow,
  type ReleaseIdentity,
  type SectionRow,
  type TriggerRow,
} from '../../model/dictionary.js'
import type { DrugTable } from '../../model/drugs.js'
import type { RuleRow } from '../../model/rules.js'
import { buildTrie, renumberPhrases, type TrieData } from '../../match/trie.js'
import { LARGEST_SET } from '../../match/word-sets.js'
import { buildWordSets } from '../../match/word-sets-build.js'
import { buildVocabulary } from '../../text/vocabulary-build.js'
import { wordsOf } from '../../text/words.js'
import type { AbbreviationSense } from '../lexicon/abbreviations.js'
import type { LexiconRow } from '../lexicon/rows.js'
import { mergeHomographs } from '../lexicon/triggers.js'
import { phrasesFromIndex, phrasesFromNeoplasms } from '../phrases/from-index.js'
import { phrasesFromLexicon } from '../phrases/from-lexicon.js'
import { phrasesFromInclusionTerms, phrasesFromTitles } from '../phrases/from-titles.js'
import type { PhraseDraft } from '../phrases/phrase-draft.js'
import { exemptSections } from '../code-facts/exempt-table.js'
import { retiredSections } from '../code-facts/retired-table.js'
import { encodeSnapshot } from '../snapshot/encode.js'
import type { SectionArray } from '../snapshot/format.js'
import { buildSlips } from '../../text/slips-build.js'
import { noteSections, type TabularParts } from '../tabular/note-table.js'
import { conceptOfCodes, conceptSections } from './concept-sections.js'
import { catalogueSections, ownTitleWords, sortCatalogue, type CatalogueRow } from './catalogue-data.js'
import { anchorWeights, breakWords, commonWords } from './common-words.js'
import { mergePhrases, type MergedPhrase } from './merge-phrases.js'
import { WordFolding } from './word-folding.js'

export interface CompileInput {
  readonly identity: Omit<ReleaseIdentity, 'hash'>
  readonly lexicon: readonly LexiconRow[]
  readonly abbreviations: readonly AbbreviationSense[]
  readonly axes: ReadonlyMap<string, readonly AxisValue[]>
  readonly wordForms: ReadonlyMap<string, string>
  readonly everydayWords: ReadonlySet<string>
  readonly notConditions: readonly string[]
  /** Words that are no slips of others. */
  readonly everydayEnglish: readonly string[]
  readonly triggers: readonly TriggerRow[]
  readonly headings: readonly HeadingRow[]
  readonly sections: readonly SectionRow[]
  readonly generalCodes: readonly GeneralCode[]
  readonly scoreWeights: Readonly<Record<string, number>>
  readonly rules: readonly RuleRow[]
  /** Words that name parts of the body. */
  readonly bodyParts: readonly string[]
  readonly drugs: DrugTable
  readonly catalogue: readonly CatalogueRow[]
  /** Parts of a publisher's release; empty where only the lexicon stands. */
  readonly order: readonly OrderRow[]
  /** Inclusion terms. */
  readonly notes: readonly TabularNote[]
  readonly tabular: TabularParts
  readonly conversions: readonly ConversionRow[]
  readonly poaExempt: readonly PoaExemptRow[]
  readonly index: readonly IndexRow[]
  readonly neoplasms: readonly TableRow[]
}

export interface Compiled {
  readonly bytes: Buffer
  readonly phrases: number
  readonly words: number
}

export function compileDictionary(input: CompileInput): Compiled {
  const lexicon = phrasesFromLexicon(input.lexicon, input.abbreviations, input.notConditions)
  const drafts = [...lexicon.drafts, ...publisherPhrases(input)]
  const rows = sortCatalogue(input.catalogue)
  const ownWords = ownTitleWords(rows)
  const folding = new WordFolding(
    input.wordForms,
    allWords(input, drafts, lexicon.concepts, ownWords),
    abbreviationWords(drafts),
  )
  folding.number(byFrequency(drafts))
  const phrases = mergePhrases(drafts, folding)
  const own = ownWords.map(words => [...new Set(words.map(word => folding.idOf(word)))])
  const triggerRows = mergeHomographs(input.triggers, phrase => wordIds(phrase, folding).join(' '))
  const triggers = tableTrie(triggerRows, folding)
  const headings = tableTrie(input.headings, folding)
  const drugs = tableTrie(input.drugs.names, folding)
  const axisWords = axisTrie(input.axes, folding)
  const bodyParts = Uint32Array.from(new Set(input.bodyParts.map(word => folding.idOf(word))))
  // Gives the last words their ids: the number of words is final from here on.
  const spellings = folding.spellings()
  const words = folding.size
  const meta = {
    identity: input.identity,
    axes: [...input.axes],
    triggers: triggerRows,
    headings: input.headings,
    sections: input.sections,
    generalCodes: input.generalCodes,
    rules: input.rules,
    scoreWeights: input.scoreWeights,
    drugs: input.drugs,
  }
  const sections = {
    ...vocabularySections(spellings),
    ...named('slips', buildSlips(spellings, input.everydayEnglish)),
    ...phraseSections(
      phrases,
      rows,
      anchorWeights(word => spellings.get(word) ?? 0, words),
      breakWords(word => spellings.get(word) ?? 0),
    ),
    ...conceptSections(lexicon.concepts, phrases),
    ...catalogueSections(rows, own),
    ...noteSections(
      input.tabular,
      rows.map(({ code }) => code),
    ),
    ...retiredSections(input.conversions, rows),
    ...exemptSections(input.poaExempt, rows),
    'bodyParts.words': bodyParts,
    'codes.concept': conceptOfCodes(rows, lexicon.concepts, input.axes),
    ...trieSections('triggers', triggers, words),
    ...trieSections('headings', headings, words),
    ...trieSections('drugs', drugs, words),
    ...trieSections('axes', axisWords, words),
  }
  return { bytes: encodeSnapshot(meta, sections), phrases: phrases.length, words }
}

function publisherPhrases(input: CompileInput): PhraseDraft[] {
  const drafts = [
    ...phrasesFromTitles(input.order),
    ...phrasesFromInclusionTerms(input.notes),
    ...phrasesFromIndex(input.index),
    ...phrasesFromNeoplasms(input.neoplasms),
  ]
  return drafts.filter(draft => !input.everydayWords.has(draft.words.join(' ')))
}

/** Words that are abbreviations somewhere: "PCOS" is no plural of "PCO", in whatever phrase it stands. */
function abbreviationWords(drafts: readonly PhraseDraft[]): Set<string> {
  const abbreviations = drafts.filter(
    draft => draft.words.length === 1 && draft.source.endsWith('abbreviation'),
  )
  return new Set(abbreviations.flatMap(draft => draft.words))
}

/** The words of all phrases, the commonest first; equal ones in alphabetical order. */
function byFrequency(drafts: readonly PhraseDraft[]): string[] {
  const counts = new Map<string, number>()
  for (const draft of drafts) for (const word of draft.words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const words = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word)
  return [...commonWords().filter(word => counts.has(word)), ...words]
}

function* allWords(
  input: CompileInput,
  drafts: readonly PhraseDraft[],
  concepts: readonly Concept[],
  ownWords: readonly (readonly string[])[],
): Iterable<string> {
  for (const draft of drafts) yield* draft.words
  for (const words of ownWords) yield* words
  for (const row of [...input.triggers, ...input.headings, ...input.drugs.names]) yield* wordsOf(row.phrase)
  yield* input.bodyParts
  for (const rule of input.rules) for (const wording of rule.words) yield* wordsOf(wording)
  for (const values of input.axes.values()) for (const value of values) yield* value.words.flat()
  for (const concept of concepts) {
    yield* concept.needs ?? []
    for (const cue of concept.cues ?? []) yield* wordsOf(cue)
  }
}

function vocabularySections(spellings: ReadonlyMap<string, number>): Record<string, SectionArray> {
  const data = buildVocabulary(spellings)
  return {
    'words.slots': data.slots,
    'words.long': data.long,
  }
}

/** Flat arrays as sections of the snapshot, each under its field's name. */
function named(prefix: string, arrays: object): Record<string, SectionArray> {
  return Object.fromEntries(
    Object.entries(arrays as Record<string, SectionArray>).map(([field, array]) => [
      `${prefix}.${field}`,
      array,
    ]),
  )
}

function phraseSections(
  phrases: readonly MergedPhrase[],
  rows: readonly CatalogueRow[],
  weights: Uint32Array,
  breaks: Uint32Array,
): Record<string, SectionArray> {
  const words = weights.length
  const entryOf = new Map(rows.map((row, entry) => [row.code, entry]))
  const fixed = phrases.flatMap((phrase, i) => (phrase.anyOrder ? [] : [i]))
  const loose = phrases.flatMap((phrase, i) =>
    phrase.anyOrder && phrase.words.length <= LARGEST_SET ? [i] : [],
  )
  const trie = buildTrie(
    fixed.map(i => (phrases[i] as MergedPhrase).words),
    words,
  )
  const renumbered = renumberPhrases(trie, phrase => (fixed[phrase - 1] as number) + 1)
  const sets = buildWordSets(
    loose.map(i => (phrases[i] as MergedPhrase).words),
    loose.map(i => i + 1),
    weights,
    breaks,
  )
  const senseFirst = new Uint32Array(phrases.length + 2)
  phrases.forEach((phrase, i) => (senseFirst[i + 2] = (senseFirst[i + 1] as number) + phrase.senses.length))
  const senses = phrases.flatMap(phrase => phrase.senses)
  return {
    ...trieSections('phrases', renumbered, words),
    ...named('sets', sets),
    'senses.first': senseFirst,
    'senses.source': Uint8Array.from(
      senses,
      sense => PHRASE_SOURCES.indexOf(sense.source) | (sense.needsCapitals ? 128 : 0),
    ),
    'senses.concept': Int32Array.from(senses, sense => sense.concept),
    'senses.entry': Int32Array.from(senses, sense =>
      sense.code === null ? -1 : (entryOf.get(sense.code) ?? -1),
    ),
  }
}

function tableTrie(rows: readonly { readonly phrase: string }[], folding: WordFolding): TrieData {
  const phrases = rows.map(row => wordIds(row.phrase, folding))
  return buildTrie(phrases, folding.size)
}

function wordIds(phrase: string, folding: WordFolding): Uint32Array {
  return Uint32Array.from(wordsOf(phrase), word => folding.idOf(word))
}

/** Wordings of axis values share one trie; equal wordings of several axes are one phrase of it. */
function axisTrie(axes: ReadonlyMap<string, readonly AxisValue[]>, folding: WordFolding): TrieData {
  const distinct = new Map<string, Uint32Array>()
  for (const values of axes.values())
    for (const value of values)
      for (const words of value.words) {
        const ids = Uint32Array.from(words, word => folding.idOf(word))
        distinct.set(ids.join(' '), ids)
      }
  return buildTrie([...distinct.values()], folding.size)
}

function trieSections(name: string, data: TrieData, words: number): Record<string, SectionArray> {
  const root = new Uint32Array(words)
  root.set(data.root.subarray(0, words))
  return named(name, { ...data, root })
}

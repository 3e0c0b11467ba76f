/**
 * A snapshot → the dictionary that the engine works with: readers and tables over shared memory.
 * Concepts are decoded when they are first asked for; everything else is views.
 */
import { PHRASE_BARRIER } from '../model/document.js'
import {
  PHRASE_SOURCES,
  type AxisValue,
  type Catalogue,
  type Concept,
  type GeneralCode,
  type HeadingRow,
  type PhraseSource,
  type PhraseTable,
  type ReleaseIdentity,
  type SectionRow,
  type Sense,
  type TriggerRow,
} from '../model/dictionary.js'
import type { DrugClass, DrugName, DrugTable } from '../model/drugs.js'
import type { RuleRow } from '../model/rules.js'
import type { TabularNotes } from '../model/tabular.js'
import { Trie } from '../match/trie.js'
import { WordSets } from '../match/word-sets.js'
import { Slips } from '../text/slips.js'
import { Vocabulary } from '../text/vocabulary.js'
import { openCatalogue } from './catalogue-view.js'
import { openExempt, type IsPoaExempt } from './code-facts/exempt-view.js'
import { openRetired, type SuccessorOf } from './code-facts/retired-view.js'
import type { Snapshot } from './snapshot/decode.js'
import { stringAt } from './snapshot/strings.js'
import { openNotes } from './tabular/notes-view.js'

export interface Dictionary {
  readonly identity: ReleaseIdentity
  readonly memory: SharedArrayBuffer
  readonly vocabulary: Vocabulary
  readonly phrases: Trie
  readonly phraseCount: number
  readonly slips: Slips
  /** A new searcher with its own working memory; not to be shared between threads. */
  readonly createWordSets: () => WordSets
  /** Senses of a phrase, 1-based as in matches. */
  readonly senses: (phrase: number) => readonly Sense[]
  readonly concept: (index: number) => Concept
  readonly conceptCount: number
  /** How many wordings a lexicon row has. */
  readonly wordingsOf: (concept: number) => number
  /** Lexicon row that covers a code of the catalogue, or -1. */
  readonly conceptOfEntry: (entry: number) => number
  readonly catalogue: Catalogue
  readonly tabularNotes: TabularNotes
  readonly successorOf: SuccessorOf
  readonly isPoaExempt: IsPoaExempt
  readonly axes: ReadonlyMap<string, readonly AxisValue[]>
  readonly triggers: PhraseTable<TriggerRow>
  readonly headings: PhraseTable<HeadingRow>
  readonly sections: readonly SectionRow[]
  readonly generalCodes: readonly GeneralCode[]
  readonly rules: readonly RuleRow[]
  readonly scoreWeights: Readonly<Record<string, number>>
  readonly drugs: PhraseTable<DrugName>
  readonly drugClasses: readonly DrugClass[]
  /** Ids of the words that name parts of the body. */
  readonly bodyParts: ReadonlySet<number>
}

interface Meta {
  readonly identity: Omit<ReleaseIdentity, 'hash'>
  readonly axes: readonly (readonly [string, readonly AxisValue[]])[]
  readonly triggers: readonly TriggerRow[]
  readonly headings: readonly HeadingRow[]
  readonly sections: readonly SectionRow[]
  readonly generalCodes: readonly GeneralCode[]
  readonly rules: readonly RuleRow[]
  readonly scoreWeights: Readonly<Record<string, number>>
  readonly drugs: DrugTable
}

export function openDictionary(snapshot: Snapshot): Dictionary {
  const meta = snapshot.meta as Meta
  const concepts = openConcepts(snapshot)
  const catalogue = openCatalogue(snapshot)
  return {
    identity: { ...meta.identity, hash: snapshot.hash },
    memory: snapshot.memory,
    vocabulary: new Vocabulary({
      slots: snapshot.section('words.slots'),
      long: snapshot.section('words.long'),
    }),
    phrases: openTrie(snapshot, 'phrases'),
    phraseCount: snapshot.section('senses.first').length - 2,
    slips: openSlips(snapshot),
    createWordSets: () => openWordSets(snapshot),
    senses: openSenses(snapshot),
    concept: concepts.at,
    conceptCount: concepts.count,
    wordingsOf: openBytes(snapshot, 'concepts.wordings'),
    conceptOfEntry: openColumn(snapshot, 'codes.concept'),
    catalogue,
    tabularNotes: openNotes(snapshot, catalogue),
    successorOf: openRetired(snapshot),
    isPoaExempt: openExempt(snapshot),
    axes: new Map(meta.axes),
    triggers: openTable(snapshot, 'triggers', meta.triggers, PHRASE_BARRIER),
    headings: openTable(snapshot, 'headings', meta.headings, PHRASE_BARRIER),
    sections: meta.sections,
    generalCodes: meta.generalCodes,
    scoreWeights: meta.scoreWeights,
    rules: meta.rules,
    drugs: openTable(snapshot, 'drugs', meta.drugs.names, PHRASE_BARRIER),
    drugClasses: meta.drugs.classes,
    bodyParts: new Set(snapshot.section<Uint32Array>('bodyParts.words')),
  }
}

function openTrie(snapshot: Snapshot, name: string): Trie {
  return new Trie({
    node: snapshot.section(`${name}.node`),
    word: snapshot.section(`${name}.word`),
    root: snapshot.section(`${name}.root`),
    pairs: snapshot.section(`${name}.pairs`),
    triples: snapshot.section(`${name}.triples`),
  })
}

function openTable<Row>(
  snapshot: Snapshot,
  name: string,
  rows: readonly Row[],
  barrier: number,
): PhraseTable<Row> {
  const trie = openTrie(snapshot, name)
  return {
    starts: trie.starts,
    longest: (ids, gap, token, count) => trie.longest(ids, gap, barrier, token, count),
    row: index => rows[index - 1] as Row,
  }
}

function openSlips(snapshot: Snapshot): Slips {
  return new Slips({
    bytes: snapshot.section('slips.bytes'),
    first: snapshot.section('slips.first'),
    id: snapshot.section('slips.id'),
    slotFirst: snapshot.section('slips.slotFirst'),
    halves: snapshot.section('slips.halves'),
    everyday: snapshot.section('slips.everyday'),
  })
}

function openWordSets(snapshot: Snapshot): WordSets {
  return new WordSets({
    anchorFirst: snapshot.section('sets.anchorFirst'),
    second: snapshot.section('sets.second'),
    setFirst: snapshot.section('sets.setFirst'),
    sets: snapshot.section('sets.sets'),
    breaks: snapshot.section('sets.breaks'),
  })
}

/** Set in `senses.source` where the abbreviation's capitals are demanded. */
const CAPITALS = 128

function openSenses(snapshot: Snapshot): (phrase: number) => readonly Sense[] {
  const first = snapshot.section<Uint32Array>('senses.first')
  const source = snapshot.section<Uint8Array>('senses.source')
  const concept = snapshot.section<Int32Array>('senses.concept')
  const entry = snapshot.section<Int32Array>('senses.entry')
  return phrase => {
    const senses: Sense[] = []
    for (let at = first[phrase] as number; at < (first[phrase + 1] as number); at++) {
      const flags = source[at] as number
      senses.push({
        source: PHRASE_SOURCES[flags & ~CAPITALS] as PhraseSource,
        concept: concept[at] as number,
        entry: entry[at] as number,
        needsCapitals: (flags & CAPITALS) !== 0,
      })
    }
    return senses
  }
}

function openColumn(snapshot: Snapshot, name: string): (row: number) => number {
  const column = snapshot.section<Int32Array>(name)
  return row => column[row] ?? -1
}

function openBytes(snapshot: Snapshot, name: string): (row: number) => number {
  const column = snapshot.section<Uint8Array>(name)
  return row => column[row] ?? 0
}

function openConcepts(snapshot: Snapshot): { at: (index: number) => Concept; count: number } {
  const strings = {
    offsets: snapshot.section<Uint32Array>('concepts.offsets'),
    bytes: snapshot.section<Uint8Array>('concepts.bytes'),
  }
  const count = strings.offsets.length - 1
  const known = new Array<Concept | undefined>(count)
  const at = (index: number): Concept => (known[index] ??= JSON.parse(stringAt(strings, index)) as Concept)
  return { at, count }
}

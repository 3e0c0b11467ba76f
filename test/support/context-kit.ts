/**
 * Reader and context over the two hand-written tables alone, without lexicon or release: what the tests of
 * `text/` and `context/` need.
 */
import { join } from 'node:path'
import { createScopeFinder, type FindScopes } from '../../src/context/scopes.js'
import { readBodyParts } from '../../src/dictionary/lexicon/body-parts.js'
import { WordFolding } from '../../src/dictionary/build/word-folding.js'
import { readSections } from '../../src/dictionary/lexicon/sections.js'
import { mergeHomographs, readTriggers } from '../../src/dictionary/lexicon/triggers.js'
import type { HeadingRow, PhraseTable, TriggerRow } from '../../src/model/dictionary.js'
import { PHRASE_BARRIER } from '../../src/model/document.js'
import { buildTrie, Trie } from '../../src/match/trie.js'
import { createReader, type Reader } from '../../src/text/reader.js'
import { buildVocabulary } from '../../src/text/vocabulary-build.js'
import { Vocabulary } from '../../src/text/vocabulary.js'
import { wordsOf } from '../../src/text/words.js'

const DICTIONARIES = join(import.meta.dirname, '../../dictionaries')

export interface ContextKit {
  readonly read: Reader
  readonly findScopes: FindScopes
  readonly triggers: readonly TriggerRow[]
  readonly headings: readonly HeadingRow[]
}

/** `furtherWords`: words that a lexicon would add to the vocabulary. */
export function createContextKit(furtherWords: readonly string[] = []): ContextKit {
  const triggers = readTriggers(join(DICTIONARIES, 'triggers.csv'))
  const { headings, sections } = readSections(join(DICTIONARIES, 'sections.csv'))
  const bodyParts = readBodyParts(join(DICTIONARIES, 'body-parts.csv'))
  const words = [...[...triggers, ...headings].flatMap(row => wordsOf(row.phrase)), ...bodyParts]
  const folding = new WordFolding(new Map(), [...words, ...furtherWords])
  const spellings = folding.spellings() // gives every word its id, so that both tries know them all
  const triggerTable = tableOf(
    mergeHomographs(triggers, phrase =>
      wordsOf(phrase)
        .map(word => folding.idOf(word))
        .join(' '),
    ),
    folding,
  )
  const headingTable = tableOf(headings, folding)
  const vocabulary = new Vocabulary(buildVocabulary(spellings))
  const read = createReader({
    vocabulary,
    headings: {
      starts: headingTable.starts,
      longest: headingTable.longest,
      idOf: row => headingTable.row(row).id,
    },
  })
  const findScopes = createScopeFinder({
    triggers: triggerTable,
    sections,
    bodyParts: new Set(bodyParts.map(word => folding.idOf(word))),
  })
  return { read, findScopes, triggers, headings }
}

/** Of rows whose words fold to the same ids the first counts. */
export function tableOf<Row extends { readonly phrase: string }>(
  rows: readonly Row[],
  folding: WordFolding,
): PhraseTable<Row> {
  const distinct = new Map<string, { ids: Uint32Array; row: Row }>()
  for (const row of rows) {
    const ids = Uint32Array.from(wordsOf(row.phrase), word => folding.idOf(word))
    if (!distinct.has(ids.join(' '))) distinct.set(ids.join(' '), { ids, row })
  }
  const entries = [...distinct.values()]
  const data = buildTrie(
    entries.map(entry => entry.ids),
    folding.size,
  )
  const trie = new Trie(data)
  return {
    starts: trie.starts,
    longest: (ids, gap, token, count) => trie.longest(ids, gap, PHRASE_BARRIER, token, count),
    row: index => entries[index - 1]?.row as Row,
  }
}

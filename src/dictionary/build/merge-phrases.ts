/**
 * Drafts → distinct phrases with their senses. Where several sources give the same words to different
 * codes, the stronger source keeps them: the hand-written lexicon, then the official title, inclusion
 * term, index, table. Two senses of the same strength stay both, and the note has to decide.
 */
import type { PhraseSource } from '../../model/dictionary.js'
import type { PhraseDraft } from '../phrases/phrase-draft.js'
import type { WordFolding } from './word-folding.js'

export interface MergedPhrase {
  readonly words: Uint32Array
  readonly anyOrder: boolean
  readonly senses: readonly PhraseDraft[]
}

/** Smaller is stronger. */
const STRENGTH: Readonly<Record<PhraseSource, number>> = {
  lexicon: 0,
  abbreviation: 0,
  'lexicon-abbreviation': 0,
  'lexicon-lay': 1,
  title: 2,
  'inclusion-term': 3,
  index: 4,
  'title-default': 5,
  'neoplasm-table': 6,
}

export function mergePhrases(drafts: readonly PhraseDraft[], folding: WordFolding): MergedPhrase[] {
  const groups = new Map<string, { words: Uint32Array; anyOrder: boolean; senses: PhraseDraft[] }>()
  for (const draft of drafts) {
    const ids = draft.words.map(word => folding.idOf(word))
    const words = draft.anyOrder ? Uint32Array.from(new Set(ids)).sort() : Uint32Array.from(ids)
    const anyOrder = draft.anyOrder && words.length > 1
    const key = `${anyOrder ? '~' : ''}${words.join(' ')}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { words, anyOrder, senses: [draft] })
    else addSense(group.senses, draft)
  }
  return [...groups.values()]
}

function addSense(senses: PhraseDraft[], draft: PhraseDraft): void {
  const strongest = STRENGTH[(senses[0] as PhraseDraft).source]
  const strength = STRENGTH[draft.source]
  if (strength < strongest) senses.length = 0
  if (strength > strongest) return
  if (senses.some(sense => sense.code === draft.code && sense.concept === draft.concept)) return
  // The publisher's order breaks ties: the Index and the titles mean one code for one wording.
  if (draft.concept < 0 && senses.length > 0) return
  senses.push(draft)
}

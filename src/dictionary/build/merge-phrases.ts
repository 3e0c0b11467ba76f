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

/** Code systems do not compete: the same words may name a reason (ICD-10-CM) and a service (CPT). */
function addSense(senses: PhraseDraft[], draft: PhraseDraft): void {
  const rival = senses.find(sense => sense.system === draft.system)
  if (rival === undefined) {
    senses.push(draft)
    return
  }
  const strongest = STRENGTH[rival.source]
  const strength = STRENGTH[draft.source]
  if (strength > strongest) return
  if (strength < strongest)
    senses.splice(0, senses.length, ...senses.filter(sense => sense.system !== draft.system))
  if (senses.some(sense => sense.code === draft.code && sense.concept === draft.concept)) return
  // The publisher's order breaks ties: the Index and the titles mean one code for one wording.
  if (draft.concept < 0 && strength === strongest) return
  senses.push(draft)
}

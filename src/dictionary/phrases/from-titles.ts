/**
 * Official titles and inclusion terms → phrases.
 *
 *   "Pain in unspecified knee"                        {pain, knee}, the code for a knee without its side
 *   "Migraine, unspecified, not intractable, without status migrainosus"     {migraine}
 *   "Other specified anemias"                         only as it stands, as in a problem list
 *
 * A wording that its set of words finds where it stands written out needs no phrase beside the set.
 *
 * Titles of 7th-character codes are left out; the note and the defaults choose that character.
 */
import type { OrderRow, TabularNote } from '../../model/code.js'
import { withDot } from '../../codes/icd10cm.js'
import { LARGEST_SET, SLACK_WORDS } from '../../match/word-sets.js'
import { wordsOf } from '../../text/words.js'
import { contentWords, fixedPhrase, wordSet, type PhraseDraft } from './phrase-draft.js'

const ENCOUNTER = /, (initial|subsequent) encounter|, sequela$/
const NOT_FROM_TITLE =
  /^(Other|Unspecified|Encounter for other|Certain)\b|in diseases classified elsewhere|classified elsewhere$/

/** Endings that a note leaves unsaid; what remains is the code's plain wording. */
const UNSAID = [
  /,? (?:not otherwise specified|not elsewhere classified)/gi,
  /, (?:organism|site|type|cause|etiology|part) unspecified/gi,
  /, unspecified (?:organism|site|type|cause|etiology|part|whether [^,]*)/gi,
  /,? without (?:complications?|mention of [^,]*|hemorrhage or perforation|bleeding|perforation or abscess(?: without bleeding)?|obstruction or gangrene|obstruction|gangrene|status migrainosus|intractable epilepsy|esophagitis|heart failure|behavioral disturbance[^()]*|current pathological fracture)/gi,
  /, not (?:specified as recurrent|intractable|specified)/gi,
  /,? unspecified/gi,
]

export function phrasesFromTitles(rows: readonly OrderRow[]): PhraseDraft[] {
  const drafts: PhraseDraft[] = []
  for (const row of rows) {
    if (ENCOUNTER.test(row.longTitle)) continue
    const code = withDot(row.code)
    if (NOT_FROM_TITLE.test(row.longTitle) || !fitsSet(row.longTitle))
      drafts.push(
        fixedPhrase(row.longTitle, {
          source: 'title',
          system: 'icd10cm',
          concept: -1,
          code,
          needsCapitals: false,
        }),
      )
    if (NOT_FROM_TITLE.test(row.longTitle)) continue
    // As a set, "Pain, not elsewhere classified" is the bare word, and the weakest wording of its code.
    const source = /unspecified|elsewhere classified|specified/i.test(row.longTitle)
      ? 'title-default'
      : 'title'
    add(
      drafts,
      wordSet(row.longTitle.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '), {
        source,
        system: 'icd10cm',
        concept: -1,
        code,
        needsCapitals: false,
      }),
    )
    const plain = UNSAID.reduce((title, ending) => title.replace(ending, ' '), row.longTitle)
    if (plain === row.longTitle) continue
    add(
      drafts,
      wordSet(plain, { source: 'title-default', system: 'icd10cm', concept: -1, code, needsCapitals: false }),
    )
  }
  return drafts
}

/** Inclusion terms name what a code takes in; `NOS` marks the bare words. */
export function phrasesFromInclusionTerms(notes: Iterable<TabularNote>): PhraseDraft[] {
  const drafts: PhraseDraft[] = []
  for (const note of notes) {
    if (note.kind !== 'inclusionTerm' || note.level !== 'code') continue
    const sense = {
      source: 'inclusion-term',
      system: 'icd10cm',
      concept: -1,
      code: withDot(note.at),
      needsCapitals: false,
    } as const
    const text = note.text.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ').replace(/\b(NOS|NEC)\b/g, ' ')
    if (wordsOf(text).length === 0) continue
    if (!fitsSet(text)) drafts.push(fixedPhrase(text, sense))
    add(drafts, wordSet(text, sense))
  }
  return drafts
}

/** Whether the wording, written out as it stands, is found as a set of its words. */
function fitsSet(wording: string): boolean {
  const words = wordsOf(wording)
  const content = new Set(contentWords(words)).size
  return content > 0 && content <= LARGEST_SET && words.length - content <= SLACK_WORDS
}

function add(drafts: PhraseDraft[], draft: PhraseDraft | undefined): void {
  if (draft !== undefined) drafts.push(draft)
}

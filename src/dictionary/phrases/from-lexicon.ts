/** Lexicon rows, ambiguous abbreviations and wordings that are no condition → concepts and phrases. */
import type { Concept, PhraseSource } from '../../model/dictionary.js'
import type { AbbreviationSense } from '../lexicon/abbreviations.js'
import type { LexiconRow } from '../lexicon/rows.js'
import { fixedPhrase, wordSet, type PhraseDraft } from './phrase-draft.js'

export interface LexiconPhrases {
  readonly concepts: readonly Concept[]
  readonly drafts: readonly PhraseDraft[]
}

export function phrasesFromLexicon(
  rows: readonly LexiconRow[],
  abbreviations: readonly AbbreviationSense[],
  notConditions: readonly string[] = [],
): LexiconPhrases {
  const concepts: Concept[] = []
  const drafts: PhraseDraft[] = []
  const ambiguous = new Set(abbreviations.map(sense => sense.abbreviation))
  for (const row of rows) {
    const concept = concepts.push(row.concept) - 1
    const add = (wording: string, source: PhraseSource) => {
      const draft = readWording(wording, source, concept, row.concept)
      if (draft !== undefined) drafts.push(draft)
    }
    for (const wording of row.phrases) add(wording, 'lexicon')
    for (const wording of row.lay) add(wording, 'lexicon-lay')
    for (const wording of row.abbreviations)
      if (!ambiguous.has(wording.replace('!', ''))) add(wording, 'lexicon-abbreviation')
  }
  const conceptOfCode = new Map(rows.map((row, i) => [row.concept.code, i]))
  for (const sense of abbreviations) {
    const known = conceptOfCode.get(sense.code)
    const base: Concept = known === undefined ? unknownSense(sense) : (concepts[known] as Concept)
    const concept = concepts.push({ ...base, cues: sense.cues.map(cue => cue.toLowerCase()) }) - 1
    const code = sense.code === '' ? null : sense.code
    drafts.push(
      fixedPhrase(sense.abbreviation, {
        system: 'icd10cm',
        source: 'abbreviation',
        concept,
        code,
        needsCapitals: true,
      }),
    )
  }
  const none = concepts.push(NO_CONDITION) - 1
  for (const wording of notConditions) {
    const draft = readWording(wording, 'lexicon', none, NO_CONDITION)
    if (draft !== undefined) drafts.push({ ...draft, code: null })
  }
  return { concepts, drafts }
}

/** What all of `dictionaries/not-conditions.csv` mean: such a wording takes its words and gives nothing. */
const NO_CONDITION: Concept = { system: 'icd10cm', code: '', preferred: 'no condition', kind: 'none' }

function readWording(
  wording: string,
  source: PhraseSource,
  concept: number,
  { code, system }: Concept,
): PhraseDraft | undefined {
  const needsCapitals = wording.endsWith('!')
  const sense = { system, source, concept, code: code.includes('{') ? null : code, needsCapitals }
  const plain = needsCapitals ? wording.slice(0, -1) : wording
  if (plain.startsWith('~')) return wordSet(plain.slice(1), sense)
  const draft = fixedPhrase(plain, sense)
  return draft.words.length === 0 ? undefined : draft
}

function unknownSense(sense: AbbreviationSense): Concept {
  return {
    system: 'icd10cm',
    code: sense.code,
    preferred: sense.sense,
    kind: sense.code === '' ? 'none' : 'disease',
  }
}

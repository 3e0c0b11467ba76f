/** What a level of the code book is about, from the words that choose there and its own title. */
import type { EvidenceRole } from '../../model/result.js'

const BY_CHOICE: readonly (readonly [RegExp, EvidenceRole])[] = [
  [/^(?:(?:right|left|bilateral|both)\b.{0,25})+$/i, 'laterality'],
  [/\btrimester\b/i, 'trimester'],
  [/\bstage\b|\bgrade\b/i, 'stage'],
  [/\b(?:mild|moderate|severe)\b/i, 'severity'],
  [/\b(?:acute|chronic|subacute)\b/i, 'acuity'],
]

const BY_TITLE: readonly (readonly [RegExp, EvidenceRole])[] = [
  [/organism|virus|bacteri/i, 'organism'],
  [
    /unspecified (?:\w+ )?(?:site|part|region|level|joint|bone|location|place|lobe|quadrant|artery|vessel|valve|limb|extremity|finger|toe|area)|site unspecified|unspecified site/i,
    'site',
  ],
  [/cause/i, 'cause'],
]

const BY_MEANING: readonly (readonly [RegExp, EvidenceRole])[] = [
  [/\bside\b/, 'laterality'],
  [/trimester/, 'trimester'],
  [/severity/, 'severity'],
  [/stage/, 'stage'],
  [/\b(?:site|place|joint|limb|eyelid|region|level|nodes)\b/, 'site'],
]

/** Of an axis value that leaves something open: "unspecified severity", "limb not stated". */
export function roleOfMeaning(meaning: string): EvidenceRole | undefined {
  return BY_MEANING.find(([pattern]) => pattern.test(meaning))?.[1]
}

/** `title`: of the level that leaves it open; `words`: what would choose the others. */
export function roleOfWords(title: string, words: readonly string[]): EvidenceRole {
  const isOfMost = (pattern: RegExp): boolean =>
    words.filter(word => pattern.test(word)).length * 2 > words.length
  return (
    BY_CHOICE.find(([pattern]) => isOfMost(pattern))?.[1] ??
    BY_TITLE.find(([pattern]) => pattern.test(title))?.[1] ??
    'type'
  )
}

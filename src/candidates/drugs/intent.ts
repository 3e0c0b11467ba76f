/**
 * With what intent a drug was taken: the words of its sentence, else a suicide attempt that the note tells elsewhere,
 * else accidental. Undetermined only where the note says that it cannot be determined (I.C.19.e.5.b, I.C.20.h).
 */
import type { DrugIntent } from '../../model/drugs.js'
import type { Span } from '../../model/span.js'
import { holds } from '../holds.js'
import { spanOf, tokensOf } from './clause.js'
import type { DrugNote, Sentence } from './statement.js'

export interface Intent {
  readonly intent: DrugIntent
  readonly cue?: Span
}

type IntentWords = readonly (readonly [DrugIntent, RegExp])[]

const OWN_LIFE = String.raw`(?:to|of) (?:end|kill|harm|ending|killing|harming) (?:his|her|their|him|my)\w*`
const UNDETERMINED =
  /\bundetermined intent\b|\bintent (?:is |was |remains )?undetermined\b|\b(?:cannot|could not|can't) be determined\b/gi

const IN_SENTENCE: IntentWords = [
  ['undetermined', UNDETERMINED],
  ['assault', /\b(?:assault\w*|homicid\w+|spiked|drugged by|poisoned by)\b/gi],
  [
    'self-harm',
    new RegExp(
      String.raw`\b(?:intentional(?:ly)?|on purpose|deliberate(?:ly)?|suicid\w+|self[- ](?:harm|poisoning|injury)|${OWN_LIFE})\b`,
      'gi',
    ),
  ],
  [
    'accidental',
    /\b(?:accident\w*|unintentional(?:ly)?|inadvertent(?:ly)?|by mistake|mistaken(?:ly)?|in error)\b/gi,
  ],
]
const IN_NOTE: IntentWords = [
  ['undetermined', UNDETERMINED],
  [
    'self-harm',
    new RegExp(
      String.raw`\b(?:suicid\w+ (?:attempts?|gestures?)|attempted suicide|self[- ](?:harm|poisoning)|${OWN_LIFE})\b`,
      'gi',
    ),
  ],
]

/** The rest of the note is looked through once. */
export function createIntentReader(note: DrugNote): (sentence: Sentence) => Intent {
  const { text } = note.document
  let elsewhere: Intent | undefined
  return sentence =>
    readIntent(sentence.text, sentence.start, IN_SENTENCE, note) ??
    (elsewhere ??= readIntent(text, 0, IN_NOTE, note) ?? { intent: 'accidental' })
}

/** Words that hold: "denies suicidal intent" is none. */
function readIntent(text: string, from: number, words: IntentWords, note: DrugNote): Intent | undefined {
  for (const [intent, pattern] of words)
    for (const found of text.matchAll(pattern)) {
      const cue = spanOf(found, from)
      const { firstToken, endToken } = tokensOf(note.document, cue)
      if (holds(note.assertionAnywhere(firstToken, endToken))) return { intent, cue }
    }
  return undefined
}

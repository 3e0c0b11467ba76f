/**
 * Poisonings (Official Guidelines I.C.19.e.5.b): overdose, the wrong drug or dose, a drug of another person, and
 * drugs that were taken with alcohol or with one that nobody prescribed.
 *
 *   intentional overdose of sertraline and trazodone
 *   took her husband's metoprolol by mistake
 */
import type { Span } from '../../model/span.js'
import { between, ONLY_SPOKEN_OF, sentencesOf, spanOf } from './clause.js'
import type { Drug } from './find-drugs.js'
import { createIntentReader, type Intent } from './intent.js'
import type { DrugNote, DrugUse, Sentence } from './statement.js'

const SECTION = 'I.C.19.e.5.b'

const OVERDOSE = String.raw`overdos(?:e|es|ed|ing)|OD(?:'?ed|'d)?|poison(?:ing|ed)|toxic ingestion|intentional ingestion|accidental ingestion|intentionally ingested|accidentally ingested`
const AMOUNT = String.raw`(?:(?:of|on|with|by|from|via|involving|using|taking|about|approximately|around|up|to|over|an?|the|his|her|their|own|unknown|reported|amount|quantity|number|large|multiple|many|several|entire|whole|full|bottle|handful|prescription|prescribed|home|extended|release|and|or|plus|including|attempt|mg|mcg|grams?|g|tablets?|tabs?|pills?|capsules?|caps?|x|\d+(?:\.\d+)?(?:mg|g)?)\b[\s,:()/&+-]*)*`
const OVERDOSE_BEFORE = new RegExp(String.raw`\b(?<cue>${OVERDOSE})\b[\s,:(-]*${AMOUNT}$`, 'i')
const OVERDOSE_AFTER = new RegExp(
  String.raw`^[\s,/&+()-]*(?:and\s+|or\s+)?(?:intentional\s+|accidental\s+)?(?<cue>overdos\w+|OD|poisoning|ingestion)\b`,
  'i',
)

const TAKING = String.raw`took|taken|ingested|swallowed|given|gave|administered|received|ate|consumed|drank|injected`
const TAKEN = new RegExp(String.raw`\b(?:${TAKING})\b`, 'i')
const NOT_MEANT = String.raw`accidentally|inadvertently|unintentionally|mistakenly|erroneously`
const MISTAKEN = new RegExp(
  String.raw`\b(?:(?<cue>${NOT_MEANT})\s+(?:\w+\s+){0,2}(?:${TAKING})\b|(?:${TAKING})\s+(?:${NOT_MEANT})\b|by mistake|in error|wrong (?:dose|drug|medication|medicine|pills?|bottle)|(?:double|twice|triple|extra) (?:the |his |her )?(?:\w+ )?doses?|too (?:much|many)|more than (?:was |the )?prescribed|not prescribed (?:to|for))`,
  'i',
)
const PLENTY = /\b(?:\d+\s*(?:tablets?|tabs?|pills?|capsules?)|handful|bottle)\b/i
const INSTEAD = /\b(?:instead of|rather than|in place of)\b/i
const TOO_LITTLE = /\b(?:too (?:little|few)|half|forgot|missed|skipped)\b/i

const WITH_ALCOHOL =
  /\b(?<cue>interact\w+|combined|mixed|while drinking)\b[^.;\n]*\b(?:alcohol|ethanol|beer|wine|liquor|whiskey|vodka)\b|\b(?:alcohol|ethanol|beer|wine|liquor|whiskey|vodka)\b[^.;\n]*\binteract\w+/i
const INTERACTION = /\binteract(?:ion|ed|ing)\b/i
const NOT_PRESCRIBED =
  /\b(?:over[- ]the[- ]counter|OTC|herbal|non-?prescribed|not prescribed|on (?:his|her|their) own|without telling|borrowed)\b/i

/** `her husband's metoprolol`: the patient took it. */
const OF_ANOTHER =
  /\b(?<cue>(?:someone else|husband|wife|mother|father|grandmother|grandfather|son|daughter|brother|sister|friend|roommate|neighbor)'s)\s+(?:\w+\s+)?$/i
/** What is given against a poisoning. */
const ANTIDOTE = /^T(?:50\.[67]|48\.4)/

const MAY_SAY =
  /overdos|\bOD|poison|ingest|mistak|error|accident|inadvert|intention|wrong|dose|too m|more than|'s|not prescribed|interact|combin|mix|drinking|tab|pill|handful|bottle|cap/i

/** One drug in its sentence. */
interface Reading {
  readonly drug: Drug
  readonly sentence: Sentence
  readonly note: DrugNote
  readonly intentOf: (sentence: Sentence) => Intent
}

export function readPoisonings(note: DrugNote): DrugUse[] {
  const intentOf = createIntentReader(note)
  return sentencesOf(note, MAY_SAY).flatMap(sentence =>
    sentence.drugs.flatMap(drug => {
      const { category = '', kind } = drug.drugClass
      if (category === '' || kind === 'general' || ANTIDOTE.test(category)) return []
      const reading = { drug, sentence, note, intentOf }
      const cue = overdoseCue(reading) ?? mistakeCue(reading) ?? interactionCue(sentence)
      return cue === undefined ? [] : [poisoning(reading, cue)]
    }),
  )
}

function poisoning({ drug, sentence, note, intentOf }: Reading, cue: Span): DrugUse {
  const { intent, cue: intentCue } = intentOf(sentence)
  const upToDrug = note.document.text.slice(sentence.start, drug.start)
  return {
    kind: 'use',
    drug,
    intent,
    cue,
    section: SECTION,
    ...(intentCue === undefined ? {} : { intentCue }),
    ...(OF_ANOTHER.test(upToDrug) ? { isOfAnother: true } : {}),
  }
}

function overdoseCue({ drug, sentence: { start, end }, note }: Reading): Span | undefined {
  const before = OVERDOSE_BEFORE.exec(between(note, start, drug.start))
  if (before !== null) return spanOf(before, start)
  const after = OVERDOSE_AFTER.exec(between(note, drug.end, end))
  // Who ingested alcohol has drunk it.
  if (after === null || (drug.drugClass.kind === 'street' && after.groups?.cue === 'ingestion'))
    return undefined
  return spanOf(after, drug.end)
}

/** The drug stands behind a verb of taking, and not behind "instead of". */
function mistakeCue({ drug, sentence, note, intentOf }: Reading): Span | undefined {
  const { start, text } = sentence
  const taken = TAKEN.exec(text)
  const upToDrug = note.document.text.slice(start, drug.start)
  if (taken === null || taken.index > upToDrug.length || drug.drugClass.kind === 'street') return undefined
  if (INSTEAD.test(upToDrug) || TOO_LITTLE.test(text)) return undefined
  const found = OF_ANOTHER.exec(upToDrug) ?? MISTAKEN.exec(text)
  if (found !== null) return spanOf(found, start)
  const { intent, cue } = intentOf(sentence)
  return intent === 'self-harm' && PLENTY.test(upToDrug) ? cue : undefined
}

function interactionCue({ start, text, drugs }: Sentence): Span | undefined {
  if (ONLY_SPOKEN_OF.test(text)) return undefined
  const found =
    WITH_ALCOHOL.exec(text) ?? (drugs.length > 1 && NOT_PRESCRIBED.test(text) ? INTERACTION.exec(text) : null)
  return found === null ? undefined : spanOf(found, start)
}

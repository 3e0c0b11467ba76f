/**
 * Adverse effects of drugs that were taken as prescribed (Official Guidelines I.C.19.e.5.a): a condition that the
 * note names as caused by a drug, or the bare statement of an adverse effect.
 *
 *   hyponatremia, likely due to her hydrochlorothiazide
 *   ------------         ------     -------------------     effect, cause, drug
 *   chemotherapy-induced anemia · lisinopril causing a dry cough · adverse reaction to amoxicillin
 */
import type { Proposal } from '../drafts.js'
import { between, ONLY_SPOKEN_OF, spanOf } from './clause.js'
import type { Drug } from './find-drugs.js'
import type { DrugNote, DrugUse, Sentence } from './statement.js'

const SECTION = 'I.C.19.e.5.a'

/** Words that may stand between a cause and the drug: "due to recent use of high-dose". */
const FILLER = String.raw`(?:(?:the|a|an|his|her|their|my|this|recent|recently|new|newly|started|chronic|long|term|daily|high|low|dose|doses|oral|po|iv|intravenous|inhaled|topical|systemic|home|use|usage|of|therapy|treatment|course|initiation|taking|with|and|or|plus|both|combination|combined|prior|current|concurrent|concomitant|prolonged|prescribed|regimen|medication|drug|side|adverse|effects?|reaction|to|from|antineoplastic|cancer|adjuvant)\b[\s,/&()-]*)*`
const CAUSE = String.raw`due to|d\/t|secondary to|2\/2|2ry to|caused by|because of|attributed to|attributable to|as a result of|resulting from|related to|associated with|induced by|triggered by|precipitated by|provoked by|brought on by|(?:as|is|was|likely|represents) (?:an? )?(?:known )?(?:side effect|adverse (?:drug )?(?:effect|reaction)|complication) (?:of|to|from)`
/** "Rash from amoxicillin": "from" must follow the condition at once ("pain relief from ibuprofen"). */
const BEHIND = new RegExp(
  String.raw`^(?:(?:[\s,(]*(?:[\w'%.-]+[\s,(]+){0,6}?(?:${CAUSE}))|[\s,(]*from)[\s:(]+${FILLER}$`,
  'i',
)
/** `leukocytosis and because of the Levaquin`: the cause of something else. */
const JOINED_CAUSE = new RegExp(String.raw`\b(?:and|but|or)\s+(?:${CAUSE})`, 'i')
const JOINED = /^[\s-]*(?:induced|related|associated|provoked|triggered)\s+(?:[\w-]+\s+){0,3}$/i
const CAUSING =
  /^[\s,]*(?:(?:is|was|has|had|have|likely|probably|then|therapy|treatment|use)\s+){0,3}(?:causing|caused|causes|induced|precipitated|triggered|led to|leading to|resulted in|resulting in)\s+(?:[\w-]+\s+){0,4}$/i
const WITHIN =
  /\b(?:induced|due to|d\/t|secondary to|2\/2|caused by|from|related|associated|following|adverse|reaction|toxicity)\b/i
const UNTRUE =
  /\b(?:not|no|unlikely|rather|without|unrelated|never|improv\w*|relie\w+|resol\w+|controlled|treated|despite)\b/i

const STATED_BEFORE = new RegExp(
  String.raw`\b(?<cue>adverse (?:drug )?(?:effects?|reactions?|events?)|side[- ]effects?|(?:allergic |drug |hypersensitivity )?reactions?)\s+(?:of|to|from|due to|with|secondary to|caused by)[\s:]+${FILLER}$`,
  'i',
)
const STATED_AFTER =
  /^[\s-]*(?<cue>side[- ]effects?|adverse (?:drug )?(?:effects?|reactions?|events?)|(?:drug )?reaction)\b/i

/** `has never had any side effects from`. */
const NEVER = /\b(?:never|not)\b[^.;,]*$/i

/** Behind the drug's name: it was not taken as prescribed, or it is not the drug that is meant. */
const OTHERWISE_TAKEN =
  /^[\s-]*(?:overdos\w*|poisoning|withdrawal|deficien\w+|resistan\w+|dependen\w+|abuse|misuse|use disorder|intoxication|non-?compliance|non-?adherence|under-?dos\w+|discontinuation|cessation|refusal|shortage|levels?|allerg\w+|failure|ingestion|refills?)\b/i

/** Titles of conditions that drugs cause: "statin myopathy" is G72.0, drug-induced myopathy. */
const OF_DRUGS = /\bdrugs?\b|\bmedicament|\btoxic/i
/** An adverse effect of which nothing is named, neither what it did nor the drug. */
const UNNAMED = /^T88\.7/
/** No effect of a medicine: use of substances, poisonings and other drug codes, external causes, status. */
const NO_EFFECT = /^(?:F1|T3[6-9]|T4|T50|T5[1-9]|T6[0-5]|[V-Z])/

const MAY_SAY =
  /due to|d\/t|2\/2|2ry|second|caus|attribut|result|relat|associat|induc|trigger|precipit|provok|brought|effect|event|reaction|from|follow|tox|complication|led to|lead/i

export function readAdverseEffects(note: DrugNote): DrugUse[] {
  const all = effectsOf(note)
  return note.sentences.flatMap(sentence => {
    const effects = all.filter(({ start, end }) => start >= sentence.start && end <= sentence.end)
    const mayBeStated = MAY_SAY.test(sentence.text)
    if (effects.length === 0 && !mayBeStated) return []
    return sentence.drugs.filter(isMedicine).flatMap(drug => {
      if (OTHERWISE_TAKEN.test(note.document.text.slice(drug.end, sentence.end))) return []
      const named = effectWithDrug(drug, effects, note)
      if (named !== undefined || !mayBeStated) return named ?? []
      return linkedEffect(drug, effects, note) ?? statedEffect(drug, sentence, effects, note) ?? []
    })
  })
}

function isMedicine({ drugClass: { kind } }: Drug): boolean {
  return kind === 'medicine' || kind === 'general'
}

interface Effect {
  readonly proposal: Proposal
  readonly start: number
  readonly end: number
}

function effectsOf({ proposals, document: { tokens } }: DrugNote): Effect[] {
  return proposals
    .filter(({ system, code }) => system === 'icd10cm' && !NO_EFFECT.test(code))
    .map(proposal => ({
      proposal,
      start: tokens.start[proposal.mention.firstToken] as number,
      end: tokens.end[proposal.mention.endToken - 1] as number,
    }))
}

function useWith(drug: Drug, effect: Effect, [from, to]: Stretch, { document }: DrugNote): DrugUse {
  return {
    kind: 'use',
    drug,
    intent: 'adverse',
    cue: trimmed(document.text, from, to),
    effect: effect.proposal,
    section: SECTION,
  }
}

type Stretch = readonly [from: number, to: number]

/** The drug is a part of the condition's own words: "steroid-induced hyperglycemia", "statin myopathy". */
function effectWithDrug(drug: Drug, effects: readonly Effect[], note: DrugNote): DrugUse | undefined {
  const effect = effects.find(({ start, end }) => start <= drug.start && end >= drug.end)
  if (effect === undefined || (drug.drugClass.kind === 'general' && UNNAMED.test(effect.proposal.code)))
    return undefined
  const words = WITHIN.exec(note.document.text.slice(effect.start, effect.end))
  if (words !== null) {
    const at = effect.start + words.index
    return useWith(drug, effect, [at, at + words[0].length], note)
  }
  const { mention, display } = effect.proposal
  const isOnePiece = mention.endToken - mention.firstToken === mention.tokens.length
  const isNamed = drug.drugClass.kind === 'medicine' && isOnePiece && OF_DRUGS.test(display)
  return isNamed ? useWith(drug, effect, [drug.start, drug.end], note) : undefined
}

function linkedEffect(drug: Drug, effects: readonly Effect[], note: DrugNote): DrugUse | undefined {
  for (const before of effects.filter(({ end }) => end <= drug.start).sort((a, b) => b.end - a.end)) {
    const words = between(note, before.end, drug.start)
    if (!BEHIND.test(words)) continue
    return UNTRUE.test(words) || JOINED_CAUSE.test(words)
      ? undefined
      : useWith(drug, before, causeIn(note.document.text, before.end, drug.start), note)
  }
  const behind = effects.find(({ start }) => start >= drug.end)
  if (behind === undefined) return undefined
  const words = between(note, drug.end, behind.start)
  const isCause = JOINED.test(words) || CAUSING.test(words)
  return isCause && !UNTRUE.test(words) ? useWith(drug, behind, [drug.end, behind.start], note) : undefined
}

/** Where the words of cause stand between the effect and the drug, or one of several drugs. */
function causeIn(text: string, from: number, to: number): Stretch {
  const found = new RegExp(String.raw`\b(?:${CAUSE}|from)\b`, 'i').exec(text.slice(from, to))
  return found === null ? [from, to] : [from + found.index, from + found.index + found[0].length]
}

function statedEffect(
  drug: Drug,
  sentence: Sentence,
  effects: readonly Effect[],
  note: DrugNote,
): DrugUse | undefined {
  if (drug.drugClass.kind === 'general' || ONLY_SPOKEN_OF.test(sentence.text)) return undefined
  const before = STATED_BEFORE.exec(between(note, sentence.start, drug.start))
  const after = STATED_AFTER.exec(note.document.text.slice(drug.end, sentence.end))
  const cue =
    before !== null ? spanOf(before, sentence.start) : after !== null ? spanOf(after, drug.end) : undefined
  if (cue === undefined || NEVER.test(note.document.text.slice(sentence.start, cue.start))) return undefined
  const effect = effects.find(({ start, end }) => start < cue.end && end > cue.start)
  return {
    kind: 'use',
    drug,
    intent: 'adverse',
    cue,
    section: SECTION,
    ...(effect === undefined ? {} : { effect: effect.proposal }),
  }
}

/** The span without the blanks and signs around its words. */
function trimmed(text: string, from: number, to: number): DrugUse['cue'] {
  const words = text.slice(from, to)
  const start = from + (/\w/.exec(words)?.index ?? 0)
  const end = from + words.replace(/\W+$/, '').length
  return { start, end: Math.max(start, end) }
}

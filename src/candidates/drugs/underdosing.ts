/**
 * Underdosing (Official Guidelines I.C.19.e.5.c): less of a drug was taken than prescribed, or the patient stopped it
 * on his own. Beside it stands why, where the note says so: Z91.12 (intended), Z91.13 (not intended), Z91.14
 * (other), Z91.A for a caregiver.
 *
 *   ran out of lisinopril · stopped taking metoprolol because of cost · noncompliant with warfarin
 */
import type { Span } from '../../model/span.js'
import { between, sentencesOf, spanOf } from './clause.js'
import type { Drug } from './find-drugs.js'
import type { DrugNote, DrugStatement, Sentence } from './statement.js'

const SECTION = 'I.C.19.e.5.c'

const FILLER = String.raw`(?:(?:his|her|their|the|my|any|all|most|some|of|home|prescribed|daily|regular|evening|morning|scheduled|dose|doses|and|or|both|medications?|including|with|to)\b[\s,/&():-]*)*`
const STOPPED = String.raw`(?:stopped|quit) (?:taking|using)|self[- ]discontinued|discontinued on (?:his|her|their) own|stopped on (?:his|her|their) own|(?:ran|run|running|been|is|was|currently) out of|^out of|never (?:started|filled|picked up)|(?:did|has|have|had) not (?:fill|filled|refill|refilled|picked up)|(?:has|have|had|did|does|is|was)(?: not|n't) (?:been )?tak(?:e|en|ing) (?:his|her|their|any of)|not taking (?:his|her|their)|refus\w+ to take`
const LESS = String.raw`skip(?:s|ped|ping)?(?: doses of)?|miss(?:ed|ing|es)? (?:\w+ )?(?:doses?|days) of|missed (?:his|her|their)|forg(?:ot|ets?|etting|otten) (?:to take|to refill|doses of)?|ration(?:ed|ing)|under-?dos(?:ed|ing)(?: (?:of|with|on))?|tak(?:es|ing|en) less|tak(?:es|ing|en) half|(?:cannot|can't|could not|couldn't|unable to|cant) afford`
const NONCOMPLIANT = String.raw`non-?complian(?:t|ce)|non-?adheren(?:t|ce)|not (?:been )?(?:compliant|adherent)|poor(?:ly)? (?:compliance|adherence|compliant|adherent)`
const GIVEN = String.raw`(?:stopped|not(?: been)?|forg(?:ot|ets|etting)(?: to)?|skip(?:s|ped|ping)|did not|didn't) giv(?:e|ing)(?: (?:him|her|the child|them))?`
const CUE_BEFORE = new RegExp(
  String.raw`\b(?<cue>${GIVEN}|${STOPPED}|${LESS}|(?:${NONCOMPLIANT}) (?:with|to|for))(?!\w)[\s:,(]*${FILLER}$`,
  'i',
)
const CUE_AFTER =
  /^[\s,-]*(?<cue>under-?dos(?:ing|ed)|non-?complian(?:ce|t)|non-?adheren(?:ce|t)|ran out|was self[- ]discontinued)\b/i
const BY_CAREGIVER = new RegExp(String.raw`\b${GIVEN}`, 'i')

/** The provider's own decision, or a drug that was stopped with his knowledge. */
const ADVISED =
  /\b(?:advised|instructed|told|recommended|directed|per (?:cardiology|\w+ologist|provider|pcp|dr)|held|by (?:his|her) (?:doctor|physician|provider|pcp)|we )\b/i

const MAY_SAY =
  /stop|quit|discontinu|out of|never|not |n't|fill|refus|skip|miss|forg|ration|dos|less|half|afford|complian|adheren|giv/i

/** Anesthetics, contrast media and vaccines are given and not taken. */
const GIVEN_ONCE = /^T(?:41|50\.[8ABZ])/

export function readUnderdosings(note: DrugNote): DrugStatement[] {
  return sentencesOf(note, MAY_SAY).flatMap(sentence => {
    if (ADVISED.test(sentence.text)) return []
    return sentence.drugs
      .filter(({ drugClass: { kind, category = '' } }) => kind === 'medicine' && !GIVEN_ONCE.test(category))
      .flatMap(drug => {
        const cue = cueOf(drug, sentence, note)
        if (cue === undefined) return []
        const byCaregiver = BY_CAREGIVER.test(note.document.text.slice(cue.start, cue.end))
        const of = { drug, cue, section: SECTION, isOfAnother: byCaregiver }
        return [
          { kind: 'use' as const, intent: 'underdosing' as const, ...of },
          { kind: 'noncompliance' as const, ...of, ...reasonOf(sentence, byCaregiver) },
        ]
      })
  })
}

function cueOf(drug: Drug, { start, end }: Sentence, note: DrugNote): Span | undefined {
  const before = CUE_BEFORE.exec(between(note, start, drug.start))
  if (before !== null) return spanOf(before, start)
  const after = CUE_AFTER.exec(note.document.text.slice(drug.end, end))
  return after === null ? undefined : spanOf(after, drug.end)
}

const COST =
  /\b(?:cost|costs|costly|afford\w*|financial\w*|expens\w+|insurance|copay|price|money|rationing|uninsured)\b/i
const FRAIL = /\b(?:age[- ]related|debility|frail\w*|poor vision|elderly)\b/i
const FORGOTTEN =
  /\b(?:forg[oe]t\w*|confus\w+|memory|misunderst\w+|mistaken\w*|by mistake|lost (?:his|her|the)|unintentional\w*|accidental\w*|demen\w+)\b/i
const DECIDED =
  /\b(?:on (?:his|her|their) own|decided|felt (?:better|well|fine)|feel(?:s|ing) (?:better|well|fine)|side effects?|did ?n[o']t (?:like|want)|refus\w+|self[- ]discontinued|intentional\w*|deliberate\w*|chose|does not (?:like|believe))\b/i

interface Reason {
  readonly code: string
  readonly why: string
  readonly reason?: Span
}

/** Most telling first; `own` and `caregiver`: the code where the patient or who cares for him did it. */
const REASONS = [
  { words: COST, own: 'Z91.120', caregiver: 'Z91.A20', why: 'less was taken for its cost' },
  {
    words: FRAIL,
    own: 'Z91.130',
    caregiver: 'Z91.A3',
    why: 'less was taken for frailty of age, not intended',
  },
  { words: FORGOTTEN, own: 'Z91.138', caregiver: 'Z91.A3', why: 'less was taken, not intended' },
  { words: DECIDED, own: 'Z91.128', caregiver: 'Z91.A28', why: 'less was taken, as intended' },
] as const

/** In the sentence of the drug; else nothing is known of the intent. */
function reasonOf({ text, start }: Sentence, byCaregiver: boolean): Reason {
  for (const { words, own, caregiver, why } of REASONS) {
    const found = words.exec(text)
    if (found === null) continue
    return { code: byCaregiver ? caregiver : own, why, reason: spanOf(found, start) }
  }
  return { code: byCaregiver ? 'Z91.A48' : 'Z91.148', why: 'less was taken; the reason is not said' }
}

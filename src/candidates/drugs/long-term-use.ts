/**
 * Long-term drug therapy (Official Guidelines I.C.21.c.3, Z79), where the note calls it long-term, chronic or lifelong.
 * What the lexicon knows ("on warfarin") and the rules add beside diabetes is not read again.
 *
 *   long-term use of amiodarone · chronic prednisone therapy · lifelong anticoagulation with warfarin
 */
import { between, sentencesOf, spanOf } from './clause.js'
import type { DrugNote, LongTermUse } from './statement.js'

const SECTION = 'I.C.21.c.3'

const BEFORE =
  /\b(?<cue>long[- ]term|chronic(?:ally)?|lifelong|indefinite|maintenance)(?: \(current\)| current)?[\s-]+(?:(?:drug|use|therapy|treatment|anticoagulation|immunosuppression|of|on|with|daily|oral|low[- ]dose|high[- ]dose|prescribed|taking|takes)\s+)*$/i
const AFTER =
  /^[\s-]+(?:(?:therapy|use|treatment|\d+ ?mg|daily)\s+)*(?<cue>long[- ]term|chronically|lifelong|indefinitely|maintenance)\b/i

const MAY_SAY = /long|chronic|indefinit|maintenance/i

export function readLongTermUses(note: DrugNote): LongTermUse[] {
  return sentencesOf(note, MAY_SAY).flatMap(({ start, end, drugs }) =>
    drugs.flatMap(drug => {
      if (drug.drugClass.longTerm === undefined) return []
      const before = BEFORE.exec(between(note, start, drug.start))
      const after = AFTER.exec(note.document.text.slice(drug.end, end))
      const cue =
        before !== null ? spanOf(before, start) : after !== null ? spanOf(after, drug.end) : undefined
      return cue === undefined ? [] : [{ kind: 'long-term' as const, drug, cue, section: SECTION }]
    }),
  )
}

/**
 * What notes say of drugs, sentence by sentence: adverse effects, poisonings, underdosing, allergies and long-term use
 * (Official Guidelines I.C.19.e.5, I.C.21.c.3). The codes stand in the order of a claim; the notes are invented.
 */
import { describe, expect, it, vi } from 'vitest'
import type { Setting } from '../../../src/model/note.js'
import { DEFAULT_OPTIONS } from '../../../src/pipeline/options.js'
import { lexiconEngine } from '../../support/lexicon-engine.js'

// A busy machine may be ten times slower than a quiet one.
vi.setConfig({ testTimeout: 60_000 })

const { engine } = await lexiconEngine()

function settle(text: string, setting: Setting = 'outpatient') {
  return engine.code(text, { setting, patient: undefined, options: DEFAULT_OPTIONS })
}

function codes(text: string, setting?: Setting): string {
  return settle(text, setting)
    .candidates.map(({ code }) => code)
    .join(' ')
}

function ledger(text: string): string[] {
  return settle(text).notCoded.map(({ code, reason }) => `${code} ${reason}`)
}

type Case = readonly [text: string, codes: string]

function each(cases: readonly Case[]): void {
  it.each(cases)('%s', (text, expected) => {
    expect(codes(text)).toBe(expected)
  })
}

describe('an adverse effect stands behind what it did (I.C.19.e.5.a)', () => {
  each([
    ['Assessment: hyponatremia due to hydrochlorothiazide.', 'E87.1 T50.2X5A'],
    ['Assessment: drug rash from amoxicillin.', 'L27.0 T36.0X5A'],
    ['Assessment: chemotherapy-induced anemia.', 'D64.81 T45.1X5A'],
    ['Assessment: dry cough due to lisinopril.', 'R05.8 T46.4X5A'],
    ['Assessment: lisinopril-induced cough.', 'R05.9 T46.4X5A'],
    ['Metformin is causing diarrhea.', 'R19.7 T38.3X5A'],
    ['Assessment: bradycardia secondary to metoprolol.', 'R00.1 T44.7X5A'],
    ['Assessment: opioid-induced constipation.', 'K59.03 T40.605A'],
    ['Assessment: Stevens-Johnson syndrome caused by lamotrigine.', 'L51.1 T42.6X5A'],
    ['Assessment: contrast-induced nephropathy.', 'N14.11 T50.8X5A'],
    ['Assessment: GI bleed due to ibuprofen and warfarin.', 'K92.2 T39.315A T45.515A'],
    ['Assessment: nausea and vomiting due to cisplatin and etoposide.', 'R11.2 T45.1X5A'],
    ['Assessment: C. difficile colitis due to antibiotics.', 'A04.72 T36.95XA'],
    ['Assessment: hypokalemia attributed to her recent use of furosemide.', 'E87.6 T50.1X5A'],
    ['Assessment: leg edema as an adverse effect of amlodipine.', 'R60.0 T46.1X5A'],
    ['Assessment: drug-induced lupus due to hydralazine.', 'M32.0 T46.5X5A'],
    ['Assessment: urticaria due to medication.', 'L50.9 T50.905A'],
    ['Assessment: statin myopathy.', 'G72.0 T46.6X5A'],
    ['Assessment: tremor, side effect of albuterol.', 'R25.1 T48.6X5A'],
    ['Follow-up of drug rash from amoxicillin.', 'L27.0 T36.0X5D'],
  ])
})

describe('no adverse effect is read', () => {
  each([
    ['She has no adverse effects from lisinopril.', ''],
    ['Side effects of atorvastatin were discussed.', ''],
    ['The risks of nausea due to ondansetron were reviewed.', ''],
    ['Assessment: rash, not due to amoxicillin.', 'R21'],
    ['Her mother had a rash due to cephalexin.', ''],
    ['Assessment: acute kidney injury in a patient on lisinopril.', 'N17.9'],
    ['Aspirin given for chest pain.', 'R07.9'],
    ['Pain relief from ibuprofen.', ''],
    ['Digoxin level ordered.', ''],
    ['Medications: lisinopril 10 mg daily, amlodipine 5 mg daily.', ''],
    ['Assessment: fatigue due to iron deficiency.', 'E61.1 R53.83'],
    ['Assessment: opioid dependence due to oxycodone.', 'F11.20'],
    ['Assessment: rash treated with prednisone.', 'R21'],
    ['Return if you have diarrhea from clindamycin.', ''],
    ['Assessment: chest pain due to cocaine.', 'R07.9'],
    ['Assessment: hypertension due to metoprolol withdrawal.', 'I10'],
    ['She has never had any side effects from sertraline.', ''],
    ['Metformin caused diarrhea in the past.', ''],
    ['Assessment: leukocytosis and because of levofloxacin no culture.', 'D72.829'],
  ])

  it('from a cause that is only likely, for an outpatient (IV.H)', () => {
    const text = 'Assessment: hyponatremia, likely due to sertraline.'
    expect(codes(text)).toBe('E87.1')
    expect(ledger(text)).toContain('T43.225A uncertain-outpatient')
    expect(codes(text, 'inpatient')).toBe('E87.1 T43.225A')
  })

  it('from a list of complications, nor from words that stand apart', () => {
    const list = 'Complications such as bleeding, infection and reaction to lidocaine were explained.'
    expect(codes(list)).not.toMatch(/T4/)
    expect(codes('Assessment: we can help with her insulin and oral hypoglycemia.')).not.toMatch(/T38/)
  })

  it('from what is denied, which stands in the ledger', () => {
    expect(ledger('She has no adverse effects from lisinopril.')).toEqual(['T46.4X5A negated'])
  })
})

describe('a poisoning stands before what it did (I.C.19.e.5.b)', () => {
  each([
    ['Assessment: somnolence after intentional overdose of paroxetine.', 'T43.222A R40.0'],
    ['Assessment: nausea. Accidental overdose of meloxicam.', 'T39.391A R11.0'],
    ['Assessment: intentional overdose of sertraline and trazodone.', 'T43.222A T43.212A'],
    ['Assessment: clozapine overdose, undetermined intent.', 'T42.4X4A'],
    ['Suicide attempt. Took 30 tablets of citalopram.', 'T43.222A'],
    ['Assessment: Tylenol overdose. Suicide attempt.', 'T39.1X2A'],
    ['Assessment: dizziness. He took an extra dose of carvedilol by mistake.', 'T44.7X1A R42'],
    ["Assessment: dizziness. She accidentally took her husband's metoprolol.", 'T44.7X1A R42'],
    ['Assessment: somnolence due to interaction of lorazepam with alcohol.', 'T42.4X1A T51.0X1A R40.0'],
    [
      'Assessment: bleeding due to interaction of warfarin with over-the-counter ibuprofen.',
      'T45.511A T39.311A R58',
    ],
    ['Heroin overdose, given Narcan.', 'T40.1X1A'],
    ['Overdose: naloxone given.', 'T50.901A'],
    ['Assessment: poisoning by clozapine, not a suicide attempt.', 'T42.4X1A'],
    ['Assessment: she was assaulted, poisoning by lorazepam.', 'T42.4X3A Y09'],
  ])
})

describe('no poisoning is read', () => {
  each([
    ['Denies overdose of gabapentin.', ''],
    ['He takes ibuprofen as needed.', ''],
    ['Overdose prevention was discussed, naloxone prescribed.', ''],
    ['Took his metformin this morning.', ''],
    ['Accidentally spilled his coffee, and takes lisinopril.', ''],
    ['She was told not to mix lorazepam with alcohol.', ''],
    ['Mother died of an overdose of oxycodone.', ''],
  ])
})

describe('underdosing stands behind the condition, with its reason (I.C.19.e.5.c)', () => {
  each([
    ['Assessment: hypertension, ran out of lisinopril.', 'I10 T46.4X6A Z91.148'],
    ['Assessment: hypertension, noncompliant with metoprolol due to cost.', 'I10 T44.7X6A Z91.120'],
    ['Assessment: seizure due to missed doses of Keppra because he forgot.', 'R56.9 T42.6X6A Z91.138'],
    [
      'Assessment: heart failure. He stopped taking furosemide on his own because he felt better.',
      'I50.9 T50.1X6A Z91.128',
    ],
    ['Assessment: asthma. Mother stopped giving prednisone because of cost.', 'J45.909 T38.0X6A Z91.A20'],
    ['Assessment: epilepsy, levetiracetam nonadherence.', 'G40.909 T42.6X6A Z91.148'],
    ['Assessment: deep vein thrombosis, underdosing of warfarin.', 'I82.409 T45.516A Z91.148'],
    ['Assessment: hypertension. He could not afford his losartan.', 'I10 T46.5X6A Z91.120'],
    ['Assessment: gout. Has not taken his allopurinol in weeks.', 'M10.9 T50.4X6A Z91.148'],
    ['Assessment: hypertension due to lisinopril noncompliance.', 'I10 T46.4X6A Z91.148'],
  ])
})

describe('no underdosing is read', () => {
  each([
    ['Denies missing doses of metoprolol.', ''],
    ['Lisinopril was stopped by his PCP for cough.', 'R05.9'],
    ['We advised him to stop taking ibuprofen.', ''],
    ['He is not taking aspirin.', ''],
    ['She came out of general anesthesia without trouble.', ''],
  ])
})

describe('an allergy is a status (I.C.21.c.3)', () => {
  each([
    ['Allergies: penicillin (hives), sulfa (rash), codeine.', 'Z88.0 Z88.2 Z88.5'],
    ['Allergies: no known drug allergies except PCN.', 'Z88.0'],
    ['ALLERGIES:\n- Penicillin: anaphylaxis\n- Shellfish\n- Latex', 'Z88.0 Z91.013 Z91.040'],
    ['She is allergic to cephalexin and doxycycline.', 'Z88.1'],
    ['Allergies: Augmentin causes diarrhea.', 'Z88.0'],
    ['Assessment: sinusitis, cefdinir allergy.', 'J32.9 Z88.1'],
    ['Prior reaction to tramadol.', 'Z88.5'],
  ])
})

describe('no allergy is read', () => {
  each([
    ['NKDA', ''],
    ['Allergies: NKDA. Given ibuprofen today.', ''],
    ['Allergies: None known.\nMedications: lisinopril 10 mg.', ''],
    ['Her mother is allergic to cephalexin.', ''],
    ['No allergy to doxycycline.', ''],
    ['Penicillin allergy testing was ordered.', ''],
    ['Assessment: hives due to an allergic reaction to cefazolin.', 'L50.9 T36.1X5A'],
  ])
})

describe('long-term use is a status where the note calls it so (I.C.21.c.3)', () => {
  each([
    ['Assessment: long-term use of flecainide.', 'Z79.899'],
    ['Assessment: long-term (current) use of azathioprine.', 'Z79.624'],
    ['Takes lithium chronically.', 'Z79.899'],
    ['Medications: flecainide 50 mg.', ''],
    ['Patient on methadone maintenance for opioid dependence.', 'F11.20'],
  ])
})

describe('a code of drugs', () => {
  it('says which words chose which of its characters', () => {
    const { candidates } = settle('Assessment: hyponatremia due to hydrochlorothiazide.')
    const drug = candidates.find(({ code }) => code === 'T50.2X5A')
    const chosen = drug?.derivation.map(({ characters, evidence }) => [
      characters,
      evidence.map(index => drug.evidence[index]?.text).join(' '),
    ])
    expect(chosen).toEqual([
      ['T50.2X', 'hydrochlorothiazide'],
      ['5', 'due to'],
      ['A', ''],
    ])
    expect(drug?.evidence.map(({ role, text }) => `${role}: ${text}`)).toEqual([
      'cause: hydrochlorothiazide',
      'cause: due to',
      'condition: hyponatremia',
    ])
  })

  it('is as sure as the effect that it explains', () => {
    const text = 'HPI: dry cough due to lisinopril.\nAssessment: hypertension.'
    expect(codes(text)).toBe('I10')
    expect(ledger(text)).toContain('T46.4X5A below-score')
  })

  it('leaves what a listed allergy once did in the ledger', () => {
    expect(ledger('Allergies: penicillin (hives).')).toEqual(['L50.9 section'])
  })

  it('stands once for words that the lexicon reads too', () => {
    expect(codes('Assessment: aspirin overdose.')).toBe('T39.011A')
    expect(codes('Assessment: adverse reaction to amoxicillin.')).toBe('T36.0X5A')
  })
})

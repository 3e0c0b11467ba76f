/**
 * What the note as a whole decides about a code: invented notes of a few lines, one rule of the guidelines each, with
 * all codes that they lead to. The dictionary is the project's own.
 */
import { describe, expect, it, vi } from 'vitest'
import type { Setting } from '../../src/model/note.js'
import { codesIn } from '../support/codes-of.js'
import { lexiconEngine } from '../support/lexicon-engine.js'

// A busy machine may be ten times slower than a quiet one.
vi.setConfig({ testTimeout: 60_000 })

const { engine } = await lexiconEngine()

function codesOf(text: string, setting?: Setting): string {
  return codesIn(engine, text, setting).join(' ')
}

describe('the 7th character of an injury (I.C.19.a)', () => {
  it.each([
    [
      'sequela',
      'Assessment: contracture of the right hand as late effect of burn of right palm, long healed.',
      'T23.051S',
    ],
    [
      'an open fracture, said before a comma',
      'Diagnosis: Open, displaced fracture of the right patella.',
      'S82.001B',
    ],
    [
      'aftercare, said once',
      'Diagnoses:\n1. Aftercare for fracture of the left patella.\n2. Open wound of the scalp.',
      'S01.00XD',
    ],
    ['routine healing', 'Assessment: fracture of the left patella, routine healing.', 'S82.002D'],
    [
      'nonunion goes before follow-up',
      'Assessment: follow-up of right scaphoid fracture with nonunion.',
      'S62.001K',
    ],
    ['seen again', 'Returns for recheck.\nAssessment: sprain of the left wrist.', 'S63.502D'],
    [
      'active treatment',
      'Assessment: fracture of the left patella, initial encounter, follow-up in a week.',
      'S82.002A',
    ],
    [
      'not for a complication, which is treated',
      'Seen in follow-up.\nAssessment: superficial surgical site infection.',
      'T81.41XA',
    ],
  ])('%s', (_, text, code) => expect(codesOf(text).split(' ')).toContain(code))
})

describe('the dominant side (I.C.6.a)', () => {
  it.each([
    ['right, right-handed', 'Assessment: right hemiparesis. He is right-handed.', 'G81.91'],
    ['right, left-handed', 'She writes with the left, left-handed.\nAssessment: right hemiplegia.', 'G81.93'],
    [
      'left, left hand dominant',
      'Left hand dominant.\nAssessment: flaccid hemiplegia of the left side.',
      'G81.02',
    ],
    ['left, ambidextrous', 'Ambidextrous.\nAssessment: left spastic hemiplegia.', 'G81.12'],
    ['right, said not to be dominant', 'Assessment: right hemiparesis, nondominant side.', 'G81.93'],
    ['no side', 'Assessment: hemiplegia. Right-handed.', 'G81.90'],
  ])('%s', (_, text, code) => expect(codesOf(text)).toBe(code))
})

describe('what a stroke has left (I.C.9.d)', () => {
  it.each([
    ['residual from it', 'Assessment: residual dysarthria from stroke last year.', 'I69.322'],
    ['months after it', 'Seen 8 months after a stroke. Assessment: chronic right hemiparesis.', 'I69.351'],
    ['its late effects by name', 'Assessment: late effects of stroke: aphasia.', 'I69.320'],
    ['months ago', 'Stroke 5 months ago. Assessment: chronic left hemiparesis.', 'I69.354'],
    ['today, which is no sequela', 'Assessment: acute stroke with aphasia.', 'I63.9 R47.01'],
    ['none', 'Assessment: stroke in 2019 without deficits.', 'Z86.73'],
  ])('%s', (_, text, codes) => expect(codesOf(text)).toBe(codes))
})

describe('every site of a list of secondary neoplasms', () => {
  it.each([
    ['behind the word', 'Assessment: lung cancer metastatic to brain and bone.', 'C34.90 C79.31 C79.51'],
    ['before the word', 'Assessment: lung, liver and brain metastases.', 'C78.00 C78.7 C79.31'],
    ['after mets to', 'Assessment: mets to liver, bone.', 'C78.7 C79.51'],
    ['not where another thing begins', 'Assessment: mets to liver, bone pain.', 'C78.7 M89.8X9'],
    ['not over a sentence', 'Assessment: mets to liver. Brain MRI is normal.', 'C78.7'],
  ])('%s', (_, text, codes) => expect(codesOf(text).split(' ').sort().join(' ')).toBe(codes))
})

describe('the side of an organ from its exam (I.B.18)', () => {
  it.each([
    ['of the same organ', 'Exam: left TM red and bulging.\nAssessment: acute otitis media.', 'H66.92'],
    ['not of another', 'Exam: left TM red and bulging.\nAssessment: conjunctivitis.', 'H10.9'],
    [
      'not where the diagnosis says its own',
      'Exam: left ear tender.\nAssessment: right otitis externa.',
      'H60.91',
    ],
  ])('%s', (_, text, code) => expect(codesOf(text)).toBe(code))
})

describe('etiology and manifestation (I.A.13)', () => {
  it.each([
    ['Huntington disease', 'Assessment: moderate dementia, Huntington disease.', 'G10 F02.B0'],
    ['amyloid of the heart', 'Assessment: cardiomyopathy due to AL amyloidosis.', 'E85.81 I43'],
    ['said to be unrelated', 'Assessment: cardiomyopathy unrelated to her amyloidosis.', 'I42.9 E85.9'],
    ['dementia alone', 'Assessment: moderate dementia.', 'F03.B0'],
  ])('%s', (_, text, codes) => expect(codesOf(text)).toBe(codes))
})

describe('what did not come to be', () => {
  it.each([
    ['impending and averted (I.B.11)', 'Final diagnosis: influenza; impending respiratory failure.', 'J11.1'],
    ['with an entry of its own', 'Final diagnosis: impending MI.', 'I20.0'],
    ['not confirmed', 'Assessment: cough. Pneumonia was not confirmed.', 'R05.9'],
    ['did not develop', 'Assessment: gastroenteritis. Sepsis did not develop.', 'K52.9'],
    ['not on it', 'Assessment: CKD stage 4, not on dialysis.', 'N18.4'],
  ])('%s', (_, text, codes) => expect(codesOf(text, 'inpatient')).toBe(codes))
})

describe('follow-up and history (I.C.2.m, I.C.21.c)', () => {
  it.each([
    [
      'of a cancer that is gone',
      'Assessment: follow-up after completed treatment for colon cancer, NED.',
      'Z08 Z85.038',
    ],
    [
      'a breast removed in a year of the past',
      'Right mastectomy in 2017.\nAssessment: hypertension.',
      'I10 Z90.11',
    ],
    [
      'a relative below the heading',
      'Family history: father had colon cancer.\nAssessment: hypertension.',
      'I10 Z80.0',
    ],
    ['a screening of then', 'Screening colonoscopy in 2019.\nAssessment: hypertension.', 'I10'],
    ['a test for a sign', 'Assessment: breast lump, right. Screening mammogram was due.', 'N63.10'],
  ])('%s', (_, text, codes) => expect(codesOf(text)).toBe(codes))
})

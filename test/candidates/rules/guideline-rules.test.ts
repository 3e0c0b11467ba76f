/**
 * Rows of `dictionaries/rules` in invented sentences, each where it acts and where it must not. The dictionary is the
 * project's own.
 */
import { describe, expect, it, vi } from 'vitest'
import type { Setting } from '../../../src/model/note.js'
import { codesIn } from '../../support/codes-of.js'
import { lexiconEngine } from '../../support/lexicon-engine.js'

// A busy machine may be ten times slower than a quiet one.
vi.setConfig({ testTimeout: 60_000 })

const { engine } = await lexiconEngine()

function codesOf(text: string, setting?: Setting): string {
  return codesIn(engine, text, setting).join(' ')
}

describe('an infarction of the brain and its artery', () => {
  it.each([
    ['Assessment: acute stroke, occlusion of the right anterior cerebral artery.', 'I63.521'],
    ['Assessment: acute stroke, thrombosis with occlusion of the left MCA.', 'I63.312'],
    ['Assessment: acute stroke, embolic occlusion of the left PCA.', 'I63.432'],
    ['Assessment: acute stroke, stenosis of the left carotid artery.', 'I63.232'],
    ['Assessment: acute stroke, basilar artery stenosis.', 'I63.22'],
    ['Assessment: acute stroke. Incidental stenosis of the right vertebral artery.', 'I63.9 I65.01'],
    ['Assessment: stenosis of the left MCA.', 'I66.02'],
  ])('%s', (text, codes) => expect(codesOf(text)).toBe(codes))
})

describe('a cardiomyopathy in another disease', () => {
  it.each([
    ['Assessment: cardiomyopathy due to thyrotoxicosis.', 'E05.90 I43'],
    ['Assessment: cardiomyopathy. Hyperthyroidism.', 'I42.9 E05.90'],
    ['Assessment: sarcoidosis with cardiomyopathy.', 'D86.85'],
  ])('%s', (text, codes) => expect(codesOf(text)).toBe(codes))
})

describe('dementia in another disease', () => {
  it.each([
    ["Assessment: Alzheimer's disease, mild dementia.", 'G30.9 F02.A0'],
    ['Assessment: Lewy body disease with severe dementia.', 'G31.83 F02.C0'],
    ['Assessment: mild dementia. Hypothyroidism.', 'F03.A0 E03.9'],
  ])('%s', (text, codes) => expect(codesOf(text)).toBe(codes))
})

describe('infarctions within four weeks', () => {
  it.each([
    ['Final diagnosis: NSTEMI, subsequent. Inferior STEMI 12 days ago.', 'I22.2 I21.19'],
    ['Final diagnosis: inferior STEMI, a subsequent infarction. NSTEMI 12 days ago.', 'I22.1 I21.4'],
    ['Final diagnosis: NSTEMI. Old inferior infarction in 2015.', 'I21.4 I25.2'],
  ])('%s', (text, codes) => expect(codesOf(text, 'inpatient')).toBe(codes))
})

describe('a tumor and its secondary', () => {
  it.each([
    ['Assessment: cancer of unknown primary with liver metastases.', 'C78.7 C80.1'],
    ['Assessment: pancreatic cancer with liver metastases; the cancer is unresectable.', 'C25.9 C78.7'],
  ])('%s', (text, codes) => expect(codesOf(text).split(' ').sort().join(' ')).toBe(codes))
})

describe('follow-up, screening and signs', () => {
  it.each([
    ['Assessment: follow-up visit after completed treatment, history of melanoma.', 'Z08 Z85.820'],
    ['Assessment: hospital follow-up. History of melanoma.', 'Z09 Z85.820'],
    ['Assessment: lump in the left breast. Screening mammogram due.', 'N63.20'],
    ['Assessment: screening mammogram.', 'Z12.31'],
  ])('%s', (text, codes) => expect(codesOf(text)).toBe(codes))
})

describe('diabetes in pregnancy', () => {
  it.each([
    ['Seen at 10w0d. Assessment: type 2 diabetes.', 'O24.111 E11.9 Z3A.10'],
    ['Seen at 20w3d. Assessment: type 1 diabetes.', 'O24.012 E10.9 Z3A.20'],
    ['Seen at 29w0d. Assessment: gestational diabetes.', 'O24.419 Z3A.29'],
    ['Assessment: type 2 diabetes, seen 10 weeks ago.', 'E11.9'],
  ])('%s', (text, codes) => expect(codesOf(text)).toBe(codes))
})

describe('a superficial injury at the site of a graver one', () => {
  it.each([
    ['Assessment: fracture of the left radial head. Abrasion of the left elbow.', 'S52.122A'],
    ['Assessment: fracture of the left radial head. Abrasion of the right elbow.', 'S52.122A S50.311A'],
    ['Assessment: fracture of the left radial head. Abrasion of the left knee.', 'S52.122A S80.212A'],
  ])('%s', (text, codes) => expect(codesOf(text)).toBe(codes))
})

describe('homelessness', () => {
  it.each([
    ['Assessment: cough. Homeless, sleeps at the shelter.', 'R05.9 Z59.01'],
    ['Assessment: cough. Homeless, stays in a tent.', 'R05.9 Z59.02'],
    ['Assessment: cough. Homeless.', 'R05.9 Z59.00'],
  ])('%s', (text, codes) => expect(codesOf(text)).toBe(codes))
})

describe('insulin', () => {
  it.each([
    ['inpatient', 'Final diagnosis: type 2 diabetes, covered with insulin lispro in the stay.', 'E11.9'],
    ['inpatient', 'Final diagnosis: type 2 diabetes, on insulin glargine at home.', 'E11.9 Z79.4'],
    ['outpatient', 'Assessment: type 2 diabetes, takes insulin lispro with meals.', 'E11.9 Z79.4'],
  ] as const)('%s: %s', (setting, text, codes) => expect(codesOf(text, setting)).toBe(codes))
})

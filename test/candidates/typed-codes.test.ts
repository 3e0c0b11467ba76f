/** Codes that are written in a note, and what only looks like one. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { findTyped } from '../../src/candidates/typed/find-typed.js'
import type { Engine } from '../../src/pipeline/engine.js'
import { codeNote, codesIn, engineWith, headers } from '../support/engine-with-notes.js'

// A dictionary is compiled, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let engine: Engine
beforeAll(async () => {
  engine = await engineWith(input => ({
    identity: { ...input.identity, origin: 'publisher' },
    catalogue: headers(input, ['E11', 'M54.5', 'C50', 'B12']),
    conversions: [
      { code: 'M5459', effective: '2021-10-01', previous: ['M545'] },
      { code: 'M5450', effective: '2021-10-01', previous: ['M545'] },
    ],
  }))
})

describe('a written code', () => {
  it('is a candidate with evidence of its own role', () => {
    const text = 'Assessment:\n1. Type 2 diabetes (E11.9).'
    const [candidate, ...more] = codeNote(engine, text).candidates
    expect(more).toEqual([])
    expect(candidate).toMatchObject({
      code: 'E11.9',
      evidence: [
        { role: 'condition', text: 'Type 2 diabetes' },
        { role: 'code', text: 'E11.9', section: 'assessment' },
      ],
    })
    for (const { start, end, text: words } of candidate?.evidence ?? [])
      expect(text.slice(start, end)).toBe(words)
  })

  it.each([
    ['Hypertension (I10)', ['I10']],
    ['ICD-10: I10, J18.9', ['I10', 'J18.9']],
    ['ICD-10-CM code E119', ['E11.9']],
    ['Dx: J18.9', ['J18.9']],
    ['Assessment:\nI10 - blood pressure', ['I10']],
    ['We saw him again for E11.9 today.', ['E11.9']],
  ])('is found in %j', (text, codes) => {
    expect(codesIn(codeNote(engine, text)).sort()).toEqual([...codes].sort())
  })

  it('joins the characters of its derivation', () => {
    const { candidates } = codeNote(engine, 'Dx: J18.9')
    expect(candidates[0]?.derivation.map(({ characters }) => characters).join('')).toBe('J18.9')
  })

  it.each([
    ['Denies E11.9.', 'negated'],
    ['Assessment: possible pneumonia (J18.9).', 'uncertain-outpatient'],
  ])('is judged as words are: %j', (text, reason) => {
    const settled = codeNote(engine, text)
    expect(settled.candidates).toEqual([])
    expect(settled.notCoded.some(line => line.reason === reason && /\d/.test(line.text))).toBe(true)
  })

  it('that is valid no more goes to the ledger with its successor', () => {
    const { candidates, notCoded } = codeNote(engine, 'Assessment: lumbago (M54.5)')
    expect(notCoded).toMatchObject([
      { code: 'M54.5', text: 'M54.5', reason: 'invalid-on-date', by: 'M54.50' },
    ])
    expect(candidates.every(({ code }) => code !== 'M54.5')).toBe(true)
  })

  it('that no release has goes there without one, and a category as no code', () => {
    expect(codeNote(engine, 'ICD-10: C50.XX').notCoded).toMatchObject([
      { code: 'C50.XX', reason: 'invalid-on-date' },
    ])
    expect(codeNote(engine, 'ICD-10: E11').notCoded).toMatchObject([
      { code: 'E11', reason: 'no-code', rule: 'I.B.2' },
    ])
  })
})

describe('no code is', () => {
  it.each([
    'ECG: rSr in V1, leads V2-V6 normal.',
    'C5-C6 disc and L4-L5, T12 too.',
    'Vitamin B12 was low (B12).',
    'T2 signal, T38.5 measured.',
    'Old label: V45.81, V58.61 (ICD-9), ICD-9 code E11.9.',
    'H1N1 vaccine; CO2 40; G2P1.',
    'Bed B20, room I10.',
    'D10 infusion, N95 mask.',
    'Version 2.E11.9.1 of it.',
  ])('%j', text => {
    const { candidates, notCoded } = codeNote(engine, text)
    expect(candidates.filter(({ evidence }) => evidence.some(({ role }) => role === 'code'))).toEqual([])
    expect(notCoded.filter(({ reason }) => reason === 'invalid-on-date')).toEqual([])
  })
})

it('finds the same spans in any text twice', () => {
  const text = 'Dx: E11.9, I10; (M54.5)\n1. J18.9 – pneumonia'
  expect(findTyped(text)).toEqual(findTyped(text))
  for (const { start, end, code } of findTyped(text)) expect(text.slice(start, end)).toBe(code)
})

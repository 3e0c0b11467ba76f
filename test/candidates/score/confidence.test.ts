import { describe, expect, it } from 'vitest'
import { confidence, partsOf } from '../../../src/candidates/score/confidence.js'
import { DEFAULT_OPTIONS } from '../../../src/pipeline/options.js'
import { lexiconEngine } from '../../support/lexicon-engine.js'

const BASE = { name: 'base', weight: -1 }
const WORDS = { name: 'words=2', weight: 0.5 }
const CHAPTER = { name: 'chapter=I', weight: 1.5 }
const { engine } = await lexiconEngine(2026)

describe('a score', () => {
  it('is the logistic function of the sum of its weights', () => {
    expect(confidence([BASE])).toBeCloseTo(1 / (1 + Math.E), 3)
    expect(confidence([BASE, WORDS, CHAPTER])).toBeCloseTo(1 / (1 + Math.exp(-1)), 3)
  })

  it('knows no certainty', () => {
    expect(confidence([{ name: 'a', weight: 50 }])).toBe(0.99)
    expect(confidence([{ name: 'a', weight: -50 }])).toBe(0.01)
  })

  it('shows features without a weight too', () => {
    expect(partsOf([BASE, { name: 'scatter=some', weight: 0 }])).toEqual({ base: -1, 'scatter=some': 0 })
  })

  const settled = engine.code('HPI: He once had a headache.\nAssessment:\nGout.\nPlan: as before.', {
    setting: 'outpatient',
    patient: undefined,
    options: { ...DEFAULT_OPTIONS, explain: true },
  })

  it('is what its shown parts add up to, of candidates and of what is too weak', () => {
    const weak = settled.notCoded.filter(({ reason }) => reason === 'below-score')
    expect(settled.candidates).toHaveLength(1)
    expect(weak.length).toBeGreaterThan(0)
    for (const { score, scoreParts } of [...settled.candidates, ...weak]) {
      const sum = Object.values(scoreParts ?? {}).reduce((total, part) => total + part, 0)
      expect(score).toBeCloseTo(Math.min(0.99, Math.max(0.01, 1 / (1 + Math.exp(-sum)))), 3)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { createFeatureTable } from '../../../src/candidates/score/feature-table.js'

const { featureOf, ofCode } = createFeatureTable({
  base: 1.25,
  'words=2': 0.5,
  'place=listed.assessment.head': -0.75,
  'category=I10': 0.25,
})

describe('a feature', () => {
  it.each([
    [featureOf('base'), 'base', 1.25],
    [featureOf('words', 2), 'words=2', 0.5],
    [featureOf('place', 'listed', 'assessment', 'head'), 'place=listed.assessment.head', -0.75],
  ])('has its name from its parts, and its weight from the table', (feature, name, weight) =>
    expect(feature).toEqual({ name, weight }),
  )

  it('weighs nothing where the table lacks it', () =>
    expect(featureOf('place', 'listed', 'assessment')).toEqual({
      name: 'place=listed.assessment',
      weight: 0,
    }))

  it('tells of a code its chapter, its category and itself', () =>
    expect(ofCode('I10')).toEqual([
      { name: 'chapter=I', weight: 0 },
      { name: 'category=I10', weight: 0.25 },
      { name: 'code=I10', weight: 0 },
    ]))

  it('is one for all who ask for it', () =>
    expect(featureOf('scatter', 'some')).toBe(featureOf('scatter', 'some')))
})

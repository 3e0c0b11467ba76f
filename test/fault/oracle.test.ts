/** The judge: what it lets pass and what it calls a violation. */
import { mkdtempSync, appendFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { WorkCounts } from '../../src/store/store.js'
import { openAcknowledged, readAcknowledged } from './acknowledged.js'
import {
  brokenLaw,
  compareResults,
  comparisonFigures,
  conservationFigures,
  sampleConservation,
  sha256Of,
} from './oracle.js'

const counts = (accepted: number, done: number, quarantined: number, open: number): WorkCounts => ({
  accepted,
  done,
  quarantined,
  open,
})

describe('conservation', () => {
  it.each([
    { title: 'nothing yet', before: null, now: counts(0, 0, 0, 0), broken: null },
    { title: 'work under way', before: counts(4, 0, 0, 4), now: counts(10, 5, 1, 4), broken: null },
    { title: 'a lost note', before: null, now: counts(10, 5, 0, 4), broken: 'accepted 10 is not' },
    { title: 'a note done twice', before: null, now: counts(10, 7, 0, 4), broken: 'accepted 10 is not' },
    {
      title: 'a result that vanished',
      before: counts(9, 5, 0, 4),
      now: counts(9, 4, 0, 5),
      broken: 'done fell',
    },
    {
      title: 'an accepted note that vanished',
      before: counts(9, 5, 0, 4),
      now: counts(8, 5, 0, 3),
      broken: 'accepted fell',
    },
    {
      title: 'quarantine that was replayed',
      before: counts(9, 5, 2, 2),
      now: counts(9, 5, 0, 4),
      broken: null,
    },
  ])('$title', ({ before, now, broken }) => {
    if (broken === null) expect(brokenLaw(before, now)).toBeNull()
    else expect(brokenLaw(before, now)).toContain(broken)
  })

  it('is sampled until it is stopped, and an answer that fails to come breaks no law', async () => {
    const answers = [counts(3, 0, 0, 3), null, counts(3, 2, 0, 0), counts(3, 3, 0, 0)]
    let asked = 0
    const sampler = sampleConservation(() => {
      const answer = answers[Math.min(asked++, answers.length - 1)]
      return answer == null ? Promise.reject(new TypeError('no answer')) : Promise.resolve(answer)
    }, 1)
    while (asked < 4) await new Promise(resolve => setTimeout(resolve, 1))
    const record = await sampler.stop()
    expect(record).toMatchObject({ unanswered: 1, violations: 1, samples: asked - 1 })
    expect(record.first).toBe('accepted 3 is not done 2 + quarantined 0 + open 0')
    expect(conservationFigures(record).map(figure => figure.holds)).toEqual([false, true])
  })

  it('that was never seen does not hold', async () => {
    const record = await sampleConservation(() => Promise.reject(new TypeError('no answer')), 1).stop()
    expect(conservationFigures(record).every(figure => figure.holds)).toBe(false)
  })
})

describe('the comparison with the run without faults', () => {
  const [first, second] = [sha256Of('first'), sha256Of('second')]
  const expected = new Map([
    ['a', first],
    ['b', second],
    ['poison', null],
  ])
  const good = [
    { id: 'a', sha256: first },
    { id: 'b', sha256: second },
  ]

  it.each([
    { title: 'all well', results: good, quarantined: ['poison'], found: {} },
    { title: 'one is lost', results: good.slice(1), quarantined: ['poison'], found: { lost: ['a'] } },
    { title: 'the poison is lost', results: good, quarantined: [], found: { lost: ['poison'] } },
    {
      title: 'one has two results, the second one wrong',
      results: [...good, { id: 'b', sha256: first }],
      quarantined: ['poison'],
      found: { duplicated: ['b'], corrupted: ['b'] },
    },
    {
      title: 'one has a result and is quarantined',
      results: good,
      quarantined: ['poison', 'a'],
      found: { duplicated: ['a'], wronglyQuarantined: ['a'] },
    },
    {
      title: 'the poison has a result',
      results: [...good, { id: 'poison', sha256: first }],
      quarantined: [],
      found: { corrupted: ['poison'] },
    },
    {
      title: 'nobody sent it',
      results: [...good, { id: 'c', sha256: first }],
      quarantined: ['poison'],
      found: { unexpected: ['c'] },
    },
  ])('$title', ({ results, quarantined, found }) => {
    const none = { lost: [], duplicated: [], corrupted: [], unexpected: [], wronglyQuarantined: [] }
    const comparison = compareResults({ expected, results, quarantined })
    expect(comparison).toEqual({ ...none, ...found })
    const isClean = Object.keys(found).length === 0
    expect(comparisonFigures(comparison).every(figure => figure.holds)).toBe(isClean)
  })
})

describe('the file of what was acknowledged', () => {
  it('holds the ids of all writers, without the line that a writer died in', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'acknowledged-')), 'ids')
    expect(readAcknowledged(file)).toEqual(new Set())
    const [one, other] = [openAcknowledged(file), openAcknowledged(file)]
    one.add(['a', 'b'])
    other.add(['c'])
    one.add([])
    other.add(['a'])
    one.close()
    other.close()
    appendFileSync(file, 'half')
    expect(readAcknowledged(file)).toEqual(new Set(['a', 'b', 'c']))
  })
})

/** Which attempts a kill left behind, and when they were taken up. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { resumptions, workerNames, type Attempt } from './attempts.js'

const kill = { pid: 7, at: 1_000 }
const names = new Map([[7, 'dead']])
const attempt = (row: Partial<Attempt>): Attempt => ({
  workId: 'one',
  attempt: 1,
  worker: 'dead',
  started: 900,
  ended: null,
  ...row,
})

describe('what a kill left behind', () => {
  it.each([
    {
      what: 'is resumed by the attempt after it',
      attempts: [attempt({}), attempt({ attempt: 2, worker: 'other', started: 7_500 })],
      seen: [{ workId: 'one', milliseconds: 6_500 }],
    },
    {
      what: 'is never resumed where no attempt comes after it',
      attempts: [attempt({}), attempt({ workId: 'two', attempt: 2, started: 7_500, ended: 7_600 })],
      seen: [{ workId: 'one', milliseconds: Infinity }],
    },
    { what: 'is not what had ended', attempts: [attempt({ ended: 950 })], seen: [] },
    { what: "is not another's", attempts: [attempt({ worker: 'other' })], seen: [] },
  ])('$what', ({ attempts, seen }) => {
    expect(resumptions([kill], names, attempts)).toEqual(seen)
  })
})

describe('the log of workers', () => {
  it('names those that were ready, and passes over what is no line or half of one', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'log-')), '0.stderr')
    const ready = (pid: number, worker: string): string =>
      JSON.stringify({ pid, worker, msg: 'worker-ready' })
    const lines = [
      'queue on redis',
      ready(7, 'a'),
      '{"pid":8,"msg":"jobs-lost"}',
      ready(9, 'b'),
      '{"pid":10,"m',
    ]
    writeFileSync(file, lines.join('\n'))
    expect(workerNames([file, '0.stdout'])).toEqual(
      new Map([
        [7, 'a'],
        [9, 'b'],
      ]),
    )
  })
})

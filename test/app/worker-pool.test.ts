/** The pool when workers die: replaced, their notes tried again, and at last recorded as failed. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Chunk } from '../../src/app/batch/chunk.js'
import { createWorkerPool, type WorkerPool } from '../../src/app/batch/worker-pool.js'
import type { WorkerStart } from '../../src/app/batch/worker-messages.js'

function chunkOf(sequence: number, ...texts: readonly string[]): Chunk {
  const bytes = new Uint8Array(Buffer.from(texts.join(''), 'utf8'))
  let at = 0
  const units = texts.map((text, i) => {
    const start = at
    at += text.length
    return { source: 'notes.ndjson', kind: 'json' as const, line: i + 1, start, end: at }
  })
  return { sequence, bytes, units }
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

describe('the worker pool', () => {
  const deaths: string[] = []
  let pool: WorkerPool | undefined
  const open = (jobs: number, task: object = {}): WorkerPool => {
    deaths.length = 0
    const mark = path.join(mkdtempSync(path.join(tmpdir(), 'chartcode-pool-')), 'mark')
    pool = createWorkerPool({
      file: path.join(import.meta.dirname, 'dying-worker.mjs'),
      jobs,
      start: { fiscalYears: [2026], format: 'ndjson', task: { mark, ...task } } as unknown as WorkerStart,
      memoryOf: () => Promise.reject(new Error('not asked for')),
      onDeath: reason => deaths.push(reason),
    })
    return pool
  }
  afterEach(() => pool?.close())

  it('codes more chunks than it has workers', async () => {
    const { code } = open(2)
    const outcomes = await Promise.all([0, 1, 2, 3, 4].map(i => code(chunkOf(i, 'a'.repeat(i), 'b'))))
    expect(outcomes.map(({ results }) => textOf(results))).toEqual([
      '0\n1\n',
      '1\n1\n',
      '2\n1\n',
      '3\n1\n',
      '4\n1\n',
    ])
    expect(deaths).toEqual([])
  })

  it.each([
    ['throws', 'die', 'a worker thread stopped (TypeError)'],
    ['ends', 'exit', 'a worker thread stopped (exit code 7)'],
  ])(
    'records the one note of a chunk on which a worker %s, and codes the others',
    async (_, note, reason) => {
      const { code } = open(1)
      const { results, errors, counts } = await code(chunkOf(0, 'one', note, 'three'))
      expect(textOf(results)).toBe('3\n5\n')
      expect(JSON.parse(textOf(errors))).toEqual({
        source: 'notes.ndjson',
        line: 2,
        error: { code: 'worker-failed', message: 'a worker thread stopped on this note, twice' },
      })
      expect(counts).toEqual({ read: 3, coded: 2, nothingCodeable: 0, duplicate: 0, failed: 1 })
      expect(deaths).toEqual([reason, reason])
      expect(textOf((await code(chunkOf(1, 'next'))).results)).toBe('4\n')
    },
  )

  it('codes a note after all that cost a worker once', async () => {
    const { errors, counts } = await open(1).code(chunkOf(0, 'a', 'once'))
    expect(textOf(errors)).toBe('')
    expect(counts).toMatchObject({ read: 2, failed: 0 })
    expect(deaths).toHaveLength(1)
  })

  it('goes on with the other workers meanwhile', async () => {
    const { code } = open(2)
    const outcomes = await Promise.all([
      code(chunkOf(0, 'die')),
      code(chunkOf(1, 'b')),
      code(chunkOf(2, 'c')),
    ])
    expect(outcomes.map(({ counts }) => counts.failed)).toEqual([1, 0, 0])
  })

  it('gives up where no worker starts', async () => {
    await expect(open(2, { failsToStart: true }).code(chunkOf(0, 'a'))).rejects.toThrow(
      /a worker thread did not start \(Error\)/,
    )
  })
})

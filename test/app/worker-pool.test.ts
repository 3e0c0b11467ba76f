/** The pool when workers die: replaced, their notes tried again, and at last recorded as failed. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Chunk } from '../../src/app/coding/chunk.js'
import type { ChunkOutcome } from '../../src/app/coding/outcome.js'
import { createWorkerPool, type WorkerPool } from '../../src/app/coding/worker-pool.js'
import type { WorkerStart } from '../../src/app/coding/worker-messages.js'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'

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
  const open = (jobs: number, task: object = {}): { code: (chunk: Chunk) => Promise<ChunkOutcome> } => {
    deaths.length = 0
    const mark = path.join(mkdtempSync(path.join(tmpdir(), 'chartcode-pool-')), 'mark')
    pool = createWorkerPool({
      file: path.join(import.meta.dirname, 'dying-worker.mjs'),
      jobs,
      start: { fiscalYears: [2026], mark, ...task } as unknown as WorkerStart,
      limits: { deadline: 1500, heap: 32 },
      memoryOf: () => Promise.reject(new Error('not asked for')),
      onDeath: reason => deaths.push(reason),
    })
    const opened = pool
    return { code: chunk => opened.code(chunk, { format: 'ndjson', task: { options: DEFAULT_OPTIONS } }) }
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
    ['throws', 'die', 'worker-failed', 'TypeError'],
    ['ends', 'exit', 'worker-failed', 'exit code 7'],
    ['never answers', 'loop', 'note-deadline', 'deadline'],
    ['has no memory left', 'heap', 'note-memory', 'ERR_WORKER_OUT_OF_MEMORY'],
  ])(
    'refuses the one note of a chunk on which a worker %s, and codes the others',
    async (_, note, code, why) => {
      const pool = open(1)
      const { results, errors, failures, quarantined } = await pool.code(chunkOf(0, 'one', note, 'three'))
      expect(textOf(results)).toBe('3\n5\n')
      expect(JSON.parse(textOf(errors))).toMatchObject({ source: 'notes.ndjson', line: 2, error: { code } })
      expect(textOf(errors)).toContain('twice')
      expect(failures).toEqual({ [code]: 1 })
      expect(quarantined).toEqual([{ unit: 1, reason: code, attempts: 2 }])
      expect(deaths).toEqual([why, why])
      expect(textOf((await pool.code(chunkOf(1, 'next'))).results)).toBe('4\n')
    },
  )

  it('tells two bad notes of one chunk apart', async () => {
    const { results, quarantined } = await open(1).code(chunkOf(0, 'loop', 'a', 'die', 'bcd'))
    expect(textOf(results)).toBe('1\n3\n')
    expect(quarantined.map(({ unit, reason }) => [unit, reason])).toEqual([
      [0, 'note-deadline'],
      [2, 'worker-failed'],
    ])
  })

  it('codes a note after all that cost a worker once', async () => {
    const { errors, quarantined } = await open(1).code(chunkOf(0, 'a', 'once'))
    expect(textOf(errors)).toBe('')
    expect(quarantined).toEqual([])
    expect(deaths).toHaveLength(1)
  })

  it('goes on with the other workers meanwhile', async () => {
    const { code } = open(2)
    const outcomes = await Promise.all([
      code(chunkOf(0, 'die')),
      code(chunkOf(1, 'b')),
      code(chunkOf(2, 'c')),
    ])
    expect(outcomes.map(({ quarantined }) => quarantined.length)).toEqual([1, 0, 0])
  })

  it('gives up where no worker starts', async () => {
    await expect(open(2, { failsToStart: true }).code(chunkOf(0, 'a'))).rejects.toThrow(
      /a worker thread did not start \(Error\)/,
    )
  })
})

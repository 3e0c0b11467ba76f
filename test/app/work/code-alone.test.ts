/** Suspects in a process of their own: only the note on which that process dies is to blame. */
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { Chunk } from '../../../src/app/coding/chunk.js'
import { NOTE_STRIDE, WHAT, type ChunkOutcome } from '../../../src/app/coding/outcome.js'
import { NOTE_LIMITS } from '../../../src/app/coding/worker-pool.js'
import { createAlone } from '../../../src/app/work/code-alone.js'
import { DEFAULT_OPTIONS } from '../../../src/pipeline/options.js'

const job = { format: 'ndjson', task: { options: DEFAULT_OPTIONS } } as const

function chunkOf(...texts: readonly string[]): Chunk {
  let at = 0
  const units = texts.map((text, i) => {
    const start = at
    at += text.length
    return { source: 'notes.ndjson', kind: 'json' as const, line: i + 1, start, end: at }
  })
  return { sequence: 7, bytes: new Uint8Array(Buffer.from(texts.join(''))), units }
}

const linesOf = (bytes: Uint8Array): string[] => Buffer.from(bytes).toString().split('\n').slice(0, -1)
const whatOf = ({ notes }: ChunkOutcome): unknown[] =>
  [...notes].filter((_, at) => at % NOTE_STRIDE === 0 || at % NOTE_STRIDE === 3)

describe('coding alone', () => {
  const deaths: string[] = []
  let alone: ReturnType<typeof createAlone> | undefined
  const open = (dataDirectory = ''): ReturnType<typeof createAlone> => {
    deaths.length = 0
    const file = path.join(import.meta.dirname, 'dying-process.mjs')
    const onDeath = (why: string): void => void deaths.push(why)
    alone = createAlone({ file, dataDirectory, limits: NOTE_LIMITS, onDeath })
    return alone
  }
  afterEach(() => alone?.close())

  it.each(['die', 'exit'])(
    "refuses the note on which the process ends ('%s'), and no other",
    async poison => {
      const outcome = await open().code(chunkOf('first', poison, 'last'), job)
      const [first, last] = linesOf(outcome.results)
      expect(first).toMatch(/^first of \d+$/)
      expect(last).toMatch(/^last of \d+$/)
      // Another process took over.
      expect(last?.split(' ')[2]).not.toBe(first?.split(' ')[2])
      expect(whatOf(outcome)).toEqual([WHAT.coded, 0, WHAT.failed, 1, WHAT.coded, 2])
      expect(outcome.quarantined).toEqual([{ unit: 1, reason: 'process-died', attempts: 2 }])
      expect(outcome.failures).toEqual({ 'process-died': 1 })
      expect(JSON.parse(linesOf(outcome.errors)[0] ?? '')).toMatchObject({
        source: 'notes.ndjson',
        line: 2,
        error: { code: 'process-died' },
      })
      expect(deaths).toEqual(['a process of its own'])
    },
  )

  it('codes one suspect chunk after the other', async () => {
    const { code } = open()
    const outcomes = await Promise.all([code(chunkOf('a', 'b'), job), code(chunkOf('c'), job)])
    expect(outcomes.map(({ notes }) => notes.length / NOTE_STRIDE)).toEqual([2, 1])
    expect(deaths).toEqual([])
  })

  it('blames no note where the process does not start', async () => {
    const coded = open('broken').code(chunkOf('first'), job)
    await expect(coded).rejects.toMatchObject({ code: 'worker-failed' })
  })

  it('blames no note where the installation is broken, and goes on with the next chunk', async () => {
    const { code } = open()
    await expect(code(chunkOf('fail'), job)).rejects.toMatchObject({ code: 'worker-failed' })
    expect(linesOf((await code(chunkOf('next'), job)).results)).toHaveLength(1)
  })

  it('blames no note where the worker is stopped in the middle of it', async () => {
    const { code, close } = open()
    await code(chunkOf('first'), job)
    const coded = code(chunkOf('wait'), job)
    const refused = expect(coded).rejects.toMatchObject({ code: 'worker-failed' })
    await sleep(300)
    close()
    await refused
    expect(deaths).toEqual([])
  })
})

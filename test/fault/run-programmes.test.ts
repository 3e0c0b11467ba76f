/** The runner: what it writes, and what counts as failed. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadProgrammes } from './load-programmes.js'
import { figureAtMost, figureEqual, MissingPart, present, type Programme } from './programme.js'
import { runProgrammes } from './run-programmes.js'

const programme = (id: string, run: Programme['run']): Programme => ({ id, title: `what ${id} shows`, run })

const holding = programme('R3', async () => ({
  figures: [figureEqual('lost', 0, 0), figureAtMost('re-enqueued in', 4.2, 10, 's')],
}))
const losing = programme('R1', async () => ({ figures: [figureEqual('lost', 3, 0)] }))
const missing = programme('R2', async () => {
  present(null, 'redis-server')
  return { figures: [] }
})
const throwing = programme('R4', () => Promise.reject(new TypeError('a mistake of the programme')))
const empty = programme('R5', async () => ({ figures: [] }))

async function run(
  programmes: readonly Programme[],
  skipsMissing = false,
): Promise<{ readonly isGood: boolean; readonly lines: readonly string[]; readonly told: string }> {
  const [lines, told]: [string[], string[]] = [[], []]
  const isGood = await runProgrammes(programmes, {
    seed: 123,
    isFull: false,
    skipsMissing,
    report: line => lines.push(line),
    tell: line => told.push(line),
  })
  return { isGood, lines, told: told.join('\n') }
}

describe('a run of programmes', () => {
  it('writes figures, goals, seed and verdict on one line', async () => {
    expect(await run([holding])).toMatchObject({
      isGood: true,
      lines: ['R3  lost 0, re-enqueued in 4.2 s (goal ≤ 10 s)  seed 123  PASS'],
    })
  })

  it.each([
    { title: 'a figure that misses its goal', one: losing, line: 'R1  lost 3 (goal 0)  seed 123  FAIL' },
    { title: 'no figures', one: empty, line: 'R5  no figures  seed 123  FAIL' },
    { title: 'a throw', one: throwing, line: 'R4  did not come to its end  seed 123  FAIL' },
    {
      title: 'a missing part',
      one: missing,
      line: 'R2  cannot run: redis-server is not installed  seed 123  MISSING',
    },
  ])('$title fails the run, and the next programme still runs', async ({ one, line }) => {
    const { isGood, lines } = await run([one, holding])
    expect(isGood).toBe(false)
    expect(lines[0]).toBe(line)
    expect(lines[1]).toContain('PASS')
  })

  it('lets a missing part pass where that is asked for, and nothing else', async () => {
    expect((await run([missing], true)).isGood).toBe(true)
    expect((await run([missing, losing], true)).isGood).toBe(false)
  })

  it('tells how a failure is seen again', async () => {
    expect((await run([losing])).told).toContain('npm run fault -- R1 --seed 123')
  })

  it('gives a programme an empty directory, which stays only where it failed', async () => {
    const directories: string[] = []
    const leaving = (lost: number): Programme =>
      programme('R6', async ({ directory }) => {
        directories.push(directory)
        writeFileSync(path.join(directory, 'trace'), 'what happened')
        return { figures: [figureEqual('lost', lost, 0)] }
      })
    const { told } = await run([leaving(0), leaving(1)])
    expect(directories.map(existsSync)).toEqual([false, true])
    expect(told).toContain(directories[1])
  })

  it('draws the same for a programme whatever ran before it', async () => {
    const draws: number[] = []
    const drawing = programme('R7', async ({ random }) => {
      draws.push(random.next())
      return { figures: [] }
    })
    await run([drawing, holding, drawing])
    expect(draws[0]).toBe(draws[1])
  })
})

describe('the registry', () => {
  it('holds every programme by its id, by letter and in the order of the numbers', async () => {
    const programmes = await loadProgrammes(path.join(import.meta.dirname, 'programmes'))
    const ids = programmes.map(({ id }) => id)
    expect(ids).toContain('R19')
    expect(new Set(ids).size).toBe(ids.length)
    const letters = ids.map(id => id.slice(0, 1))
    expect(letters).toEqual([...letters].sort())
    for (const letter of new Set(letters)) {
      const numbers = ids.filter(id => id.startsWith(letter)).map(id => Number(id.slice(1)))
      expect(numbers).toEqual([...numbers].sort((one, other) => one - other))
    }
  })

  it('refuses a file whose name is not that of its programme', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'programmes-'))
    writeFileSync(path.join(directory, 'r9-other.ts'), "export const programme = { id: 'R8' }")
    await expect(loadProgrammes(directory)).rejects.toThrow('r9-other.ts does not export')
  })
})

describe('a figure', () => {
  it.each([
    { figure: figureAtMost('x', 9.99634, 10, 's'), value: '9.996 s', goal: '≤ 10 s', holds: true },
    { figure: figureAtMost('x', 10.04, 10), value: '10.04', goal: '≤ 10', holds: false },
    { figure: figureEqual('x', 20_000, 20_000), value: '20000', goal: '20000', holds: true },
    { figure: figureEqual('x', 19_999, 20_000), value: '19999', goal: '20000', holds: false },
  ])('$value against $goal', ({ figure, value, goal, holds }) => {
    expect(figure).toEqual({ name: 'x', value, goal, holds })
  })

  it('of what is missing names it', () => {
    expect(() => present(null, 'postgres')).toThrow(MissingPart)
    expect(present('a server', 'postgres')).toBe('a server')
  })
})

describe('npm run fault', () => {
  const fault = (
    ...args: readonly string[]
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string } => {
    const main = path.join(import.meta.dirname, 'main.ts')
    return spawnSync(process.execPath, ['--import', 'tsx', main, ...args], { encoding: 'utf8' })
  }

  it('names the programmes', () => {
    expect(fault('--list')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^R19 simulated/m) as string,
    })
  })

  it.each([
    { args: ['R99'], why: 'no such programme: R99' },
    { args: ['R19', '--seed', 'x'], why: '--seed is a whole number' },
    { args: ['--fast'], why: '--fast' },
  ])('refuses $args', ({ args, why }) => {
    const { status, stdout, stderr } = fault(...args)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain(why)
  })
})

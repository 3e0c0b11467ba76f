/** What each kind of poison does to the process that works on it; each in a process of its own. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { POISON_KINDS, poisoned, poisonOf, type PoisonKind } from './poison.js'

const NOTE = 'Seen for a cough of three days. Lungs clear.'
const entry = path.join(import.meta.dirname, 'entries', 'detonating.ts')
/** Whatever ends, ends within it on a busy machine. */
const PATIENCE_MS = 30_000
/** For what is not to end: one second is enough to see that. */
const STUCK: readonly (PoisonKind | null)[] = ['endless-loop', 'regex-bomb']

interface Ending {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
  /** It was still at it and had to be killed. */
  readonly isStuck: boolean
}

function detonateInProcess(text: string): Promise<Ending> {
  const args = ['--max-old-space-size=48', '--import', 'tsx', entry, text]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr, isStuck] = ['', '', false]
  const patience = STUCK.includes(poisonOf(text)) ? 1_000 : PATIENCE_MS
  // The clock runs from the moment the poison is lit, not from the start of the process.
  child.stdout.on('data', (chunk: Buffer) => {
    if (stdout === '')
      setTimeout(() => {
        isStuck = child.kill('SIGKILL')
      }, patience).unref()
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise(resolve => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr, isStuck })
    })
  })
}

const EXPECTED: Readonly<Record<PoisonKind, Partial<Ending>>> = {
  'endless-loop': { isStuck: true, stdout: 'lit ' },
  'heap-bomb': { stdout: 'lit ', stderr: expect.stringContaining('heap out of memory') as string },
  'regex-bomb': { isStuck: true, stdout: 'lit ' },
  'process-exit': { code: 0, stdout: 'lit ', isStuck: false },
  'kill-self': { signal: 'SIGKILL', stdout: 'lit ', isStuck: false },
  throw: { code: 1, stdout: 'lit ', stderr: expect.stringContaining('TypeError: a poisoned note') as string },
  'circular-result': {
    code: 1,
    stdout: 'lit ',
    stderr: expect.stringContaining('circular structure') as string,
  },
}

describe('poison', () => {
  it.concurrent.each(POISON_KINDS)('%s ends its process as it says', async kind => {
    expect(await detonateInProcess(poisoned(kind, NOTE))).toMatchObject(EXPECTED[kind])
  })

  it.concurrent('an ordinary note is harmless', async () => {
    expect(await detonateInProcess(NOTE)).toMatchObject({ code: 0, stdout: 'lit harmless' })
  })

  it.each(POISON_KINDS)('%s is known by its marker, and the note is still around it', kind => {
    const text = poisoned(kind, NOTE)
    expect(poisonOf(text)).toBe(kind)
    expect(text.replace(/\[\[.*\]\]/, '')).toBe(NOTE)
  })

  it('a marker of no known kind is no poison', () => {
    expect(poisonOf('Seen. [[poison:spoon]]')).toBeNull()
  })
})

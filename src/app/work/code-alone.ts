/**
 * Suspects in a process of their own: the notes of a chunk one after another, and the one on which the process
 * dies is refused with `process-died`. Nothing else runs there, so nothing else dies with it. One suspect
 * chunk at a time.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { rejectOf } from '../../intake/note-record.js'
import { ChartcodeError } from '../../model/errors.js'
import { errorLine, splitChunk, type Chunk } from '../coding/chunk.js'
import type { CodingJob } from '../coding/code-chunk.js'
import { ATTEMPTS, joinOutcomes, WHAT, type ChunkOutcome } from '../coding/outcome.js'
import type { NoteLimits } from '../coding/worker-slot.js'
import type { CodeWork } from './code-work.js'

export interface AloneRequest {
  /** Script of the process. */
  readonly file: string
  readonly dataDirectory: string
  readonly limits: NoteLimits
  readonly onDeath: (why: string) => void
}

/** To the process: once how to start, then one note at a time. */
export type ToAlone =
  | { readonly type: 'start'; readonly dataDirectory: string; readonly limits: NoteLimits }
  | { readonly type: 'chunk'; readonly chunk: Chunk; readonly job: CodingJob }

export type FromAlone =
  /** It has started: what it dies of from now on is the note. */
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly outcome: ChunkOutcome }
  /** A fault of the installation, not of the note. */
  | { readonly type: 'failed'; readonly message: string }

/** Suspects come together: one that died had several in hand. A process that waits costs less than a start. */
const IDLE_MS = 10_000

export function createAlone(request: AloneRequest): { readonly code: CodeWork; readonly close: () => void } {
  const { dataDirectory, limits } = request
  let child: ChildProcess | undefined
  let idle: NodeJS.Timeout | undefined
  let isClosed = false
  let turn: Promise<unknown> = Promise.resolve()
  const started = async (): Promise<ChildProcess> => {
    if (isAlive(child)) return child
    child = startProcess(request)
    const answer = await ask(child, { type: 'start', dataDirectory, limits })
    if (answer === null) throw new ChartcodeError('worker-failed', 'a process of its own did not start')
    return child
  }
  const codeUnit = async (chunk: Chunk, job: CodingJob): Promise<ChunkOutcome> => {
    const answer = await ask(await started(), { type: 'chunk', chunk, job })
    if (answer !== null) return answer
    // It was killed from here, and no note is to blame.
    if (isClosed) throw new ChartcodeError('worker-failed', 'the worker was stopped')
    request.onDeath('a process of its own')
    return refused(chunk)
  }
  const codeAll = async (chunk: Chunk, job: CodingJob): Promise<ChunkOutcome> => {
    const outcomes: ChunkOutcome[] = []
    clearTimeout(idle)
    for (const single of splitChunk(chunk)) outcomes.push(await codeUnit(single, job))
    idle = setTimeout(() => child?.kill(), IDLE_MS).unref()
    return joinOutcomes(outcomes)
  }
  return {
    code: (chunk, job) => {
      const coded = turn.then(() => codeAll(chunk, job))
      turn = coded.catch(() => undefined)
      return coded
    },
    close: () => {
      isClosed = true
      child?.kill('SIGKILL')
    },
  }
}

function isAlive(child: ChildProcess | undefined): child is ChildProcess {
  return child?.connected === true && child.exitCode === null && child.signalCode === null && !child.killed
}

function startProcess({ file }: AloneRequest): ChildProcess {
  const child = fork(file, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  child.on('error', () => undefined)
  return child
}

function ask(child: ChildProcess, message: Extract<ToAlone, { type: 'start' }>): Promise<'ready' | null>
function ask(child: ChildProcess, message: Extract<ToAlone, { type: 'chunk' }>): Promise<ChunkOutcome | null>
/** Null: the process died of it. */
function ask(child: ChildProcess, message: ToAlone): Promise<ChunkOutcome | 'ready' | null> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      child.off('message', onMessage)
      child.off('exit', onExit)
    }
    const onExit = (): void => {
      settle()
      resolve(null)
    }
    const onMessage = (answer: FromAlone): void => {
      settle()
      if (answer.type === 'done') resolve(answer.outcome)
      else if (answer.type === 'ready') resolve(answer.type)
      else reject(new ChartcodeError('worker-failed', answer.message))
    }
    child.on('message', onMessage)
    child.on('exit', onExit)
    child.send(message, error => {
      if (error === null) return
      settle()
      resolve(null)
    })
  })
}

function refused({ units }: Chunk): ChunkOutcome {
  const { source = '', line = 1, id } = units[0] ?? {}
  const reject = rejectOf(line, 'process-died', 'a process died on this note when it was alone with it', id)
  const errors = Buffer.from(errorLine(source, reject), 'utf8')
  return {
    results: new Uint8Array(0),
    errors,
    notes: Uint32Array.from([WHAT.failed, errors.length, line, 0, 0, 0, 0, 0]),
    failures: { 'process-died': 1 },
    used: [],
    quarantined: [{ unit: 0, reason: 'process-died', attempts: ATTEMPTS }],
  }
}

/**
 * Where the scenarios play: an installation whose servers and programs are watched on every channel, and what
 * a scenario may do there. What a program prints is looked through by what it is: results are the one place
 * where notes belong.
 */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Installation } from '../installation.js'
import { freePort } from '../../servers/redis.js'
import type { Channel, Evidence } from './evidence.js'
import { readAnswer } from './scan-answer.js'
import { captureMonitor, scanRedis } from './scan-redis.js'
import { startProgram, type Ended, type RunningProgram } from './watched-program.js'

export interface RunOptions {
  /** What is printed on standard output; results are not looked through. */
  readonly stdout?: Channel | 'results'
  readonly stderr?: Channel
  readonly input?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  readonly redirect?: string
  /** The canary stands on the command line itself, put there by the one who asks. */
  readonly isAsking?: boolean
}

export interface StagedWorker extends RunningProgram {
  readonly port: number
}

export interface Stage extends Pick<Installation, 'redis' | 'postgres' | 'backends'> {
  readonly run: (words: readonly string[], options?: RunOptions) => Promise<Ended>
  readonly start: (words: readonly string[], options?: RunOptions) => RunningProgram
  /** A worker with a health port, which answers already. */
  readonly startWorker: (words?: readonly string[]) => Promise<StagedWorker>
  readonly ask: (worker: StagedWorker, address: string) => Promise<number>
  /** Writes an input of the scenario and answers its path. */
  readonly file: (name: string, content: string | Uint8Array) => string
  /** A directory for results of the scenario; what stands there in the end is looked through. */
  readonly out: (name: string) => string
  readonly restartRedis: () => Promise<void>
  /** A scenario that did not do what it says proves nothing. */
  readonly expect: (what: string, isSo: boolean) => void
}

export interface StageRequest {
  readonly installation: Installation
  readonly evidence: Evidence
  readonly directory: string
}

/** Answers what did not come out as it should. */
export async function playOn(
  { installation, evidence, directory }: StageRequest,
  play: (stage: Stage) => Promise<void>,
): Promise<readonly string[]> {
  const [inputs, temporary] = [path.join(directory, 'in'), path.join(directory, 'tmp')]
  for (const made of [inputs, temporary]) mkdirSync(made, { recursive: true })
  const { redis, postgres, backends } = installation
  const running = new Set<RunningProgram>()
  const outs: string[] = []
  const surprises: string[] = []
  const monitors = [await captureMonitor(redis.url)]
  const start: Stage['start'] = (words, options = {}) => {
    const env = { ...installation.env, TMPDIR: temporary, ...options.env }
    const { input, redirect, isAsking = false } = options
    const onLook = isAsking ? () => {} : evidence.processes
    const program = startProgram({ words, env, cwd: directory, input, redirect, onLook })
    running.add(program)
    const ended = program.ended.then(end => {
      running.delete(program)
      const { stdout = 'stdout without results', stderr = 'stderr' } = options
      const place = `chartcode ${words[0]}`
      if (stdout !== 'results') evidence.bytes(stdout, place, end.out)
      evidence.bytes(stderr, place, end.err)
      return end
    })
    return { ...program, ended }
  }
  const stage: Stage = {
    redis,
    postgres,
    backends,
    start,
    run: (words, options) => start(words, options).ended,
    startWorker: async (words = []) => {
      const port = await freePort()
      const all = ['worker', '--jobs', '1', '--health-port', String(port), ...words]
      const worker = { ...start(all, { stderr: 'logs' }), port }
      if (!(await answersSoon(port))) surprises.push('a worker did not start')
      return worker
    },
    ask: async ({ port }, address) => {
      const response = await fetch(`http://127.0.0.1:${port}${address}`)
      const answer = await readAnswer(response)
      // What was asked is ours; what counts is what was answered.
      evidence.answer(address === '/metrics' ? 'metrics' : 'health', { ...answer, url: '' })
      return response.status
    },
    file: (name, content) => {
      const file = path.join(inputs, name)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, content)
      return file
    },
    out: name => {
      const out = path.join(directory, name)
      outs.push(out)
      return out
    },
    restartRedis: async () => {
      await redis.restart()
      monitors.push(await captureMonitor(redis.url))
    },
    expect: (what, isSo) => {
      if (!isSo) surprises.push(what)
    },
  }
  try {
    await play(stage)
  } finally {
    for (const { kill } of running) kill('SIGKILL')
    await Promise.all([...running].map(({ ended }) => ended))
  }
  for (const monitor of monitors) evidence.bytes('commands to Redis', 'MONITOR', await monitor.stop())
  const { hits, keys, notAnswered } = await scanRedis(evidence.scanner, redis.url)
  evidence.found('Redis', hits, keys)
  if (notAnswered.length > 0) surprises.push(`Redis did not answer ${notAnswered.join(', ')}`)
  await redis.cli('SLOWLOG', 'RESET')
  evidence.files('temporary files', [temporary], 1)
  for (const out of outs) lookThrough(out, evidence)
  return surprises
}

/** Parts and the spool of a batch hold notes until it is put together; results, evidence of notes. */
const FILES: readonly (readonly [name: RegExp, channel: Channel | null])[] = [
  [/^results\.\w+$|^spool\.bin$|^parts$/, null],
  [/^(errors|duplicates)\.ndjson$/, 'error records'],
  [/^/, 'checkpoints'],
]

function lookThrough(out: string, evidence: Evidence): void {
  if (!existsSync(out)) return
  for (const name of readdirSync(out)) {
    const file = path.join(out, name)
    // Every night of `nightly` has a directory of its own.
    if (/^\d{4}-\d\d-\d\d$/.test(name)) lookThrough(file, evidence)
    else {
      const [, channel] = FILES.find(([pattern]) => pattern.test(name)) ?? []
      if (channel != null) evidence.files(channel, [file], statSync(file).size)
    }
  }
}

const STARTS_WITHIN_MS = 20_000

async function answersSoon(port: number): Promise<boolean> {
  const end = performance.now() + STARTS_WITHIN_MS
  while (performance.now() < end) {
    const isThere = await fetch(`http://127.0.0.1:${port}/health/live`).then(
      ({ status }) => status === 200,
      () => false,
    )
    if (isThere) return true
    await sleep(50)
  }
  return false
}

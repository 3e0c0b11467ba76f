/** A process of the program, with the memory that it had from second to second and the processor time it took. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { PACKAGE_ROOT } from '../../src/app/package-root.js'

const PROGRAM = path.join(PACKAGE_ROOT, 'dist', 'cli', 'main.js')
const SAMPLE_MS = 1000
/** Of /proc/PID/stat: `sysconf(_SC_CLK_TCK)` on every Linux that Node runs on. */
const TICKS_A_SECOND = 100

export interface Watched {
  readonly pid: number
  readonly ended: Promise<Ended>
  readonly kill: (signal: NodeJS.Signals) => void
}

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly seconds: number
  /** User and system, in seconds, at the last sample. */
  readonly cpu: number
  /** Megabytes, one a second. */
  readonly memory: readonly number[]
}

export function startWatched(words: readonly string[], env: NodeJS.ProcessEnv): Watched {
  const started = performance.now()
  const child = spawn(process.execPath, [PROGRAM, ...words], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const memory: number[] = []
  let cpu = 0
  let out = ''
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString('utf8')))
  const pid = child.pid as number
  const timer = setInterval(() => {
    const usage = usageOf(pid)
    if (usage === null) return
    memory.push(usage.memory)
    cpu = usage.cpu
  }, SAMPLE_MS)
  return {
    pid,
    kill: signal => child.kill(signal),
    ended: new Promise(resolve => {
      child.on('exit', code => {
        clearInterval(timer)
        resolve({ code, out, seconds: (performance.now() - started) / 1000, cpu, memory })
      })
    }),
  }
}

/** Null where the process is gone. */
export function usageOf(pid: number): { readonly memory: number; readonly cpu: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0'
    return {
      memory: Number(kilobytes) / 1024,
      cpu: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND,
    }
  } catch {
    return null
  }
}

/** How much the memory of a run changes once it is warm: the largest over the smallest of the last two thirds, less one. */
export function growth(memory: readonly number[]): number {
  const warm = smooth(memory.slice(Math.floor(memory.length / 3)))
  return warm.length === 0 ? 0 : Math.max(...warm) / Math.min(...warm) - 1
}

/** Medians of ten seconds: garbage comes and goes. */
function smooth(memory: readonly number[]): number[] {
  const width = Math.min(10, memory.length)
  return Array.from({ length: Math.max(0, memory.length - width + 1) }, (_, at) => {
    const sorted = memory.slice(at, at + width).sort((one, other) => one - other)
    return sorted[Math.floor(width / 2)] as number
  })
}

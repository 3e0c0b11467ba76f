/** The built program as a child whose place in the process table is looked at as long as it runs. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

const PROGRAM = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'cli', 'main.js')
const LOOK_MS = 50

export interface ProgramRequest {
  readonly words: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly input?: string | Uint8Array | undefined
  /** Where standard output goes instead, as a shell does it. */
  readonly redirect?: string | undefined
  /** Told the pids of the program and of its children, again and again. */
  readonly onLook: (pids: readonly number[]) => void
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: Buffer
  readonly err: Buffer
}

export interface RunningProgram {
  readonly pid: number
  readonly kill: (signal: NodeJS.Signals) => void
  /** Standard error so far. */
  readonly log: () => string
  readonly ended: Promise<Ended>
}

export function startProgram(request: ProgramRequest): RunningProgram {
  const { words, env, cwd, input = '', redirect, onLook } = request
  const command = [process.execPath, PROGRAM, ...words]
  const shell = ['sh', '-c', `exec "$@" > ${redirect ?? ''}`, 'sh']
  const [file = '', ...args] = redirect === undefined ? command : [...shell, ...command]
  const child = spawn(file, args, { env, cwd })
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (piece: Buffer) => out.push(piece))
  child.stderr.on('data', (piece: Buffer) => err.push(piece))
  // It may end before it has read all.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const pid = child.pid ?? 0
  const look = (): void => {
    onLook([pid, ...childrenOf(pid)])
  }
  const timer = setInterval(look, LOOK_MS)
  look()
  return {
    pid,
    kill: signal => void child.kill(signal),
    log: () => Buffer.concat(err).toString(),
    ended: new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => {
        clearInterval(timer)
        resolve({ code, signal, out: Buffer.concat(out), err: Buffer.concat(err) })
      })
    }),
  }
}

function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    return children.split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

/** The logs of workers, read back: JSON lines of pino by process and code, and what is no such line. */
import { existsSync, readFileSync } from 'node:fs'

export interface LogLine {
  readonly pid: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly code: string
  /** How many of its code were left out before it, or happened in its second. */
  readonly counter: number
}

export interface LogRead {
  readonly lines: readonly LogLine[]
  /** Lines of something else: a stack trace, a warning of a library. */
  readonly foreign: number
}

export function readLogs(files: readonly string[]): LogRead {
  const texts = files.filter(file => existsSync(file)).map(file => readFileSync(file, 'utf8'))
  const all = texts.flatMap(text => text.split('\n').filter(line => line !== ''))
  const lines = all.flatMap(readLine)
  return { lines, foreign: all.length - lines.length }
}

function readLine(text: string): LogLine[] {
  if (!text.startsWith('{')) return []
  const { pid, time, msg, omitted = 0, times = 0 } = JSON.parse(text) as Record<string, number | string>
  const counter = Math.max(Number(omitted), Number(times))
  return [{ pid: Number(pid), at: Date.parse(String(time)), code: String(msg), counter }]
}

export function timesOf(code: string, { lines }: LogRead): number {
  return lines.filter(line => line.code === code).length
}

/** The most lines that one process wrote of one code within so many milliseconds. */
export function densest({ lines }: LogRead, withinMs: number): number {
  const groups = new Map<string, number[]>()
  for (const { pid, code, at } of lines) {
    const times = groups.get(`${pid} ${code}`) ?? []
    groups.set(`${pid} ${code}`, [...times, at])
  }
  let most = 0
  for (const times of groups.values())
    times.forEach((from, start) => {
      const count = times.slice(start).filter(at => at - from < withinMs).length
      most = Math.max(most, count)
    })
  return most
}

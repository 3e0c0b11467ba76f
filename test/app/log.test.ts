/** The log: a line a second for each code, and how many were left out. */
import { beforeEach, describe, expect, it } from 'vitest'
import { limitedLog, type EventFields, type Log } from '../../src/app/log.js'

let now = 0
let lines: string[] = []
let log: Log

beforeEach(() => {
  ;[now, lines] = [5_000, []]
  const write =
    (severity: string) =>
    (fields: EventFields, code: string): void =>
      void lines.push(`${severity} ${code} ${JSON.stringify(fields)}`)
  const logger = { info: write('info'), warn: write('warn'), error: write('error') }
  log = limitedLog(logger as unknown as Parameters<typeof limitedLog>[0], () => now)
})

describe('the log', () => {
  it('writes what happens once', () => {
    log.info('batch-finished', { batchId: 'b', read: 3 })
    expect(lines).toEqual(['info batch-finished {"batchId":"b","read":3}'])
  })

  it('writes a code once a second, and then how many lines it left out', () => {
    for (let at = 0; at < 1_000; at++) log.warn('round-failed', { error: `e${at}` })
    now += 999
    log.warn('round-failed', { error: 'still' })
    expect(lines).toEqual(['warn round-failed {"error":"e0"}'])
    now += 1
    log.warn('round-failed', { error: 'again' })
    expect(lines).toEqual([
      'warn round-failed {"error":"e0"}',
      'warn round-failed {"error":"again","omitted":1000}',
    ])
    now += 1_000
    log.warn('round-failed')
    expect(lines.at(-1)).toBe('warn round-failed {}')
  })

  it('lets a flood of one code hide no other', () => {
    for (let at = 0; at < 100; at++) log.warn('work-failed')
    log.error('night-failed')
    expect(lines).toEqual(['warn work-failed {}', 'error night-failed {}'])
  })

  it('writes at most one line a second and code in a minute of faults', () => {
    for (let at = 0; at < 60_000; at += 5, now += 5) log.warn('queue-error')
    expect(lines).toHaveLength(60)
    const omitted = lines.map(
      line => (JSON.parse(line.split(' ')[2] ?? '{}') as { omitted?: number }).omitted ?? 0,
    )
    expect(omitted.reduce((sum, one) => sum + one, 0) + lines.length).toBeGreaterThan(60_000 / 5 - 200)
  })
})

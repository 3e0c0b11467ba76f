/** A process that dies at a named point, watched from outside. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { crashFromEnvironment } from './crash.js'

const entry = path.join(import.meta.dirname, 'entries', 'crashing.ts')

function run(point: string): { readonly signal: string | null; readonly written: string } {
  const options = { env: { ...process.env, CRASH_AT: point }, encoding: 'utf8' as const }
  const { signal, stdout } = spawnSync(process.execPath, ['--import', 'tsx', entry], options)
  return { signal, written: stdout.trim().replaceAll('\n', ' ') }
}

describe('a crash point', () => {
  it.each([
    { point: 'write:2', signal: 'SIGKILL', written: 'read write read' },
    { point: 'write', signal: 'SIGKILL', written: 'read' },
    { point: '', signal: null, written: 'read write read write read write end' },
  ])("CRASH_AT='$point' leaves '$written' behind", ({ point, signal, written }) => {
    expect(run(point)).toEqual({ signal, written })
  })

  it.each(['write:0', 'write:x', 'write:'])('%s is refused', point => {
    expect(() => crashFromEnvironment({ CRASH_AT: point })).toThrow(RangeError)
  })
})

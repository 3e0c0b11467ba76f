/** Processes that are kept running, killed, stopped and taken along. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isRunning, startProcesses, withProcesses, type Supervisor } from './supervisor.js'

const directory = (): string => mkdtempSync(path.join(tmpdir(), 'supervisor-'))
const sleeper = { file: 'sh', args: ['-c', 'echo here; echo there >&2; exec sleep 600'] }

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 20_000
  while (!holds()) {
    if (performance.now() > end) throw new RangeError('did not come to pass within 20 s')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

const allRun = (supervisor: Supervisor): boolean => supervisor.pids().every(pid => pid !== null)

describe('the supervisor', () => {
  it('starts a killed process again in its slot, and leaves the others alone', async () => {
    const request = { count: 3, command: () => sleeper, directory: directory(), restartMs: 10 }
    await withProcesses(request, async supervisor => {
      const before = supervisor.pids()
      expect(supervisor.signal(1, 'SIGKILL')).toBe(true)
      await until(() => supervisor.starts() === 4 && allRun(supervisor))
      const after = supervisor.pids()
      expect([after[0], after[2]]).toEqual([before[0], before[2]])
      expect(after[1]).not.toBe(before[1])
      expect(supervisor.ends()).toMatchObject([{ slot: 1, pid: before[1], signal: 'SIGKILL', code: null }])
    })
  })

  it('keeps what all lives of a slot printed', async () => {
    const request = { count: 1, command: () => sleeper, directory: directory(), restartMs: 1 }
    await withProcesses(request, async supervisor => {
      const [stdout = '', stderr = ''] = supervisor.files
      await until(() => readFileSync(stderr, 'utf8') === 'there\n')
      supervisor.signal(0, 'SIGKILL')
      await until(() => readFileSync(stderr, 'utf8') === 'there\nthere\n')
      expect(readFileSync(stdout, 'utf8')).toBe('here\nhere\n')
    })
  })

  it('stops all in the end, also those that are stopped and those that a failed trial leaves', async () => {
    let pids: readonly (number | null)[] = []
    const request = { count: 2, command: () => sleeper, directory: directory() }
    const trial = withProcesses(request, supervisor => {
      pids = supervisor.pids()
      supervisor.signal(0, 'SIGSTOP')
      return Promise.reject(new TypeError('the trial failed'))
    })
    await expect(trial).rejects.toThrow('the trial failed')
    expect(pids.map(pid => isRunning(pid ?? 0))).toEqual([false, false])
  })

  it('says whether all heeded the signal to stop', async () => {
    const heedless = { file: 'sh', args: ['-c', 'trap "" TERM; echo here >&2; sleep 600 & wait; wait'] }
    const start = async (command: typeof sleeper): Promise<Supervisor> => {
      const supervisor = startProcesses({ count: 1, command: () => command, directory: directory() })
      await until(() => readFileSync(supervisor.files[1] ?? '', 'utf8') !== '')
      return supervisor
    }
    const [heeds, heedsNot] = await Promise.all([start(sleeper), start(heedless)])
    expect(await heeds.stop('SIGTERM')).toBe(true)
    expect(await heedsNot.stop('SIGTERM', 100)).toBe(false)
    expect(heeds.starts()).toBe(1)
  })

  it('does not give up on a program that does not exist', async () => {
    const missing = { file: 'no-such-program-of-chartcode', args: [] }
    const request = { count: 1, command: () => missing, directory: directory(), restartMs: 1 }
    await withProcesses(request, async supervisor => {
      await until(() => supervisor.starts() > 2)
      expect(supervisor.ends()[0]).not.toMatchObject({ code: 0 })
    })
  })

  it.runIf(process.platform === 'linux')('takes its processes along when it is killed itself', async () => {
    const entry = path.join(import.meta.dirname, 'entries', 'supervising.ts')
    const parent = spawn(process.execPath, ['--import', 'tsx', entry, directory()])
    try {
      const line = await new Promise<string>(resolve => {
        parent.stdout.once('data', (chunk: Buffer) => {
          resolve(chunk.toString())
        })
      })
      const pids = line.trim().split(' ').map(Number)
      expect(pids.map(isRunning)).toEqual([true, true])
      parent.kill('SIGKILL')
      await until(() => !pids.some(isRunning))
    } finally {
      parent.kill('SIGKILL')
    }
  })
})

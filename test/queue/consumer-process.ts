/** A consumer in a process of its own, which is there to be killed while it has a job. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const CHILD = fileURLToPath(new URL('consumer-child.ts', import.meta.url))

/** Resolves when the process has taken a job; kills it and tells the job's id. */
export async function takeJobAndDie(backend: string, address: string): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, backend, address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  try {
    const [taken] = (await Promise.race([once(child.stdout, 'data'), exit])) as [unknown]
    return String(taken).trim()
  } finally {
    child.kill('SIGKILL')
    await exit
  }
}

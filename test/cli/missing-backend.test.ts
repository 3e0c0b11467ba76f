/** A backend that is named and not there: every command says so and ends, whatever is still trying to connect. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { DIABETES, environment, file, isBuilt, ndjson, PROGRAM } from './run-program.js'

/** Nothing listens on the first port. */
const NOBODY = '127.0.0.1:1'
const PATIENCE_MS = 30_000

function withoutRedis(words: readonly string[]) {
  return spawnSync(process.execPath, [PROGRAM, ...words], {
    env: environment({ REDIS_URL: `redis://${NOBODY}` }),
    encoding: 'utf8',
    timeout: PATIENCE_MS,
  })
}

describe.skipIf(!isBuilt)('without the Redis that is named', () => {
  it.each([['status'], ['worker']])('%s says so and ends', { timeout: 2 * PATIENCE_MS }, command => {
    const { status, stderr } = withoutRedis([command])
    expect(stderr).toContain(`Redis at ${NOBODY} does not answer`)
    expect(status).toBe(1)
  })

  it('submit accepts, for the store keeps it, and ends', { timeout: 2 * PATIENCE_MS }, () => {
    const { status, stdout, stderr } = withoutRedis([
      'submit',
      file('n.ndjson', ndjson({ id: 'a', text: DIABETES })),
    ])
    expect(JSON.parse(stdout)).toMatchObject({ id: 'a', isNew: true })
    expect(stderr).toMatch(/does not answer/)
    expect(status).toBe(0)
  })
})

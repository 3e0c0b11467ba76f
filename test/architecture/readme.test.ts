/**
 * The README's examples: every `sh` block runs against the built program, in order, in one directory that
 * has the samples in it and no installed release. A `json` block behind one says what its output holds.
 * Blocks marked `shell` need a network or an installation, and are not run.
 */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { PROJECT_ROOT } from './source-tree.js'

const program = path.join(PROJECT_ROOT, 'dist', 'cli', 'main.js')
const blocks = [
  ...readFileSync(path.join(PROJECT_ROOT, 'README.md'), 'utf8').matchAll(/^```(\w+)\n(.*?)^```$/gms),
]
const examples = blocks.flatMap(([, kind, body = ''], at) => {
  const next = blocks[at + 1]
  return kind === 'sh' ? [{ script: body.trim(), output: next?.[1] === 'json' ? next[2] : undefined }] : []
})
const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-readme-'))

afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

/** `npx chartcode` without npm, so that nothing is looked for in a registry. */
function prepare(): string {
  const bin = path.join(directory, 'bin')
  if (existsSync(bin)) return bin
  mkdirSync(bin)
  const npx = `#!/bin/sh\n[ "$1" = chartcode ] || exit 64\nshift\nexec "${process.execPath}" "${program}" "$@"\n`
  writeFileSync(path.join(bin, 'npx'), npx)
  chmodSync(path.join(bin, 'npx'), 0o755)
  symlinkSync(path.join(PROJECT_ROOT, 'samples'), path.join(directory, 'samples'))
  return bin
}

function run(script: string): {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
} {
  const { PATH = '' } = process.env
  const env = {
    PATH: `${prepare()}:${PATH}`,
    HOME: directory,
    CHARTCODE_DATA_DIR: path.join(directory, 'data'),
  }
  const options = { cwd: directory, env, encoding: 'utf8' as const, maxBuffer: 64 * 1024 * 1024 }
  const { status, stdout, stderr } = spawnSync('sh', ['-eu', '-c', script], options)
  return { code: status, stdout, stderr }
}

describe('the README', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(3)
  })

  // `npm test` builds first; alone, these need `npm run build`.
  it.skipIf(!existsSync(program)).each(examples)(
    'shows a command that works: $script',
    ({ script, output }) => {
      const { code, stdout, stderr } = run(script)
      expect({ code, stderr }).toMatchObject({ code: 0 })
      if (output !== undefined) expect(JSON.parse(stdout)).toMatchObject(JSON.parse(output) as object)
    },
  )
})

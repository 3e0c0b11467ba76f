#!/usr/bin/env node
/**
 * `node scripts/fuzz-intake.mjs [--documents N] [--seed N] [--format NAME]`: the fixtures of the intake, mutated
 * at random, through its parsers; 50,000 documents a format unless told. Prints a line a format, and of what
 * failed the number of the document, which with the seed makes it again. Exit 1 where anything crashed, took
 * longer than 250 ms (twice), or repeated what a file says in a message.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { tsImport } from 'tsx/esm/api'

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '50000' },
    seed: { type: 'string', default: String(Date.now() % 0x7fffffff) },
    format: { type: 'string' },
  },
})
const { FUZZ_FORMATS, DEADLINE_MS, fuzzFormat } = await tsImport(
  '../test/support/fuzz-intake.ts',
  import.meta.url,
)
const [documents, seed] = [Number(values.documents), Number(values.seed)]
const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-fuzz-'))
let failures = 0
try {
  for (const format of FUZZ_FORMATS.filter(name => values.format === undefined || name === values.format)) {
    const started = performance.now()
    const { crashes, slow, slowest, notes, rejects } = await fuzzFormat({
      format,
      documents,
      seed,
      directory,
    })
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(
      `${format}: ${documents} documents, ${crashes.length} crashes, ${slow.length} over ${DEADLINE_MS} ms, seed ${seed} ` +
        `(${notes} notes, ${rejects} rejects, slowest ${slowest.toFixed(1)} ms, ${seconds} s)`,
    )
    for (const line of [...crashes, ...slow].slice(0, 10)) console.log(`  ${line}`)
    failures += crashes.length + slow.length
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
process.exitCode = failures > 0 ? 1 : 0

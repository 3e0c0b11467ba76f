/** `chartcode demo`: the sample notes through a batch with worker threads, and the results as tables. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { runBatch } from '../../app/batch/run-batch.js'
import { NOTE_LIMITS } from '../../app/coding/worker-pool.js'
import { workerFile } from '../../app/coding/worker-file.js'
import { findDictionaries } from '../../app/dictionaries.js'
import { PACKAGE_ROOT } from '../../app/package-root.js'
import { tableExporter } from '../../export/table.js'
import type { NoteResult } from '../../model/result.js'
import { DEFAULT_OPTIONS } from '../../pipeline/options.js'
import { summaryLine } from '../batch/progress-line.js'
import { EXIT, type Command } from '../command.js'

export const demoCommand: Command = {
  spec: {
    name: 'demo',
    operands: '',
    summary: 'code the sample notes and show the results',
    description:
      'Runs the sample notes of this package through a batch with worker threads, in a temporary directory,\nand shows candidates, evidence and what was not coded.',
    options: [
      { name: 'explain', description: 'with the derivation of each code and the parts of each score' },
    ],
    examples: ['chartcode demo', 'chartcode demo --explain'],
  },
  run: async (args, terminal) => {
    const explain = args.has('explain')
    const out = mkdtempSync(path.join(tmpdir(), 'chartcode-demo-'))
    try {
      const summary = await runBatch({
        paths: [path.join(PACKAGE_ROOT, 'samples', 'notes.ndjson')],
        out,
        resume: false,
        jobs: Math.min(4, Math.max(2, availableParallelism())),
        format: 'ndjson',
        task: { options: { ...DEFAULT_OPTIONS, explain } },
        dictionaries: await findDictionaries({
          dataDirectory: args.value('data-dir'),
          onBuild: year => {
            terminal.progress(`compiling the dictionary of FY${year}, once …`)
          },
        }),
        limits: NOTE_LIMITS,
        workerFile: workerFile('detect-worker'),
        onNotice: terminal.warn,
      })
      const table = tableExporter({ colour: terminal.colour, explain })
      const lines = readFileSync(path.join(out, 'results.ndjson'), 'utf8')
        .split('\n')
        .filter(line => line !== '')
      for (const line of lines) terminal.print(table.note(JSON.parse(line) as NoteResult))
      terminal.print(`\n${summaryLine(summary)}\n`)
      return summary.counts.failed > 0 ? EXIT.failed : EXIT.done
    } finally {
      rmSync(out, { recursive: true, force: true })
    }
  },
}

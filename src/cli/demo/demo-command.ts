/** `chartcode demo`: the sample notes through the embedded queue and its workers, and the results as tables. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { openBackends } from '../../app/backends.js'
import { NOTE_LIMITS } from '../../app/coding/worker-pool.js'
import { createLog } from '../../app/log.js'
import { PACKAGE_ROOT } from '../../app/package-root.js'
import { describePipeline } from '../../app/work/work-pipeline.js'
import { workHere, type WorkedHere } from '../../app/work/work-here.js'
import { tableExporter } from '../../export/table.js'
import type { Note } from '../../model/note.js'
import type { NoteResult } from '../../model/result.js'
import { DEFAULT_OPTIONS } from '../../pipeline/options.js'
import { EXIT, type Command } from '../command.js'
import type { Terminal } from '../terminal.js'
import { findDictionariesFor } from '../work/backend-options.js'
import { readNotePages } from '../work/note-pages.js'

export const demoCommand: Command = {
  spec: {
    name: 'demo',
    operands: '',
    summary: 'code the sample notes and show the results',
    description:
      'Hands the sample notes of this package to an embedded queue in a temporary directory, lets its workers\ncode them, and shows candidates, evidence and what was not coded.',
    options: [
      { name: 'explain', description: 'with the derivation of each code and the parts of each score' },
    ],
    examples: ['chartcode demo', 'chartcode demo --explain'],
  },
  run: async (args, terminal) => {
    const explain = args.has('explain')
    const dictionaries = await findDictionariesFor(args, terminal)
    const dataDirectory = mkdtempSync(path.join(tmpdir(), 'chartcode-demo-'))
    const task = { options: { ...DEFAULT_OPTIONS, explain } }
    try {
      const notes = await sampleNotes()
      terminal.progress('starting the embedded store and queue …')
      const backends = await openBackends({
        redisUrl: undefined,
        databaseUrl: undefined,
        spawnRedis: false,
        allowInsecure: false,
        dataDirectory,
      })
      terminal.progress(`${backends.description}; ${notes.length} notes`)
      const worked = await workHere({
        backends,
        dictionaries,
        pipeline: describePipeline(dictionaries, { format: 'ndjson', task }),
        notes,
        jobs: Math.min(4, Math.max(2, availableParallelism())),
        limits: NOTE_LIMITS,
        log: createLog('warn'),
      }).finally(backends.close)
      return show(worked, terminal, explain)
    } finally {
      rmSync(dataDirectory, { recursive: true, force: true })
    }
  },
}

async function sampleNotes(): Promise<readonly Note[]> {
  const notes: Note[] = []
  for await (const page of readNotePages([path.join(PACKAGE_ROOT, 'samples', 'notes.ndjson')]))
    notes.push(...page.notes)
  return notes
}

function show({ results, quarantined }: WorkedHere, terminal: Terminal, explain: boolean): number {
  const table = tableExporter({ colour: terminal.colour, explain })
  let coded = 0
  for (const bytes of results) {
    const result = JSON.parse(Buffer.from(bytes).toString('utf8')) as NoteResult
    if (result.candidates.length > 0) coded += 1
    terminal.print(table.note(result))
  }
  const read = results.length + quarantined
  const account = `${read} read = ${coded} coded + ${results.length - coded} nothing codeable + 0 duplicate + ${quarantined} failed`
  terminal.print(`\n${account}\n`)
  return quarantined > 0 ? EXIT.failed : EXIT.done
}

/** `chartcode submit`: files as a batch, or notes one by one, into the store for workers to code. */
import { availableParallelism } from 'node:os'
import { isStoreEmbedded, openBackends, type Backends } from '../../app/backends.js'
import { createLog } from '../../app/log.js'
import { acceptNotes } from '../../app/work/accept-notes.js'
import { createIntakeGate, handOver, type IntakeGate } from '../../app/work/intake-gate.js'
import { openWorker } from '../../app/work/open-worker.js'
import { submitBatch } from '../../app/work/submit-batch.js'
import { describePipeline, type WorkPipeline } from '../../app/work/work-pipeline.js'
import { NOTE_LIMITS } from '../../app/coding/worker-pool.js'
import type { Dictionaries } from '../../app/dictionaries.js'
import { BATCH_FORMATS, resultsFormat } from '../../export/create-exporter.js'
import { ChartcodeError } from '../../model/errors.js'
import { PRIORITIES, type Priority } from '../../store/store.js'
import { oneOf, type Arguments } from '../arguments.js'
import { EXIT, type Command } from '../command.js'
import { DETECT_OPTIONS, readRequest } from '../detect/request.js'
import type { Terminal } from '../terminal.js'
import { BACKEND_NOTE, BACKEND_OPTIONS, backendSettings, findDictionariesFor } from './backend-options.js'
import { readNotePages } from './note-pages.js'
import { waitForBatch, waitForNotes } from './wait.js'

export const submitCommand: Command = {
  spec: {
    name: 'submit',
    operands: 'INPUT…|-',
    summary: 'hand notes to the queue and its workers',
    description:
      'With --out: the inputs become a batch, which workers code; the results will stand in the directory. The\nfiles are read where they are, by every worker, and must stay as they are until then.\nWithout: each note is kept in the store, and `chartcode status ID` has its result.',
    options: [
      { name: 'out', value: 'DIR', description: 'where the results of a batch will be written' },
      { name: 'wait', description: 'until everything is coded, with progress' },
      {
        name: 'priority',
        value: 'NAME',
        description: 'stat, routine or bulk (default: bulk with --out, else routine)',
      },
      { name: 'facility', value: 'NAME', description: 'whose batch it is: facilities take turns' },
      {
        name: 'format',
        value: 'FORMAT',
        description: 'of the results: ndjson, csv, fhir, brat or comprehend (default ndjson)',
      },
      ...BACKEND_OPTIONS,
      ...DETECT_OPTIONS,
    ],
    notes: [
      BACKEND_NOTE,
      'Prints one JSON object: for a batch {batchId, notes, chunks, out}, otherwise one a note {id, noteId, isNew}.\nisNew false: the same facility, id and content were accepted before.',
    ],
    examples: [
      'chartcode submit tonight.ndjson --out results --wait',
      'chartcode submit - --priority stat < one-note.ndjson',
    ],
    exitCodes: { 3: 'some notes failed' },
  },
  run: async (args, terminal) => {
    if (args.operands.length === 0)
      throw new ChartcodeError('usage', 'name the inputs: chartcode submit INPUT… [--out DIR]')
    const dictionaries = await findDictionariesFor(args, terminal)
    const settings = backendSettings(args, dictionaries.dataDirectory)
    const backends = await openBackends(settings, { silentQueue: 'allowed' })
    terminal.progress(backends.queueAnswers ? backends.description : SILENT)
    try {
      const out = args.value('out')
      const submission: Submission = {
        args,
        terminal,
        backends,
        gate: backends.queueAnswers ? createIntakeGate(backends.queue) : OPEN_GATE,
        dictionaries,
        pipeline: pipelineOf(args, dictionaries),
      }
      const isHere = isStoreEmbedded(settings)
      return await (out === undefined
        ? submitNotes(submission, isHere)
        : submitFiles(submission, out, isHere))
    } finally {
      await backends.close()
    }
  },
}

/** A queue that was silent a moment ago is not asked again how full it is. */
const OPEN_GATE: IntakeGate = { admit: () => Promise.resolve() }

const SILENT =
  'the queue does not answer: what is accepted is kept in the store, and the workers will find it'

interface Submission {
  readonly args: Arguments
  readonly terminal: Terminal
  readonly backends: Backends
  readonly gate: IntakeGate
  readonly dictionaries: Dictionaries
  readonly pipeline: WorkPipeline
}

function pipelineOf(args: Arguments, dictionaries: Dictionaries): WorkPipeline {
  const { format, options, defaults } = readRequest(args, { isTerminal: false }, BATCH_FORMATS)
  return describePipeline(dictionaries, {
    format: resultsFormat(format),
    task: { options, ...defaults },
  })
}

function priorityOf(args: Arguments, usual: Priority): Priority {
  const name = oneOf(args, 'priority', Object.keys(PRIORITIES) as (keyof typeof PRIORITIES)[])
  return name === undefined ? usual : PRIORITIES[name]
}

async function submitFiles(submission: Submission, out: string, isHere: boolean): Promise<number> {
  const { args, terminal, backends, gate, pipeline } = submission
  if (args.operands.includes('-'))
    throw new ChartcodeError(
      'usage',
      'a batch reads files and directories; give standard input without --out',
    )
  await gate.admit()
  const submitted = await submitBatch({
    store: backends.store,
    paths: args.operands,
    out,
    pipeline,
    facility: args.value('facility') ?? '',
    priority: priorityOf(args, PRIORITIES.bulk),
  })
  terminal.print(`${JSON.stringify({ ...submitted, out })}\n`)
  await tellQueue(submission, backends.queueAnswers)
  if (!args.has('wait')) return sayNext(terminal, isHere)
  return withWorkers(submission, isHere, () => waitForBatch(submitted.batchId, backends.store, terminal))
}

async function submitNotes(submission: Submission, isHere: boolean): Promise<number> {
  const { args, terminal, backends, gate, pipeline } = submission
  const { store } = backends
  const priority = priorityOf(args, PRIORITIES.routine)
  const noteIds: string[] = []
  let failed = 0
  let isTold = backends.queueAnswers
  for await (const { notes, rejects } of readNotePages(args.operands)) {
    for (const reject of rejects) terminal.warn(JSON.stringify(reject))
    failed += rejects.length
    await gate.admit()
    const accepted = await acceptNotes({ store, pipeline, priority, notes })
    accepted.forEach(({ noteId, isNew }, i) => {
      noteIds.push(noteId)
      terminal.print(`${JSON.stringify({ id: notes[i]?.id, noteId, isNew })}\n`)
    })
    isTold = await tellQueue(submission, isTold)
  }
  if (!args.has('wait')) {
    sayNext(terminal, isHere)
    return failed > 0 ? EXIT.partial : EXIT.done
  }
  const code = await withWorkers(submission, isHere, () =>
    waitForNotes({ noteIds, pipeline }, store, terminal),
  )
  return failed > 0 ? EXIT.partial : code
}

/** The work is accepted, whatever the queue says; where it failed once, it is not asked again. */
async function tellQueue({ backends, terminal }: Submission, isAsked: boolean): Promise<boolean> {
  const failure = isAsked ? await handOver(backends) : null
  if (failure !== null)
    terminal.progress(`accepted; the queue has not taken it (${failure}): the workers will find it`)
  return isAsked && failure === null
}

function sayNext(terminal: Terminal, isHere: boolean): number {
  terminal.progress(
    isHere
      ? '`chartcode worker --until-empty` codes it, `chartcode status` shows how far it is'
      : 'the workers code it, `chartcode status` shows how far it is',
  )
  return EXIT.done
}

/** An embedded store belongs to this process, so it works for itself; otherwise others do. */
async function withWorkers(
  { backends, dictionaries, terminal }: Submission,
  isHere: boolean,
  wait: () => Promise<number>,
): Promise<number> {
  if (!isHere) return wait()
  const worker = await openWorker({
    backends,
    dictionaries,
    jobs: availableParallelism(),
    limits: NOTE_LIMITS,
    log: createLog(terminal.quiet ? 'error' : 'warn'),
  })
  try {
    return await wait()
  } finally {
    await worker.stop(STOP_MS)
  }
}

const STOP_MS = 8000

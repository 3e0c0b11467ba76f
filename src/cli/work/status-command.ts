/** `chartcode status`: what is waiting, being coded and done; of a batch, how far it is; of a note, its result. */
import { openBackends, type Backends } from '../../app/backends.js'
import { countsOf } from '../../app/work/batch-counts.js'
import { decodeManifest } from '../../app/work/batch-manifest.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Batch } from '../../store/store.js'
import { EXIT, type Command } from '../command.js'
import type { Terminal } from '../terminal.js'
import { BACKEND_NOTE, BACKEND_OPTIONS, backendSettings, findDictionariesFor } from './backend-options.js'

const BATCHES = 20

export const statusCommand: Command = {
  spec: {
    name: 'status',
    operands: '[ID]',
    summary: 'show how far the submitted work is',
    description:
      'Without an ID: the queue, the notes and the newest batches. With the ID of a batch: its progress. With the\nID of a note: its result, or its state while there is none.',
    options: [...BACKEND_OPTIONS],
    notes: [BACKEND_NOTE, 'JSON off a terminal.'],
    examples: ['chartcode status', 'chartcode status 6c0d…'],
    exitCodes: { 1: 'no such batch or note' },
  },
  run: async (args, terminal) => {
    const { dataDirectory } = await findDictionariesFor(args, terminal)
    const backends = await openBackends(backendSettings(args, dataDirectory))
    try {
      const [id] = args.operands
      return await (id === undefined ? showAll(backends, terminal) : showOne(id, backends, terminal))
    } finally {
      await backends.close()
    }
  },
}

async function showAll({ store, queue }: Backends, terminal: Terminal): Promise<number> {
  const [notes, jobs, batches] = await Promise.all([store.counts(), queue.counts(), store.batches(BATCHES)])
  const status = { queue: queue.backend, jobs, notes, batches: batches.map(batchView) }
  if (!terminal.isTerminal) {
    terminal.print(`${JSON.stringify(status)}\n`)
    return EXIT.done
  }
  terminal.print(
    [
      `queue    ${queue.backend}: ${jobs.waiting} waiting, ${jobs.active} active, ${jobs.delayed} delayed`,
      `notes    ${notes.accepted} accepted = ${notes.done} done + ${notes.quarantined} quarantined + ${notes.open} open`,
      ...batches.map(batchLine),
      '',
    ].join('\n'),
  )
  return EXIT.done
}

async function showOne(id: string, { store }: Backends, terminal: Terminal): Promise<number> {
  const batch = await store.batch(id)
  if (batch !== null) {
    terminal.print(terminal.isTerminal ? `${batchLine(batch)}\n` : `${JSON.stringify(batchView(batch))}\n`)
    return EXIT.done
  }
  const note = await store.note(id)
  if (note === null)
    throw new ChartcodeError(
      'batch-unknown',
      'there is no such batch or note; `chartcode status` lists the batches',
    )
  if (note.result !== null) terminal.print(note.result)
  else terminal.print(`${JSON.stringify({ noteId: id, state: note.state })}\n`)
  return EXIT.done
}

function batchView(batch: Batch): Readonly<Record<string, unknown>> {
  const { batchId, state, chunks, chunksDone, created, finished, facility } = batch
  const { notes, out } = decodeManifest(batch.manifest)
  return {
    batchId,
    state,
    facility,
    notes,
    chunks,
    chunksDone,
    counts: countsOf(batch),
    out,
    created,
    finished,
  }
}

function batchLine(batch: Batch): string {
  const { read, failed } = countsOf(batch)
  const { notes } = decodeManifest(batch.manifest)
  const percent = notes === 0 ? 100 : Math.floor((read / notes) * 100)
  return `batch    ${batch.batchId}  ${batch.state}, ${read} of ${notes} notes (${percent} %), ${failed} failed`
}

/** `chartcode quarantine`: the notes that were put aside, why, and once more with them. */
import { openBackends, type Backends } from '../../app/backends.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Quarantined } from '../../store/store.js'
import type { Arguments } from '../arguments.js'
import { EXIT, type Command } from '../command.js'
import type { Terminal } from '../terminal.js'
import { BACKEND_NOTE, BACKEND_OPTIONS, backendSettings, findDictionariesFor } from './backend-options.js'

const PAGE = 500

export const quarantineCommand: Command = {
  spec: {
    name: 'quarantine',
    operands: 'list|show ID|replay ID…',
    summary: 'list notes that were put aside, and try them again',
    description:
      'A note that passed its deadline or its memory twice, or on which a process died, is put aside with the\nreason, and its neighbours are coded. No entry holds note text.\n  list       every entry, or those of --batch\n  show ID    one entry\n  replay ID… opens the work again, with no attempts; a batch is put together anew',
    options: [
      { name: 'batch', value: 'ID', description: 'list or replay the entries of this batch' },
      ...BACKEND_OPTIONS,
    ],
    notes: [BACKEND_NOTE, 'JSON lines off a terminal.'],
    examples: ['chartcode quarantine list', 'chartcode quarantine replay --batch 6c0d…'],
  },
  run: async (args, terminal) => {
    const [verb, ...ids] = args.operands
    const run = verb === undefined ? undefined : VERBS[verb]
    if (run === undefined)
      throw new ChartcodeError('usage', 'say what to do: chartcode quarantine list, show ID or replay ID…')
    const { dataDirectory } = await findDictionariesFor(args, terminal)
    const backends = await openBackends(backendSettings(args, dataDirectory))
    try {
      return await run(ids, { args, terminal, ...backends })
    } finally {
      await backends.close()
    }
  },
}

interface Context extends Pick<Backends, 'store'> {
  readonly args: Arguments
  readonly terminal: Terminal
}

const VERBS: Readonly<Record<string, (ids: readonly string[], context: Context) => Promise<number>>> = {
  list: async (_, context) => {
    for await (const entry of entriesOf(context)) context.terminal.print(entryText(entry, context.terminal))
    return EXIT.done
  },
  show: async ([id], { store, terminal }) => {
    const entry = id === undefined ? null : await store.quarantineEntry(id)
    if (entry === null) throw unknown()
    terminal.print(`${JSON.stringify(entry, null, terminal.isTerminal ? 2 : 0)}\n`)
    return EXIT.done
  },
  replay: async (ids, context) => {
    const wanted = [...ids]
    if (context.args.value('batch') !== undefined)
      for await (const { quarantineId, replayed } of entriesOf(context))
        if (replayed === null) wanted.push(quarantineId)
    const count = await context.store.replay(wanted)
    if (count === 0 && wanted.length > 0) throw unknown()
    context.terminal.print(`${JSON.stringify({ replayed: count })}\n`)
    return EXIT.done
  },
}

async function* entriesOf({ args, store }: Context): AsyncGenerator<Quarantined> {
  const batchId = args.value('batch')
  let after: string | undefined
  for (;;) {
    const page = await store.quarantined({
      ...(batchId === undefined ? {} : { batchId }),
      ...(after === undefined ? {} : { after }),
      limit: PAGE,
    })
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)?.quarantineId
  }
}

function entryText(entry: Quarantined, { isTerminal }: Terminal): string {
  if (!isTerminal) return `${JSON.stringify(entry)}\n`
  const { quarantineId, reason, attempts, at, externalId, replayed } = entry
  const note = externalId ?? `${entry.batchId ?? ''} chunk ${entry.chunk ?? ''} note ${entry.unit ?? ''}`
  const again = replayed === null ? '' : ', replayed'
  return `${quarantineId}  ${at.toISOString()}  ${reason}, ${attempts} attempts${again}  ${note}\n`
}

function unknown(): ChartcodeError {
  return new ChartcodeError('batch-unknown', 'there is no such entry; `chartcode quarantine list` shows them')
}

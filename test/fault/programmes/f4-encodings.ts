/**
 * F4: every odd kind of text through every way in: a batch in one process, a batch and single notes through the
 * queue on Redis and PostgreSQL, and both on the embedded database. What is taken is taken exactly as it was
 * sent, its evidence slices to its text, and each way gives the same bytes; what is refused is refused alike.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openStoreOf } from '../../../src/app/backends.js'
import { pipelineKey } from '../../../src/app/work/work-pipeline.js'
import type { NoteResult } from '../../../src/model/result.js'
import type { Store } from '../../../src/store/store.js'
import { LONE_SURROGATES, REFUSED, TAKEN } from '../../support/encoding-rows.js'
import { differingFiles } from '../batch-alone.js'
import { runCommand } from '../command.js'
import { withInstallation, type Installation } from '../installation.js'
import { figureEqual, type Programme, type ProgrammeContext } from '../programme.js'

const LIMIT_MS = 120_000
/** What stands in the store's way in a shared process: the largest rows are left to files. */
const SINGLE_NOTE_CHARACTERS = 300_000

export const programme: Programme = {
  id: 'F4',
  title: 'every encoding through files, queue and stores: taken as it is, or refused with a code',
  run: context =>
    withInstallation(context, { workers: 1 }, async installation => {
      const inputs = writeRows(context.directory)
      const alone = path.join(context.directory, 'alone')
      const embedded = withoutServers(installation, context)
      await run(['batch', ...inputs, '--out', alone], embedded)
      const figures = []
      for (const way of waysOf(installation, embedded)) {
        const queued = path.join(context.directory, way.name.replaceAll(' ', '-'))
        await run(['submit', ...inputs, '--out', queued, '--wait'], way.env)
        figures.push(
          figureEqual(`${way.name}: files that differ`, differingFiles(alone, queued).length, 0),
          figureEqual(`${way.name}: single notes that differ`, await differingNotes(way, alone), 0),
        )
      }
      const results = resultsIn(alone)
      return {
        figures: [
          figureEqual('rows', TAKEN.length + REFUSED.length + LONE_SURROGATES.length, 45),
          figureEqual('taken', results.length, 2 * TAKEN.length + LONE_SURROGATES.length),
          figureEqual('altered', results.filter(isAltered).length, 0),
          figureEqual('wrong offsets', results.filter(hasWrongOffset).length, 0),
          figureEqual('refused with another code', wronglyRefused(alone), 0),
          ...figures,
        ],
      }
    }),
}

const rowId = (number: number): string => `row-${String(number).padStart(2, '0')}`
const textOfId = new Map([
  ...TAKEN.map(([, text], i) => [rowId(i), text] as const),
  ...TAKEN.map(([, text], i) => [`${rowId(i)}.txt`, text] as const),
  ...LONE_SURROGATES.map((text, i) => [`lone-${i}`, text] as const),
])

/** A directory of files and a file of lines. */
function writeRows(directory: string): readonly string[] {
  const texts = path.join(directory, 'texts')
  mkdirSync(texts)
  for (const [i, [, text]] of TAKEN.entries()) writeFileSync(path.join(texts, `${rowId(i)}.txt`), text)
  for (const [i, [, bytes]] of REFUSED.entries()) writeFileSync(path.join(texts, `refused-${i}.txt`), bytes)
  const lines = path.join(directory, 'rows.ndjson')
  const notes = [...textOfId].filter(([id]) => !id.endsWith('.txt')).map(([id, text]) => ({ id, text }))
  writeFileSync(lines, notes.map(note => `${JSON.stringify(note)}\n`).join(''))
  return [texts, lines]
}

function withoutServers({ env }: Installation, { directory }: ProgrammeContext): Record<string, string> {
  const { PATH = '', HOME = '' } = env
  return { PATH, HOME, CHARTCODE_DATA_DIR: path.join(directory, 'embedded') }
}

async function run(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<string> {
  const { out, code } = await runCommand(words, { env, input, limitMs: LIMIT_MS })
  if (code !== 0 && code !== 3) throw new RangeError(`chartcode ${words[0] ?? ''} ended with ${code}`)
  return out
}

interface Way {
  readonly name: string
  readonly env: Readonly<Record<string, string>>
  /** Key of what is asked of each note. */
  readonly pipeline: string
  readonly withStore: (ask: (store: Store) => Promise<number>) => Promise<number>
}

function waysOf({ env, backends, pipeline }: Installation, embedded: Record<string, string>): readonly Way[] {
  const key = pipelineKey(pipeline)
  const settings = {
    databaseUrl: undefined,
    allowInsecure: false,
    dataDirectory: embedded['CHARTCODE_DATA_DIR'] ?? '',
  }
  return [
    { name: 'on servers', env, pipeline: key, withStore: ask => ask(backends.store) },
    {
      name: 'embedded',
      env: embedded,
      pipeline: key,
      withStore: async ask => {
        const { store } = await openStoreOf(settings)
        return ask(store).finally(() => store.close())
      },
    },
  ]
}

/** Notes given one by one, whose results are not, byte for byte, what the batch gave. */
async function differingNotes({ env, pipeline, withStore }: Way, alone: string): Promise<number> {
  const expected = new Map(
    linesIn(alone, 'results.ndjson').map(line => [(JSON.parse(line) as NoteResult).id, line]),
  )
  const notes = [...textOfId]
    .filter(([id, text]) => !id.endsWith('.txt') && text.length < SINGLE_NOTE_CHARACTERS)
    .map(([id, text]) => ({ id, text }))
  const input = notes.map(note => `${JSON.stringify(note)}\n`).join('')
  const accepted = (await run(['submit', '-', '--wait'], env, input)).trim().split('\n')
  return withStore(async store => {
    let differing = notes.length - accepted.length
    for (const line of accepted) {
      const { id, noteId } = JSON.parse(line) as { readonly id: string; readonly noteId: string }
      const stored = await store.result(noteId, pipeline)
      const result = Buffer.from(stored?.result ?? [])
        .toString('utf8')
        .trim()
      if (result !== expected.get(id)) differing += 1
    }
    return differing
  })
}

function linesIn(directory: string, name: string): string[] {
  return readFileSync(path.join(directory, name), 'utf8')
    .split('\n')
    .filter(line => line !== '')
}

function resultsIn(directory: string): NoteResult[] {
  return linesIn(directory, 'results.ndjson').map(line => JSON.parse(line) as NoteResult)
}

function isAltered({ id, input }: NoteResult): boolean {
  const text = textOfId.get(id) ?? ''
  return (
    input.characters !== text.length ||
    input.sha256 !== createHash('sha256').update(text, 'utf8').digest('hex')
  )
}

function hasWrongOffset({ id, candidates, notCoded }: NoteResult): boolean {
  const text = textOfId.get(id) ?? ''
  const spans = [...candidates.flatMap(({ evidence }) => evidence), ...notCoded]
  return spans.some(span => text.slice(span.start, span.end) !== span.text)
}

/** Errors come in the order of the files. */
function wronglyRefused(directory: string): number {
  const codes = new Map(
    linesIn(directory, 'errors.ndjson').map(line => {
      const { source, error } = JSON.parse(line) as {
        readonly source: string
        readonly error: { readonly code: string }
      }
      return [path.basename(source), error.code]
    }),
  )
  return REFUSED.filter(([, , code], i) => codes.get(`refused-${i}.txt`) !== code).length
}

/** `chartcode nightly`: every night at its time, what is new in a directory, as one batch. */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStoreOf } from '../../app/backends.js'
import { runBatch } from '../../app/batch/run-batch.js'
import { workerFile } from '../../app/coding/worker-file.js'
import type { Dictionaries } from '../../app/dictionaries.js'
import { createLog, type Log } from '../../app/log.js'
import { isTimeOfDay, isTimeZone, wallClock } from '../../app/nightly/due-slot.js'
import { runDueNight, type NightsRequest } from '../../app/nightly/watch-nights.js'
import { BATCH_FORMATS, resultsFormat } from '../../export/create-exporter.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Arguments } from '../arguments.js'
import { jobsFrom, limitsFrom, THREAD_OPTIONS } from '../batch/thread-options.js'
import { EXIT, type Command } from '../command.js'
import { endProcess } from '../end-process.js'
import { DETECT_OPTIONS, readRequest } from '../detect/request.js'
import { BACKEND_OPTIONS, backendSettings, findDictionariesFor } from './backend-options.js'

const LOOK_MS = 10_000
const AFTER_FAILURE_MS = 60_000

export const nightlyCommand: Command = {
  spec: {
    name: 'nightly',
    operands: '--watch DIR --out DIR --at HH:MM',
    summary: 'code what is new in a directory, every night',
    description:
      'Stays, and at its time runs one batch over the files of a directory that no night before took, into a\ndirectory below --out that is named after the date. Each night is run once, also where several processes\nwatch; one that was missed because the machine was off is made up for when it is back (the last one, with\nall files). A file that is still being written is left for the next night.\nThe first night is the one after the command was first given.',
    options: [
      { name: 'watch', value: 'DIR', description: 'where the exports arrive', configurable: true },
      {
        name: 'out',
        value: 'DIR',
        description: 'where each night has its directory of results',
        configurable: true,
      },
      { name: 'at', value: 'HH:MM', description: 'time of day (default 02:00)', configurable: true },
      {
        name: 'time-zone',
        value: 'ZONE',
        description: 'of the time of day (default: of this machine)',
        configurable: true,
      },
      { name: 'once', description: 'look once, run the night if one is due, and end' },
      {
        name: 'format',
        value: 'FORMAT',
        description: 'of the results: ndjson, csv, fhir, brat or comprehend (default ndjson)',
      },
      ...THREAD_OPTIONS,
      ...BACKEND_OPTIONS,
      ...DETECT_OPTIONS,
    ],
    notes: [
      'The store (DATABASE_URL, else embedded in the data directory) knows which nights were run. With cron in\nplace of a process that stays: `chartcode nightly … --once` every few minutes.',
    ],
    examples: ['chartcode nightly --watch /srv/exports --out /srv/results --at 02:00'],
    exitCodes: { 3: 'some notes failed (with --once)' },
  },
  run: async (args, terminal) => {
    const log = createLog(terminal.quiet ? 'error' : 'info')
    const dictionaries = await findDictionariesFor(args, terminal)
    const planned = readNights(args, dictionaries, log)
    const { store } = await openStoreOf(backendSettings(args, dictionaries.dataDirectory))
    try {
      const nights = { ...planned, store, log, holder: randomUUID() }
      return await (args.has('once') ? lookOnce(nights) : watch(nights, log))
    } finally {
      await store.close()
    }
  },
}

async function lookOnce(nights: NightsRequest): Promise<number> {
  const outcome = await runDueNight(nights)
  nights.log.info(`night-${outcome.what}`)
  return outcome.what === 'run' && outcome.summary.counts.failed > 0 ? EXIT.partial : EXIT.done
}

/** Until a signal ends the process; a batch that it cuts short is resumed at the next start. */
async function watch(nights: NightsRequest, log: Log): Promise<number> {
  let isStopped = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      isStopped = true
      endProcess(EXIT.done)
    })
  log.info('nightly-ready', { at: nights.at })
  while (!isStopped) {
    const pauseMs = await runDueNight(nights).then(
      () => LOOK_MS,
      (error: unknown) => {
        log.error('night-failed', { error: error instanceof ChartcodeError ? error.code : 'error' })
        return AFTER_FAILURE_MS
      },
    )
    await nights.wait(pauseMs)
  }
  return EXIT.done
}

function readNights(
  args: Arguments,
  dictionaries: Dictionaries,
  log: Log,
): Omit<NightsRequest, 'store' | 'log' | 'holder'> {
  const watched = directoryFrom(args, 'watch')
  const out = directoryFrom(args, 'out')
  if (out === watched || out.startsWith(watched + path.sep))
    throw new ChartcodeError('usage', '--out must not lie in the watched directory')
  mkdirSync(out, { recursive: true, mode: 0o700 })
  const at = args.value('at') ?? '02:00'
  if (!isTimeOfDay(at)) throw new ChartcodeError('usage', `--at ${at}: write HH:MM, from 00:00 to 23:59`)
  const zone = args.value('time-zone') ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!isTimeZone(zone))
    throw new ChartcodeError('usage', `--time-zone ${zone}: no such zone; e.g. America/Chicago`)
  const { format, options, defaults } = readRequest(args, { isTerminal: false }, BATCH_FORMATS)
  const batch = {
    jobs: jobsFrom(args),
    format: resultsFormat(format),
    task: { options, ...defaults },
    dictionaries,
    limits: limitsFrom(args),
    workerFile: workerFile('detect-worker'),
    onNotice: () => {
      log.warn('thread-died')
    },
  }
  return {
    watch: watched,
    out,
    at,
    clock: wallClock(zone),
    now: () => new Date(),
    wait: milliseconds => sleep(milliseconds),
    runBatch: night => runBatch({ ...batch, ...night }),
  }
}

function directoryFrom(args: Arguments, option: string): string {
  const given = args.value(option)
  if (given === undefined || given === '')
    throw new ChartcodeError('usage', `name the directory: --${option} DIR`)
  return path.resolve(given)
}

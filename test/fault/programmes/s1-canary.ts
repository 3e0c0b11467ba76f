/**
 * S1: notes with 40 canaries go through the real programs, in order and in trouble, and no channel but results
 * may show one. That the scanners see is shown by six leaks that are planted in the end, and by the columns
 * of the store that are meant for notes.
 */
import path from 'node:path'
import { Pool } from 'pg'
import { CHANNELS, createEvidence, type Evidence, type FoundHit } from '../canary/evidence.js'
import { plantLeaks } from '../canary/planted-leaks.js'
import { scanFiles } from '../canary/scan-files.js'
import { scanRedis } from '../canary/scan-redis.js'
import { scanStore, type StoreScan } from '../canary/scan-store.js'
import { BAD_INPUT } from '../canary/scenarios/bad-input.js'
import { FAULTS } from '../canary/scenarios/faults.js'
import { IN_ORDER } from '../canary/scenarios/in-order.js'
import { playOn } from '../canary/stage.js'
import { withInstallation, type Installation } from '../installation.js'
import { figureEqual, type Programme } from '../programme.js'

/** Nothing is compressed, and each command is remembered. */
const REDIS = {
  rdbcompression: 'no',
  'slowlog-log-slower-than': '0',
  'slowlog-max-len': '100000',
  requirepass: 'for this programme',
}
const LOG_DIRECTORY = 'log'
const POSTGRES = { logging_collector: 'on', log_directory: LOG_DIRECTORY }

const SCENARIOS = { ordinary: 10, full: 25 }
/** Those that are named in `scan-store.ts`. */
const COLUMNS_FOR_NOTES = 5
const PLANTED = 6

export const programme: Programme = {
  id: 'S1',
  title: 'canaries: no note and no id from outside gets out but in results',
  run: context => {
    const { isFull, directory, tell } = context
    const form = isFull ? 'full' : 'ordinary'
    const scenarios = [...IN_ORDER, ...BAD_INPUT, ...FAULTS].filter(one => [form, 'both'].includes(one.form))
    const request = { workers: 0, redis: { conf: REDIS }, postgres: POSTGRES }
    return withInstallation(context, request, async installation => {
      const evidence = createEvidence()
      let surprises = 0
      for (const [at, { name, play }] of scenarios.entries()) {
        const started = performance.now()
        evidence.begin(name)
        const stage = { installation, evidence, directory: path.join(directory, `scenario-${at + 1}`) }
        const unexpected = await playOn(stage, play)
        for (const what of unexpected) tell(`${name}: not as it should be: ${what}`)
        surprises += unexpected.length
        tell(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`)
      }
      const { expected } = await lookAtServers(installation, evidence)
      for (const hit of evidence.hits()) tell(describe(hit))
      for (const channel of evidence.unseen()) tell(`nothing came through ${channel}`)
      const planted = await findPlanted(installation, evidence, path.join(directory, 'planted'))
      return {
        figures: [
          figureEqual('scenarios', scenarios.length, SCENARIOS[form]),
          figureEqual('not as they should be', surprises, 0),
          figureEqual('channels', CHANNELS.length - evidence.unseen().length, CHANNELS.length),
          figureEqual('canary hits', evidence.hits().length, 0),
          figureEqual('columns of the store that held notes', expected.length, COLUMNS_FOR_NOTES),
          figureEqual('planted leaks found', planted, PLANTED),
        ],
      }
    })
  },
}

/** Ids of canaries and places; what was found there is not said again. */
function describe({ channel, place, canary, form, during }: FoundHit): string {
  return `LEAK of ${canary} (${form}) in ${channel}, ${path.basename(place)}, during: ${during}`
}

/** What the servers have written down over all scenarios; of Redis also what it writes anew. */
async function lookAtServers({ redis, postgres }: Installation, evidence: Evidence): Promise<StoreScan> {
  evidence.begin('all scenarios')
  evidence.files('files of Redis', [redis.directory], 1)
  await redis.cli('BGREWRITEAOF')
  while (/aof_rewrite_(in_progress|scheduled):1/.test(await redis.cli('INFO', 'persistence')));
  evidence.files('files of Redis', [redis.directory], 1)
  const pool = new Pool({ connectionString: postgres.url })
  try {
    const { rows } = await pool.query<{ readonly data_directory: string }>('SHOW data_directory')
    const log = path.join(rows[0]?.data_directory ?? '', LOG_DIRECTORY)
    evidence.files('log of PostgreSQL', [log], 1)
    const scan = await scanStore(evidence.scanner, pool)
    evidence.found('columns of the store', scan.hits, scan.bytes)
    return scan
  } finally {
    await pool.end()
  }
}

async function findPlanted(
  { redis }: Installation,
  { scanner }: Evidence,
  directory: string,
): Promise<number> {
  const leaks = await plantLeaks(directory, redis.url)
  const { hits } = await scanRedis(scanner, redis.url)
  const found = [...scanFiles(scanner, [directory]), ...hits]
  return leaks.filter(leak => found.some(hit => hit.place === leak.place && hit.canary === leak.canary))
    .length
}

/**
 * `npx tsx bench/store/main.ts [ITEMS]`: a private PostgreSQL with a million open items of 20 facilities, and
 * how long the store's calls take then, before and after the tables were analysed. Each answer is checked
 * before its time counts. Goal: 500 items are taken within 50 ms.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../src/store/open-store.js'
import type { NewNote, Store } from '../../src/store/store.js'
import { startPostgres } from '../../test/servers/postgres.js'

const ITEMS = Number(process.argv[2] ?? 1_000_000)
const FACILITIES = 20
const TAKE = 500
const ROUNDS = 20
/** A statement of the store has four seconds. */
const LOAD_AT_ONCE = 20_000

const LOAD = `
WITH note AS (
  INSERT INTO chartcode.notes (note_id, identity, facility, external_id, content_hash, body)
  SELECT 'n' || i, decode(md5(i::text), 'hex'), '"f"', '"x"', 'hash', decode(repeat('00', 200), 'hex')
  FROM generate_series($1::integer, $2::integer) AS i
)
INSERT INTO chartcode.work (work_id, seq, note_id, pipeline, priority, lane)
SELECT md5(i::text), i, 'n' || i, 'bench', 1 + i % 3, 1000 * (i % $3::integer)
FROM generate_series($1::integer, $2::integer) AS i`

const server = await startPostgres({ autovacuum: 'off' })
if (server === null) process.stdout.write('PostgreSQL is not installed\n')
else
  try {
    await measure(server.url)
  } finally {
    await server.stop()
  }

async function measure(databaseUrl: string): Promise<void> {
  const { store, database } = await openStore({ databaseUrl, directory: '', threadFile: '' })
  for (let from = 1; from <= ITEMS; from += LOAD_AT_ONCE)
    await database.query(LOAD, [from, Math.min(from + LOAD_AT_ONCE - 1, ITEMS), FACILITIES])
  await takes(store, 'not analysed yet')
  for (const table of ['notes', 'work']) await database.query(`ANALYZE chartcode.${table}`)
  await takes(store, 'analysed')
  await time('counts', 10, async () => (await store.counts()).accepted === ITEMS)
  await time('dispatched before', ROUNDS, async () => {
    await sleep(1)
    return (await store.dispatchedBefore({ milliseconds: 0, limit: TAKE })).length === TAKE
  })
  const taken = (await store.takeForDispatch(TAKE)).map(({ workId }) => workId)
  await time('claim and commit a note', TAKE, round => claimAndCommit(store, taken[round] ?? ''))
  await time('accept a note of 2 KB', 200, round => accepts(store, round, 1))
  await time('accept 500 notes of 2 KB', 10, round => accepts(store, round, 500))
  await store.close()
}

function takes(store: Store, when: string): Promise<void> {
  return time(`take ${TAKE} of ${ITEMS}, ${when}`, ROUNDS, async () => {
    const work = await store.takeForDispatch(TAKE)
    return new Set(work.map(({ workId }) => workId)).size === TAKE
  })
}

async function claimAndCommit(store: Store, workId: string): Promise<boolean> {
  const claim = await store.claim({ workId, worker: 'bench', token: workId })
  return (
    claim !== null && store.commitNote(claim, { result: new Uint8Array(2000), sha256: '', candidates: 1 })
  )
}

async function accepts(store: Store, round: number, count: number): Promise<boolean> {
  const notes = Array.from({ length: count }, (_, i): NewNote => {
    const externalId = `${count}-${round}-${i}`
    return {
      facility: `f${i % FACILITIES}`,
      externalId,
      contentHash: '',
      body: new Uint8Array(2000),
      priority: 2,
    }
  })
  return (await store.acceptNotes({ pipeline: 'bench', notes })).every(({ isNew }) => isNew)
}

async function time(name: string, rounds: number, run: (round: number) => Promise<boolean>): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    const isRight = await run(round)
    times.push(performance.now() - started)
    if (!isRight) {
      process.exitCode = 1
      return tell(`${name}: WRONG ANSWER`)
    }
  }
  times.sort((a, b) => a - b)
  const [median, worst] = [times[rounds >> 1] ?? 0, times.at(-1) ?? 0]
  tell(`${name}: median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms of ${rounds}`)
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** submit, status, quarantine, worker and nightly on the embedded store, each as its own process. */
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { DIABETES, HYPERTENSION, isBuilt, file, ndjson, run, temporaryDirectory } from './run-program.js'

const data = temporaryDirectory()
const env = { CHARTCODE_DATA_DIR: data }
const read = (directory: string, name: string): string => readFileSync(path.join(directory, name), 'utf8')

const NOTES = ndjson(
  { id: 'a', text: DIABETES },
  { id: 'b', text: HYPERTENSION },
  { id: 'a', text: DIABETES },
  { id: 'c', text: 7 },
)

describe.skipIf(!isBuilt)('a batch through the embedded queue', () => {
  it('gives the bytes that a batch in one process gives, and its account', () => {
    const input = file('night.ndjson', NOTES)
    const [whole, queued] = [temporaryDirectory(), path.join(temporaryDirectory(), 'queued')]
    expect(run(['batch', input, '--out', whole], { env }).code).toBe(3)
    const submitted = run(['submit', input, '--out', queued, '--wait'], { env })
    expect(submitted.code).toBe(3)
    expect(submitted.err).toContain('4 read = 2 coded + 0 nothing codeable + 1 duplicate + 1 failed')
    expect(JSON.parse(submitted.out)).toMatchObject({ notes: 4, chunks: 1, out: queued })
    for (const name of ['results.ndjson', 'errors.ndjson', 'duplicates.ndjson'])
      expect(read(queued, name)).toBe(read(whole, name))
    const account = (directory: string) => {
      const { counts, failures, outputs } = JSON.parse(read(directory, 'run.json')) as Record<string, unknown>
      return { counts, failures, outputs }
    }
    expect(account(queued)).toEqual(account(whole))
  })

  it('is finished by a worker that comes later', () => {
    const out = path.join(temporaryDirectory(), 'later')
    const input = file('later.csv', `id,text\n1,${DIABETES}\n2,${DIABETES}\n`)
    const submitted = run(['submit', input, '--out', out], { env })
    expect(submitted.code).toBe(0)
    const { batchId } = JSON.parse(submitted.out) as { batchId: string }
    expect(JSON.parse(run(['status', batchId], { env }).out)).toMatchObject({
      state: 'running',
      chunksDone: 0,
    })
    expect(run(['worker', '--until-empty', '--jobs', '1'], { env }).code).toBe(0)
    expect(JSON.parse(run(['status', batchId], { env }).out)).toMatchObject({
      state: 'finished',
      counts: { read: 2, coded: 2 },
    })
    expect(read(out, 'results.ndjson').trim().split('\n')).toHaveLength(2)
  })

  it('is refused where the directory holds results', () => {
    const [input, out] = [file('one.ndjson', NOTES), temporaryDirectory()]
    run(['batch', input, '--out', out], { env })
    expect(run(['submit', input, '--out', out], { env })).toMatchObject({
      code: 1,
      err: expect.stringContaining('[output-exists]') as string,
    })
  })
})

describe.skipIf(!isBuilt)('single notes', () => {
  it('are accepted once, coded, and shown by their id', () => {
    const input = ndjson({ id: 'single', text: DIABETES, facility: 'north' })
    const submit = () => run(['submit', '-', '--wait'], { env, input })
    const first = submit()
    expect(first.code).toBe(0)
    const { noteId } = JSON.parse(first.out) as { noteId: string }
    expect(JSON.parse(first.out)).toEqual({ id: 'single', noteId, isNew: true })
    expect(JSON.parse(submit().out)).toEqual({ id: 'single', noteId, isNew: false })
    expect(JSON.parse(run(['status', noteId], { env }).out)).toMatchObject({
      id: 'single',
      candidates: [{ code: 'E11.9' }],
    })
    expect(JSON.parse(run(['status'], { env }).out)).toMatchObject({ notes: { open: 0, quarantined: 0 } })
    expect(run(['quarantine', 'list'], { env })).toMatchObject({ code: 0, out: '' })
  })

  it('that are unknown have an error of their own', () => {
    for (const words of [
      ['status', 'nobody'],
      ['quarantine', 'show', 'nobody'],
      ['quarantine', 'replay', 'nobody'],
    ])
      expect(run(words, { env })).toMatchObject({
        code: 1,
        err: expect.stringContaining('[batch-unknown]') as string,
      })
  })
})

describe.skipIf(!isBuilt)('nightly', () => {
  it('begins with the next night, and runs one that is due with what is written to the end', () => {
    const [watch, out] = [temporaryDirectory(), path.join(temporaryDirectory(), 'nights')]
    const look = (zone: string) =>
      run(['nightly', '--watch', watch, '--out', out, '--at', '00:00', '--time-zone', zone, '--once'], {
        env,
      })
    writeFileSync(path.join(watch, 'old.txt'), DIABETES)
    utimesSync(path.join(watch, 'old.txt'), new Date('2026-01-01'), new Date('2026-01-01'))
    writeFileSync(path.join(watch, 'new.txt'), HYPERTENSION)
    // The wall clock of the first zone is a day behind that of the second: to the schedule, a night has passed.
    expect(look('Etc/GMT+12').err).toContain('night-begun')
    mkdirSync(out, { recursive: true })
    const night = look('Etc/GMT-14')
    expect(night.code).toBe(0)
    expect(night.err).toContain('night-run')
    expect(night.err).toContain('files-still-written')
    const [slot = ''] = /\d{4}-\d\d-\d\d(?=")/.exec(/"slot":"[^"]*"/.exec(night.err)?.[0] ?? '') ?? []
    expect(JSON.parse(read(path.join(out, slot), 'run.json'))).toMatchObject({
      counts: { read: 1, coded: 1 },
      inputs: [{ path: path.join(watch, 'old.txt') }],
    })
    expect(look('Etc/GMT-14').err).toContain('night-not-due')
  })

  it.each([
    [['--watch', '/tmp', '--out', '/tmp/inside'], '--out must not lie in the watched directory'],
    [['--watch', '/tmp', '--out', '/srv/x', '--at', '25:00'], '--at 25:00: write HH:MM'],
    [['--out', '/srv/x'], 'name the directory: --watch DIR'],
  ])('%j is wrong usage', (words, message) => {
    expect(run(['nightly', ...words], { env })).toMatchObject({
      code: 2,
      err: expect.stringContaining(message) as string,
    })
  })
})

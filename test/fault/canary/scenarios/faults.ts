/** Scenarios in which a part of the installation, a process or a note fails. */
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { canaryNotes, type CanaryNote } from '../notes.js'
import { ndjsonInput, NOTES, textInputs } from '../good-inputs.js'
import { canary } from '../strings.js'
import type { Stage, StagedWorker } from '../stage.js'
import {
  expectCode,
  expectCounts,
  filesOf,
  linesOf,
  SUBMITTED,
  submitNew,
  until,
  untilNothingIsOpen,
  workUntilEmpty,
  type Scenario,
} from './scenario.js'

export const FAULTS: readonly Scenario[] = [
  { name: 'a note passes its deadline in the queue', form: 'both', play: passDeadline },
  { name: 'Redis is killed', form: 'both', play: killRedis },
  { name: 'PostgreSQL is killed', form: 'both', play: killPostgres },
  { name: 'the password is wrong', form: 'both', play: useWrongPassword },
  { name: 'a note passes its deadline in a batch', form: 'full', play: passDeadlineInBatch },
  { name: 'a batch is killed and taken up again', form: 'full', play: killBatch },
  { name: 'a worker is killed in the middle', form: 'full', play: killWorker },
  { name: 'the disk is full', form: 'full', play: fillDisk },
  { name: 'a file is changed after it was submitted', form: 'full', play: changeSource },
  { name: 'what is asked for does not exist', form: 'full', play: askForNothing },
]

/** Long enough that no machine reads it within the deadline; short enough for a store. */
const LONG_NOTE_BYTES = 8 * 1024 * 1024
const SHORTEST_DEADLINE = ['--deadline', '0.1'] as const

function longNote(stage: Stage, bytes = LONG_NOTE_BYTES): string {
  const [first] = canaryNotes() as [CanaryNote]
  const text = `${first.text}\n`.repeat(Math.ceil(bytes / first.text.length))
  return stage.file('long.ndjson', `${JSON.stringify({ ...first, text })}\n`)
}

async function passDeadline(stage: Stage): Promise<void> {
  const before = await listQuarantine(stage)
  await expectCode(stage, 'submit', stage.run(['submit', longNote(stage)], SUBMITTED), 0)
  await workUntilEmpty(stage, ...SHORTEST_DEADLINE)
  const entry = (await listQuarantine(stage)).at(-1)
  stage.expect('the note is in quarantine for its deadline', entry?.['reason'] === 'note-deadline')
  const id = String(entry?.['quarantineId'])
  const shown = stage.run(['quarantine', 'show', id], { stdout: 'quarantine entries' })
  await expectCode(stage, 'quarantine show', shown, 0)
  await expectCode(stage, 'quarantine replay', stage.run(['quarantine', 'replay', id]), 0)
  await workUntilEmpty(stage, ...SHORTEST_DEADLINE)
  stage.expect('it is there again', (await listQuarantine(stage)).length === before.length + 2)
}

async function listQuarantine(stage: Stage): Promise<Record<string, unknown>[]> {
  const list = stage.run(['quarantine', 'list'], { stdout: 'quarantine entries' })
  const { out } = await expectCode(stage, 'quarantine list', list, 0)
  return linesOf(out)
}

async function passDeadlineInBatch(stage: Stage): Promise<void> {
  const out = stage.out('results')
  const words = ['batch', longNote(stage), '--out', out, '--jobs', '1', ...SHORTEST_DEADLINE]
  await expectCode(stage, 'batch', stage.run(words), 3)
  expectCounts(stage, out, { read: 1, failed: 1 })
}

/** The store keeps what is submitted meanwhile, and the worker that is there goes on when Redis is back. */
async function killRedis(stage: Stage): Promise<void> {
  const [file = ''] = filesOf(stage, [ndjsonInput('kept.ndjson', 'Redis is gone.\n')])
  const worker = await stage.startWorker()
  await stage.redis.kill9()
  await expectCode(stage, 'submit without Redis', stage.run(['submit', file], SUBMITTED), 0)
  const status = await stage.ask(worker, '/health/ready')
  stage.expect(`a worker without its queue is ready: ${status}`, status === 503)
  await stage.restartRedis()
  await submitNew(stage, 'Redis is back.\n')
  await endWork(stage, worker)
}

async function killPostgres(stage: Stage): Promise<void> {
  const [file = ''] = filesOf(stage, [ndjsonInput('refused.ndjson', 'PostgreSQL is gone.\n')])
  await submitNew(stage, 'Before PostgreSQL is gone.\n')
  const worker = await stage.startWorker()
  await stage.postgres.kill9()
  await expectCode(stage, 'submit without PostgreSQL', stage.run(['submit', file], SUBMITTED), 1)
  const status = await stage.ask(worker, '/health/ready')
  stage.expect(`a worker without its store is ready: ${status}`, status === 503)
  await stage.postgres.restart()
  await endWork(stage, worker)
}

async function endWork(stage: Stage, worker: StagedWorker): Promise<void> {
  stage.expect('the work was done', await untilNothingIsOpen(stage))
  await stage.ask(worker, '/metrics')
  worker.kill('SIGTERM')
  await expectCode(stage, 'the worker', worker.ended, 0)
}

/** The password is a canary too, in the file of settings. */
async function useWrongPassword(stage: Stage): Promise<void> {
  const [file = ''] = filesOf(stage, [ndjsonInput()])
  const word = encodeURIComponent(canary('r-other-1').text)
  for (const [name, url] of [
    ['REDIS_URL', stage.redis.url],
    ['DATABASE_URL', stage.postgres.url],
  ] as const) {
    const wrong = url.replace(/:[^:@/]*@/, `:${word}@`)
    const option = name.toLowerCase().replace('_', '-')
    const config = stage.file(`${name}.json`, JSON.stringify({ [option]: wrong }))
    const env = { [name]: '', CHARTCODE_CONFIG: config }
    for (const command of [['submit', file], ['worker'], ['status']])
      await expectCode(
        stage,
        `${command[0]} with a wrong password`,
        stage.run(command, { ...SUBMITTED, env }),
        1,
      )
  }
}

const MANY = 40

async function killBatch(stage: Stage): Promise<void> {
  const inputs = Array.from({ length: MANY }, (_, at) => ndjsonInput(`notes-${at}.ndjson`))
  const files = filesOf(stage, inputs)
  const out = stage.out('results')
  const words = ['batch', ...files, '--out', out, '--jobs', '1']
  const killed = stage.start(words)
  await until(() => existsSync(path.join(out, 'progress.ndjson')))
  killed.kill('SIGKILL')
  await killed.ended
  await expectCode(stage, 'batch --resume', stage.run([...words, '--resume']), 0)
  expectCounts(stage, out, { read: MANY * NOTES, failed: 0 })
}

/** Long enough to be in work for a moment, and far from its deadline. */
const SECONDS_NOTE_BYTES = 1024 * 1024

/** The note is in work when it is killed, so another worker does it alone. */
async function killWorker(stage: Stage): Promise<void> {
  const before = await stage.backends.store.counts()
  await expectCode(stage, 'submit', stage.run(['submit', longNote(stage, SECONDS_NOTE_BYTES)], SUBMITTED), 0)
  const worker = await stage.startWorker()
  const isTaken = await until(async () => (await stage.backends.queue.counts()).active > 0)
  stage.expect('the note was in work', isTaken)
  worker.kill('SIGKILL')
  await worker.ended
  await workUntilEmpty(stage)
  const after = await stage.backends.store.counts()
  stage.expect('the note was done', after.done === before.done + 1)
}

/** `/dev/full` takes nothing that is written. */
async function fillDisk(stage: Stage): Promise<void> {
  const files = filesOf(stage, [ndjsonInput()])
  const detect = stage.run(['detect', ...files], { stderr: 'stderr', redirect: '/dev/full' })
  await expectCode(stage, 'detect', detect, 1)
}

/** Put back as it was in the end, so that the batch comes to its end. */
async function changeSource(stage: Stage): Promise<void> {
  const files = filesOf(stage, [ndjsonInput(), ...textInputs()])
  const [file = ''] = files
  await expectCode(stage, 'submit', stage.run(['submit', ...files, '--out', stage.out('results')]), 0)
  const [content, { atime, mtime }] = [readFileSync(file), statSync(file)]
  writeFileSync(file, `${JSON.stringify({ id: 'x', text: canary('diagnosis-1').text })}\n`)
  const worker = await stage.startWorker()
  stage.expect('the change is found', await until(() => worker.log().includes('"error":"file-missing"')))
  writeFileSync(file, content)
  utimesSync(file, atime, mtime)
  await endWork(stage, worker)
}

async function askForNothing(stage: Stage): Promise<void> {
  const name = canary('a-name-1').text
  for (const words of [['status'], ['quarantine', 'show'], ['quarantine', 'replay']]) {
    const asked = stage.run([...words, name], { isAsking: true })
    await expectCode(stage, words.join(' '), asked, 1)
  }
  await expectCode(stage, 'detect of nothing', stage.run(['detect', '-']), 0, 1)
}

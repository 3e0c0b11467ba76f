/** Ten scenarios in which nothing goes wrong. */
import { utimesSync } from 'node:fs'
import path from 'node:path'
import type { Stage } from '../stage.js'
import {
  archiveInputs,
  ccdaInput,
  formatInputs,
  hl7Input,
  ndjsonInput,
  NOTES,
  textInputs,
} from '../good-inputs.js'
import { canaryNotes } from '../notes.js'
import { canary } from '../strings.js'
import {
  expectCode,
  expectCounts,
  filesOf,
  linesOf,
  RESULTS,
  SUBMITTED,
  submitNew,
  untilNothingIsOpen,
  workUntilEmpty,
  type Scenario,
} from './scenario.js'

export const IN_ORDER: readonly Scenario[] = [
  { name: 'notes are coded on the command line', form: 'both', play: detectNotes },
  { name: 'notes are coded in each format of results', form: 'full', play: detectFormats },
  { name: 'exports of other systems are coded', form: 'full', play: detectExports },
  { name: 'a directory is coded in one process', form: 'both', play: runBatch },
  { name: 'archives are coded in one process', form: 'full', play: runArchives },
  { name: 'notes go through the queue', form: 'both', play: submitNotes },
  { name: 'a batch goes through the queue', form: 'both', play: submitBatch },
  { name: 'a batch of archives and messages goes through the queue', form: 'full', play: submitSpooled },
  { name: 'a night is run', form: 'full', play: runNight },
  { name: 'a batch is told apart from one that was submitted before', form: 'full', play: submitTwice },
]

async function detectNotes(stage: Stage): Promise<void> {
  const { content } = ndjsonInput()
  const [files, { out }] = await Promise.all([
    stage.run(['detect', ...filesOf(stage, textInputs())], RESULTS),
    stage.run(['detect', '--explain', '-'], { ...RESULTS, input: content }),
  ])
  stage.expect('each text has a result', linesOf(files.out).length === NOTES)
  stage.expect('each line has a result', linesOf(out).length === NOTES)
  stage.expect('the notes were read', evidenceOf(out) > 0)
}

function evidenceOf(out: Buffer): number {
  return linesOf(out).filter(({ candidates }) => Array.isArray(candidates) && candidates.length > 0).length
}

async function detectFormats(stage: Stage): Promise<void> {
  const [file = ''] = filesOf(stage, [ndjsonInput()])
  for (const format of ['table', 'json', 'csv', 'fhir', 'comprehend'])
    await expectCode(stage, format, stage.run(['detect', '--format', format, file], RESULTS), 0)
  const assert = stage.run(['assert', stage.file('spans.ndjson', spans())], RESULTS)
  await expectCode(stage, 'assert', assert, 0)
}

function spans(): string {
  const [{ id, text } = { id: '', text: '' }] = canaryNotes()
  return `${JSON.stringify({ id, text, start: 0, end: 8 })}\n`
}

async function detectExports(stage: Stage): Promise<void> {
  const files = filesOf(stage, formatInputs())
  const { out } = await expectCode(stage, 'detect', stage.run(['detect', ...files], RESULTS), 0)
  stage.expect('each note of each format has a result', linesOf(out).length === 3 * NOTES + 1)
}

async function runBatch(stage: Stage): Promise<void> {
  const files = filesOf(stage, [ndjsonInput(), ...formatInputs(), ...textInputs()])
  const out = stage.out('results')
  await expectCode(stage, 'batch', stage.run(['batch', ...files, '--out', out, '--jobs', '1']), 0)
  expectCounts(stage, out, { read: 5 * NOTES + 1, failed: 0 })
}

async function runArchives(stage: Stage): Promise<void> {
  const out = stage.out('results')
  const files = filesOf(stage, archiveInputs())
  await expectCode(stage, 'batch', stage.run(['batch', ...files, '--out', out, '--jobs', '1']), 0)
  expectCounts(stage, out, { read: 5 * NOTES, failed: 0 })
}

async function submitNotes(stage: Stage): Promise<void> {
  const [{ noteId } = {}] = await submitNew(stage, '')
  const worker = await stage.startWorker()
  stage.expect('the work was done', await untilNothingIsOpen(stage))
  for (const address of ['/metrics', '/health/live', '/health/ready', askedWithCanary()])
    await stage.ask(worker, address)
  worker.kill('SIGTERM')
  await expectCode(stage, 'the worker', worker.ended, 0)
  const shown = stage.run(['status', String(noteId)], { stdout: 'results' })
  const one = await expectCode(stage, 'status of a note', shown, 0)
  stage.expect('the result of a note is shown', linesOf(one.out).length === 1)
  await expectCode(stage, 'status', stage.run(['status']), 0)
  await expectCode(stage, 'doctor', stage.run(['doctor']), 0)
}

/** No answer repeats what was asked. */
function askedWithCanary(): string {
  return `/notes?name=${encodeURIComponent(canary('a-name-1').text)}`
}

async function submitBatch(stage: Stage): Promise<void> {
  const files = filesOf(stage, [ndjsonInput(), ccdaInput(), ...textInputs()])
  const out = stage.out('results')
  const { out: printed } = await expectCode(stage, 'submit', stage.run(['submit', ...files, '--out', out]), 0)
  const [{ batchId } = {}] = linesOf(printed)
  await workUntilEmpty(stage)
  const shown = stage.run(['status', String(batchId)])
  const { out: status } = await expectCode(stage, 'status of a batch', shown, 0)
  stage.expect('the batch is finished', linesOf(status)[0]?.['state'] === 'finished')
  expectCounts(stage, out, { read: 2 * NOTES + 1, failed: 0 })
}

async function submitSpooled(stage: Stage): Promise<void> {
  const files = filesOf(stage, [...archiveInputs(), hl7Input()])
  const out = stage.out('results')
  await expectCode(stage, 'submit', stage.run(['submit', ...files, '--out', out]), 0)
  await workUntilEmpty(stage)
  expectCounts(stage, out, { read: 6 * NOTES, failed: 0 })
}

/** The first look begins the schedule; for a zone in which it is tomorrow already, a night is due. */
async function runNight(stage: Stage): Promise<void> {
  const [file = ''] = filesOf(stage, [ndjsonInput('watched/night.ndjson')])
  const old = new Date(Date.now() - 3_600_000)
  utimesSync(file, old, old)
  const out = stage.out('nights')
  const words = ['nightly', '--watch', path.dirname(file), '--out', out, '--at', '00:00', '--once']
  for (const zone of ['Etc/GMT+12', 'Pacific/Kiritimati'])
    await expectCode(
      stage,
      'nightly',
      stage.run([...words, '--time-zone', zone, '--jobs', '1'], { stderr: 'logs' }),
      0,
    )
}

async function submitTwice(stage: Stage): Promise<void> {
  await submitNew(stage, 'Seen twice.\n')
  const file = stage.file('again.ndjson', ndjsonInput('', 'Seen twice.\n').content)
  const { out } = await expectCode(stage, 'submit', stage.run(['submit', file], SUBMITTED), 0)
  stage.expect(
    'a note that comes again is known',
    linesOf(out).every(({ isNew }) => isNew === false),
  )
  await workUntilEmpty(stage)
}

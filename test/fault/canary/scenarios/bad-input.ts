/** Scenarios in which what comes in is wrong: on the command line, in a batch, and through the queue. */
import {
  badArchives,
  badDocuments,
  badEncodings,
  badMessages,
  badNdjson,
  badResources,
  badTables,
} from '../bad-inputs.js'
import type { Input } from '../good-inputs.js'
import type { Stage } from '../stage.js'
import {
  expectCode,
  filesOf,
  linesOf,
  RESULTS,
  SUBMITTED,
  workUntilEmpty,
  type Scenario,
} from './scenario.js'

const MESSAGES = badMessages()
const OTHERS = [...badDocuments(), ...badResources(), ...badTables()]

export const BAD_INPUT: readonly Scenario[] = [
  { name: 'broken JSON', form: 'both', play: stage => refuse(stage, [badNdjson()]) },
  { name: 'broken exports', form: 'ordinary', play: stage => refuse(stage, [...MESSAGES, ...OTHERS]) },
  { name: 'broken HL7 messages', form: 'full', play: stage => refuse(stage, MESSAGES) },
  {
    name: 'broken documents, resources and tables',
    form: 'full',
    play: stage => refuse(stage, OTHERS),
  },
  { name: 'broken archives', form: 'full', play: stage => refuse(stage, badArchives()) },
  { name: 'bytes that are no text', form: 'full', play: stage => refuse(stage, badEncodings()) },
]

/** Every way in, with the same files; something of each kind must have been refused. */
async function refuse(stage: Stage, inputs: readonly Input[]): Promise<void> {
  const files = filesOf(stage, inputs)
  const [here, queued] = [stage.out('here'), stage.out('queued')]
  const { err } = await expectCode(stage, 'detect', stage.run(['detect', ...files], RESULTS), 1, 3)
  stage.expect('detect said what is wrong', err.length > 0)
  const batch = await expectCode(
    stage,
    'batch',
    stage.run(['batch', ...files, '--out', here, '--jobs', '1']),
    3,
  )
  stage.expect('batch said how many failed', batch.err.length > 0)
  await expectCode(stage, 'submit', stage.run(['submit', ...files], SUBMITTED), 3)
  const submitted = await expectCode(
    stage,
    'submit --out',
    stage.run(['submit', ...files, '--out', queued]),
    0,
  )
  await workUntilEmpty(stage)
  const [{ batchId } = {}] = linesOf(submitted.out)
  const { out } = await stage.run(['status', String(batchId)])
  stage.expect('the batch is finished', linesOf(out)[0]?.['state'] === 'finished')
}

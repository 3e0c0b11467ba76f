/**
 * One HL7 v2 message → its notes. MDM^T01 to T11 carry one document; ORU^R01 carries a report for each OBR
 * that has text. Their structures are those of HL7 v2.5.1, chapters 9 and 7. A message without text, or of
 * another type, is a reject that names the type and nothing else of it.
 */
import { ChartcodeError } from '../../model/errors.js'
import type { Note, Reject } from '../../model/note.js'
import { nameNotes, type NoteDraft } from '../note-ids.js'
import { checkedSize, rejectOf } from '../note-record.js'
import { decodeMessage } from './charset-of-message.js'
import { authorFacts, encounterFacts, patientFacts, serviceDate, typeFacts } from './encounter-facts.js'
import { component, field, splitMessage, type Message, type Segment } from './message.js'
import { observationText } from './observation-text.js'

/** Throws a `ChartcodeError` for what the whole message is wrong with. */
export function parseMessage(bytes: Uint8Array, line: number): (Note | Reject)[] {
  const { text, charset } = decodeMessage(bytes)
  const message = splitMessage(text, charset)
  const [msh] = message.segments
  const code = component(message, msh, 9, 1) ?? ''
  const trigger = component(message, msh, 9, 2) ?? ''
  const drafts: NoteDraft[] = []
  const rejects: Reject[] = []
  for (const group of groupsOf(message, code, trigger)) {
    try {
      const draft = draftOf(message, group)
      if (draft.text.trim() !== '') drafts.push(draft)
    } catch (error) {
      if (!(error instanceof ChartcodeError)) throw error
      rejects.push(rejectOf(line, error.code, error.message))
    }
  }
  if (drafts.length === 0 && rejects.length === 0)
    return [
      rejectOf(line, 'input-message', `the ${code}^${trigger} message holds no text in its OBX segments`),
    ]
  return [...nameNotes(drafts).map(note => checkedSize(note, line)), ...rejects]
}

/** A document or an order with what is known around it. */
interface Group {
  readonly msh: Segment | undefined
  readonly pid?: Segment | undefined
  readonly pv1?: Segment | undefined
  readonly txa?: Segment | undefined
  readonly obr?: Segment | undefined
  readonly observations: readonly Segment[]
}

function groupsOf(message: Message, code: string, trigger: string): readonly Group[] {
  if (code === 'ORU' && trigger === 'R01') return reportGroups(message)
  if (code === 'MDM' && /^T(?:0[1-9]|1[01])$/.test(trigger)) return [documentGroup(message)]
  const type = /^[A-Z]{3}(?:\^[A-Z]\d\d)?/.exec(`${code}^${trigger}`)?.[0]
  const what = type === undefined ? 'the type of the message is not read' : `${type} messages hold no notes`
  throw new ChartcodeError('input-message', `${what}: MDM^T01 to T11 and ORU^R01 are read`)
}

/** MSH EVN PID PV1 { [ORC] OBR } TXA { OBX } */
function documentGroup({ segments }: Message): Group {
  const first = (name: string): Segment | undefined => segments.find(segment => segment.name === name)
  const txa = first('TXA')
  // Table 0273: CA is a document that was deleted.
  if (field(txa, 19) === 'CA')
    throw new ChartcodeError('input-message', 'the document of the message is withdrawn (TXA-19 is CA)')
  const observations = segments.filter(({ name }) => name === 'OBX')
  return { msh: segments[0], pid: first('PID'), pv1: first('PV1'), txa, obr: first('OBR'), observations }
}

/** MSH { [PID [PV1]] { [ORC] OBR { OBX } } } */
function reportGroups({ segments }: Message): readonly Group[] {
  const groups: Group[] = []
  let around: Omit<Group, 'observations'> = { msh: segments[0] }
  let observations: Segment[] | null = null
  for (const segment of segments) {
    if (segment.name === 'PID') {
      around = { msh: around.msh, pid: segment }
      observations = null
    } else if (segment.name === 'PV1') around = { ...around, pv1: segment }
    else if (segment.name === 'OBR' || (segment.name === 'OBX' && observations === null)) {
      observations = []
      groups.push({ ...around, ...(segment.name === 'OBR' ? { obr: segment } : {}), observations })
    }
    if (segment.name === 'OBX') observations?.push(segment)
  }
  return groups
}

function draftOf(message: Message, group: Group): NoteDraft {
  const { msh, pid, pv1, txa, obr, observations } = group
  const ids = [component(message, txa, 12, 1), component(message, obr, 3, 1), component(message, obr, 2, 1)]
  return {
    id: ids.find(id => id !== undefined) ?? component(message, msh, 10, 1),
    text: observationText(message, observations),
    ...encounterFacts(message, msh, pv1),
    ...serviceDate(message, [
      [txa, 4],
      [obr, 7],
      [pv1, 44],
    ]),
    ...patientFacts(message, pid),
    ...(txa === undefined ? typeFacts(message, obr, 4) : typeFacts(message, txa, 2)),
    ...(txa === undefined ? authorFacts(message, obr, 32) : authorFacts(message, txa, 9)),
  }
}

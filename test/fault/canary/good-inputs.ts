/**
 * The canary notes in every format that is read, as a well-behaved system would send them: identifiers stand in
 * the headers that formats have for them, and in the text.
 */
import { gzipSync } from 'node:zlib'
import { zipOf } from '../../sources/invented-zip.js'
import { canaryNotes, type CanaryNote } from './notes.js'
import { canary } from './strings.js'

export interface Input {
  readonly name: string
  readonly content: string | Uint8Array
}

const text = (id: string): string => canary(id).text

export const NOTES: number = canaryNotes().length

/** `addition`: what makes them other notes than those of another scenario. */
export function ndjsonInput(name = 'notes.ndjson', addition = ''): Input {
  const patient = { id: text('h-record-2'), sex: 'F', age: 71 }
  const lines = canaryNotes().map(note =>
    JSON.stringify({
      ...note,
      text: note.text + addition,
      patient,
      author: text('a-name-1'),
      type: text('j-account-1'),
    }),
  )
  return { name, content: `${lines.join('\n')}\n` }
}

export function csvInput(name = 'notes.csv'): Input {
  const cell = (value: string): string => `"${value.replaceAll('"', '""')}"`
  const rows = canaryNotes().map(note => [note.id, text('h-record-2'), note.text].map(cell).join(','))
  return { name, content: ['id,patient_id,text', ...rows, ''].join('\r\n') }
}

export function textInputs(): Input[] {
  return canaryNotes().map((note, at) => ({ name: `texts/note-${at + 1}.txt`, content: note.text }))
}

/** ORU^R01: the patient in PID, the visit in PV1, a line of the note in each OBX. */
export function hl7Input(name = 'notes.hl7'): Input {
  return { name, content: canaryNotes().map(hl7Message).join('') }
}

export function hl7Message(note: CanaryNote, number = 0): string {
  const field = (value: string): string =>
    value
      .replaceAll('\\', '\\E\\')
      .replaceAll('|', '\\F\\')
      .replaceAll('^', '\\S\\')
      .replaceAll('&', '\\T\\')
      .replaceAll('~', '\\R\\')
  const [record, name, phone] = ['h-record-2', 'a-name-2', 'd-phone-1'].map(id => field(text(id)))
  const [place, social, account] = ['b-place-1', 'g-social-security-1', 'j-account-1'].map(id =>
    field(text(id)),
  )
  const segments = [
    `MSH|^~\\&|LAB|${place}|CHART||202603101200||ORU^R01^ORU_R01|${field(note.id)}|P|2.5.1|||||USA|UNICODE UTF-8`,
    `PID|1||${record}^^^OZ^MR||${name}||19310228|F|||${place}||${phone}|||||${account}|${social}`,
    `PV1|1|O|CLINIC`,
    `OBR|1|P-${number}|F-${number}|11506-3^Progress note^LN|||202603101100|||||||||||||||202603101155||RAD|F`,
    ...note.text.split('\n').map((line, at) => `OBX|${at + 1}|TX|11506-3^Note^LN||${field(line)}||||||F`),
  ]
  return `${segments.join('\r')}\r`
}

export function ccdaInput(name = 'note.xml', note = canaryNotes()[0] as CanaryNote): Input {
  const escaped = (value: string): string =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  const extension = (id: string): string =>
    `<id root="2.16.840.1.113883.19.5" extension="${escaped(text(id))}"/>`
  const lines = note.text.split('\n').map(line => `<paragraph>${escaped(line)}</paragraph>`)
  const content = `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3">
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <id root="2.16.840.1.113883.19.5" extension="${escaped(note.id)}"/>
  <code code="11506-3" codeSystem="2.16.840.1.113883.6.1" displayName="Progress note"/>
  <title>Progress note of ${escaped(text('a-name-1'))}</title>
  <effectiveTime value="20260210"/>
  <recordTarget><patientRole>${extension('h-record-2')}${extension('g-social-security-1')}
    <telecom value="${escaped(text('d-phone-2'))}"/>
    <patient><name><given>${escaped(text('a-name-1'))}</given></name><birthTime value="19310228"/></patient>
  </patientRole></recordTarget>
  <component><structuredBody><component><section>
    <code code="11450-4" codeSystem="2.16.840.1.113883.6.1"/><title>PROBLEMS</title>
    <text>${lines.join('')}</text>
  </section></component></structuredBody></component>
</ClinicalDocument>
`
  return { name, content }
}

export function fhirInput(name = 'notes.fhir.ndjson'): Input {
  const lines = canaryNotes().map((note, at) =>
    JSON.stringify({
      resourceType: 'DocumentReference',
      id: `d${at}`,
      identifier: [{ value: text('h-record-2') }],
      status: 'current',
      subject: { reference: `Patient/${at}`, display: text('a-name-1') },
      author: [{ display: text('a-name-2') }],
      content: [
        { attachment: { contentType: 'text/plain', data: Buffer.from(note.text).toString('base64') } },
      ],
    }),
  )
  return { name, content: `${lines.join('\n')}\n` }
}

export function archiveInputs(): Input[] {
  const members = [ndjsonInput(), csvInput(), ...textInputs(), hl7Input()]
  return [
    { name: 'night.zip', content: zipOf(members) },
    { name: 'more.ndjson.gz', content: gzipSync(ndjsonInput().content) },
  ]
}

export function formatInputs(): Input[] {
  return [csvInput(), hl7Input(), ccdaInput(), fhirInput()]
}

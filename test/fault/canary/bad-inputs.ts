/**
 * Inputs that are wrong in every way that a reader complains about, with a canary at the place that an error
 * message would like to quote. What is wrong differs from line to line; a whole file is refused only where the
 * format knows no smaller part.
 */
import { gzipSync } from 'node:zlib'
import { zipOf } from '../../sources/invented-zip.js'
import { ccdaInput, csvInput, fhirInput, hl7Message, ndjsonInput, type Input } from './good-inputs.js'
import { canaryNotes, type CanaryNote } from './notes.js'
import { canary } from './strings.js'

const text = (id: string): string => canary(id).text
const [first, second] = canaryNotes() as [CanaryNote, CanaryNote]

export function badNdjson(): Input {
  const lines = [
    // JSON.parse quotes what it stumbles over: of a long text a few letters, a short one as a whole.
    ...['a-name-1', 'd-phone-1', 'h-record-1', 'f-mail-1'].map(text),
    `${text('a-name-1')}: ${text('diagnosis-1')}`,
    JSON.stringify(first).slice(0, -2),
    `${JSON.stringify(first)} ${text('d-phone-1')}`,
    `{"id": "${first.id}", "text": "${text('a-name-1')}", }`,
    JSON.stringify([first]),
    JSON.stringify(text('f-mail-1')),
    JSON.stringify({ [text('a-name-1')]: first.text }),
    JSON.stringify({ ...first, id: { of: text('h-record-2') } }),
    JSON.stringify({ ...first, text: [first.text] }),
    JSON.stringify({ ...first, setting: text('b-place-1') }),
    JSON.stringify({ ...first, dateOfService: text('c-date-2') }),
    JSON.stringify({ ...first, patient: text('a-name-2') }),
    JSON.stringify({ ...first, patient: { sex: text('a-name-1') } }),
    JSON.stringify({ ...first, patient: { birthDate: text('c-date-1'), age: text('e-fax-1') } }),
    JSON.stringify({ ...first, facility: { name: text('b-place-2') } }),
    JSON.stringify(second),
  ]
  return { name: 'bad.ndjson', content: `${lines.join('\n')}\n` }
}

export function badTables(): Input[] {
  const { content } = csvInput()
  return [
    { name: 'no-text.csv', content: `id,${text('a-name-1')}\r\n1,"${text('diagnosis-3')}"\r\n` },
    { name: 'open.csv', content: `id,text\r\n1,"${text('diagnosis-4')}\r\n` },
    {
      name: 'stray.csv',
      content: `id,text\r\n1,x "${text('a-name-1')}" y\r\n2,a,b,${text('d-phone-1')}\r\n`,
    },
    {
      name: 'values.csv',
      content: `id,text,setting,age\r\n${first.id},x,${text('b-place-1')},${text('f-mail-1')}\r\n`,
    },
    { name: 'latin.csv', content: Buffer.from(String(content), 'latin1') },
  ]
}

export function badMessages(): Input[] {
  const message = hl7Message(first)
  const count = 'BTS|17|'
  return [
    { name: 'no-header.hl7', content: message.slice(message.indexOf('PID')) },
    { name: 'cut.hl7', content: `MSH|${text('a-name-1')}\r` },
    { name: 'charset.hl7', content: message.replace('UNICODE UTF-8', text('n-address-1')) },
    {
      name: 'base64.hl7',
      content: message.replace('OBX|1|TX|', 'OBX|1|ED|').replace('||Patient', '||^^^Base64^'),
    },
    {
      name: 'batch.hl7',
      content: `BHS|^~\\&|${text('b-place-1')}\r${message}${count}${text('r-other-1')}\r`,
    },
    { name: 'no-notes.hl7', content: message.slice(0, message.indexOf('OBX')) },
  ]
}

export function badDocuments(): Input[] {
  const content = String(ccdaInput().content)
  const with_ = (from: string, to: string): string => content.replace(from, to)
  return [
    {
      name: 'entity.xml',
      content: with_(
        '<ClinicalDocument',
        `<!DOCTYPE x [<!ENTITY n "${text('a-name-1')}">]><ClinicalDocument`,
      ),
    },
    { name: 'open.xml', content: content.slice(0, content.indexOf('</text>')) },
    {
      name: 'tag.xml',
      content: with_('<text>', `<text><${text('a-name-1').replace(' ', '.')} x="${text('d-phone-2')}">`),
    },
    { name: 'twice.xml', content: with_('<text>', `<text a="${text('a-name-1')}" a="${text('f-mail-1')}">`) },
    { name: 'root.xml', content: `<report name="${text('a-name-1')}">${text('diagnosis-2')}</report>` },
    { name: 'encoding.xml', content: with_('UTF-8', text('n-address-2')) },
    {
      name: 'unknown.xml',
      content: with_('<paragraph>', `<paragraph>&${text('a-name-1').replace(' ', '')};`),
    },
  ]
}

export function badResources(): Input[] {
  const [resource = ''] = String(fhirInput().content).split('\n')
  const attachment = (changes: object): string =>
    JSON.stringify({ resourceType: 'DocumentReference', id: first.id, content: [{ attachment: changes }] })
  const lines = [
    resource.slice(0, -3),
    JSON.stringify({ resourceType: text('a-name-1'), text: text('diagnosis-1') }),
    attachment({ contentType: text('a-name-2'), data: 'AAAA' }),
    attachment({ contentType: 'text/plain', data: `%${text('f-mail-1')}` }),
    attachment({ contentType: `text/plain; charset=${text('n-address-2')}`, data: 'AAAA' }),
    attachment({ contentType: 'text/plain', url: text('n-address-1') }),
    JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: text('a-name-1') }] }),
    JSON.stringify({
      resourceType: 'DocumentReference',
      status: text('b-place-1'),
      content: text('diagnosis-3'),
    }),
  ]
  return [{ name: 'bad.fhir.ndjson', content: `${lines.join('\n')}\n` }]
}

export function badArchives(): Input[] {
  const members = [ndjsonInput(), csvInput()]
  const whole = zipOf(members)
  const packed = gzipSync(ndjsonInput().content)
  return [
    { name: 'cut.zip', content: whole.subarray(0, whole.length - 40) },
    { name: 'encrypted.zip', content: zipOf([{ ...ndjsonInput(), encrypted: true }]) },
    { name: 'nested.zip', content: zipOf([{ name: 'inner.zip', content: whole }]) },
    { name: 'sum.zip', content: zipOf([{ ...ndjsonInput(), claimedChecksum: 1 }]) },
    { name: 'size.zip', content: zipOf([{ ...csvInput(), claimedBytes: 3 }]) },
    { name: 'cut.ndjson.gz', content: packed.subarray(0, packed.length - 20) },
    { name: 'plain.ndjson.gz', content: String(ndjsonInput().content) },
  ]
}

export function badEncodings(): Input[] {
  const { content } = ndjsonInput()
  const broken = Buffer.concat([
    Buffer.from(first.text),
    Buffer.from([0xff, 0xc3, 0x28]),
    Buffer.from(second.text),
  ])
  return [
    { name: 'broken.txt', content: broken },
    { name: 'wide.txt', content: Buffer.from(first.text, 'utf16le') },
    { name: 'wide.ndjson', content: Buffer.from(`\ufeff${String(content)}`, 'utf16le') },
    {
      name: 'broken.ndjson',
      content: Buffer.concat([Buffer.from(`{"id":"${first.id}","text":"`), broken, Buffer.from('"}\n')]),
    },
    { name: 'nul.ndjson', content: `${JSON.stringify(first)}\0${text('a-name-1')}\n` },
  ]
}

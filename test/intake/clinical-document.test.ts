/** The header and the encodings of C-CDA documents, row by row; whole documents stand in the fixtures. */
import { describe, expect, it } from 'vitest'
import { outcomeOf, readInput } from '../support/read-input.js'

const document = (header: string, declaration = ''): string =>
  `${declaration}<ClinicalDocument xmlns="urn:hl7-org:v3">${header}<component><structuredBody><component><section>` +
  `<title>Plan</title><text>fièvre</text></section></component></structuredBody></component></ClinicalDocument>`
const encounter = (inside: string): string =>
  `<componentOf><encompassingEncounter>${inside}</encompassingEncounter></componentOf>`
const patient = (inside: string): string =>
  `<recordTarget><patientRole>${inside}</patientRole></recordTarget>`
const read = (content: string | Uint8Array) => readInput('d/n.xml', content)

describe('the header of a document', () => {
  it.each<readonly [string, string, object]>([
    ['root and extension of its id', '<id root="1.2" extension="a"/>', { id: '1.2^a' }],
    ['a root alone', '<id root="1.2"/>', { id: '1.2' }],
    ['the first of two ids', '<id root="1"/><id root="2"/>', { id: '1' }],
    ['no id: the name of the file', '<id nullFlavor="NI"/>', { id: 'd/n.xml' }],
    ['an inpatient', encounter('<code code="IMP"/>'), { setting: 'inpatient' }],
    ['an observation', encounter('<code code="OBSENC"/>'), { setting: 'outpatient' }],
    [
      'the beginning of the encounter',
      `<effectiveTime value="20260301"/>${encounter('<effectiveTime><low value="20260209"/></effectiveTime>')}`,
      { dateOfService: '2026-02-09' },
    ],
    [
      'the time of the encounter',
      encounter('<effectiveTime value="20260209120000-0500"/>'),
      { dateOfService: '2026-02-09' },
    ],
    ['the time of the document', '<effectiveTime value="20260301"/>', { dateOfService: '2026-03-01' }],
    [
      'a patient',
      patient(
        '<id root="9" extension="7"/><patient><administrativeGenderCode code="UN"/><birthTime value="19600229"/></patient>',
      ),
      { patient: { id: '7', sex: 'X', birthDate: '1960-02-29' } },
    ],
    ['the name of its type', '<code displayName="Consult"/><title>T</title>', { type: 'Consult' }],
    ['its title else', '<code/><title> A  title </title>', { type: 'A title' }],
  ])('says %s', async (_, header, fields) => {
    expect(await read(document(header))).toMatchObject([{ text: 'Plan\nfièvre', ...fields }])
  })

  it('says nothing where it is empty', async () => {
    expect(await read(document('<code code="1"/>'))).toEqual([{ id: 'd/n.xml', text: 'Plan\nfièvre' }])
  })

  it('with a date that no calendar has is refused', async () => {
    expect((await read(document('<effectiveTime value="20260230"/>'))).map(outcomeOf)).toEqual([
      'date-invalid',
    ])
  })

  it('of another namespace says nothing', async () => {
    const foreign =
      '<x:id xmlns:x="urn:x" root="1"/><x:section xmlns:x="urn:x"><text>not read</text></x:section>'
    expect(await read(document(foreign))).toEqual([{ id: 'd/n.xml', text: 'Plan\nfièvre' }])
  })
})

const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>`
const utf16le = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le')

describe('a document', () => {
  it.each<readonly [string, Uint8Array]>([
    ['in UTF-8, undeclared', Buffer.from(document(''))],
    ['in UTF-8 with its mark', Buffer.from(`\ufeff${document('', declared('utf-8'))}`)],
    ['in UTF-16LE with its mark', utf16le(document('', declared('UTF-16')))],
    ['in UTF-16LE with its mark, undeclared', utf16le(document(''))],
    ['in UTF-16BE with its mark', utf16le(document('', declared('UTF-16BE'))).swap16()],
    ['in ISO-8859-1', Buffer.from(document('', declared('ISO-8859-1')), 'latin1')],
    ['in windows-1252', Buffer.from(document('', declared('Windows-1252')), 'latin1')],
  ])('%s is read', async (_, bytes) => {
    expect((await read(bytes)).map(outcomeOf)).toEqual(['Plan\nfièvre'])
  })

  it.each<readonly [string, Uint8Array]>([
    ['that declares UTF-7', Buffer.from(document('', declared('UTF-7')))],
    ['that declares EBCDIC', Buffer.from(document('', declared('ebcdic-cp-us')))],
    ['that declares a code page that is not read', Buffer.from(document('', declared('koi8-r')))],
    ['whose mark and declaration disagree', Buffer.from(`\ufeff${document('', declared('ISO-8859-1'))}`)],
    ['that is no UTF-8 and declares nothing', Buffer.from(document(''), 'latin1')],
    ['that is cut in UTF-16', utf16le(document('')).subarray(0, -1)],
  ])('%s is refused', async (_, bytes) => {
    expect((await read(bytes)).map(outcomeOf)).toEqual(['input-encoding'])
  })

  it.each([
    ['a reference to a file', '<text mediaType="text/plain"><reference value="a.txt"/></text>'],
    ['base64 that is none', '<text mediaType="text/plain" representation="B64">*</text>'],
    ['a picture', '<text mediaType="image/png" representation="B64">iVBORw==</text>'],
    ['an unknown type', '<text mediaType="Quimby/x">x</text>'],
  ])('whose body is %s is refused without a word of it', async (_, text) => {
    const body = `<ClinicalDocument xmlns="urn:hl7-org:v3"><component><nonXMLBody>${text}</nonXMLBody></component></ClinicalDocument>`
    const [reject] = await read(body)
    expect(reject).toMatchObject({ id: 'd/n.xml', error: { code: 'input-document' } })
    expect(JSON.stringify(reject)).not.toContain('Quimby')
  })
})

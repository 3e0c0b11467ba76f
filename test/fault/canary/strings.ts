/**
 * 40 strings that may be in no log, metric, queue, error or temporary file once a note with them was
 * processed: the 16 textual identifiers of Safe Harbor (45 CFR 164.514(b)(2); not finger prints and faces) in two
 * spellings each, and 8 sentences of diagnosis. All is invented: numbers of ranges that are never given out
 * (SSN 000, 555-01xx, 203.0.113.0/24, 2001:db8::/32, .example), days that no calendar has.
 */
export interface Canary {
  /** What reports name it by: they never quote it. */
  readonly id: string
  readonly text: string
}

/** By the letter of the regulation. */
const IDENTIFIERS: readonly (readonly [name: string, first: string, second: string])[] = [
  ['a-name', 'Zebulon Quillfeather', 'QUILLFEATHER, ZÉBULON'],
  ['b-place', '4127 Thistlewhistle Hollow', 'Mudgeford, OZ 99961-7315'],
  ['c-date', 'February 30, 1931', '1931-02-30T07:41'],
  ['d-phone', '(555) 010-4417', '+1-555-010-4417'],
  ['e-fax', 'Fax 555 010 9926', 'fax:+15550109926'],
  ['f-mail', 'zeb.quillfeather@mudgeford.example', 'quillfeather (at) mudgeford (dot) example'],
  ['g-social-security', '000-47-9183', 'SSN 000479183'],
  ['h-record', 'MRN-7X40-Q881', 'MRN 0007740881Q'],
  ['i-health-plan', 'HPB-66-204-ZQF', 'Member 66204 ZQF 01'],
  ['j-account', 'ACCT#88-01742-Q', 'account 8801742Q'],
  ['k-licence', 'LIC-OZ-Q4471902', 'licence no. Q 447 1902'],
  ['l-vehicle', 'plate OZ-QF-7741', 'VIN 0QZF7W0XX00047183'],
  ['m-device', 'serial PMQ-00417-ZF', 'UDI (01)00000004417ZQF'],
  ['n-address', 'https://records.mudgeford.example/p/zq-4417?visit=9', 'www.mudgeford.example/~quillfeather'],
  ['o-network', '203.0.113.177', '2001:db8:4417::9a'],
  ['r-other', 'study no. ZQF/4417-alpha', '*Q4417ZF9926*'],
]

/** With quotation marks, line breaks and letters outside ASCII, which each encoding writes its own way. */
const SENTENCES: readonly string[] = [
  'Impression: "walking" pneumonia of the left lower lobe, likely aspiration.',
  'Assessment: recurrent depressive disorder; passive death wish since the divorce.',
  'HIV disease with oral candidiasis \u2013 not disclosed to the family.',
  'Type 2 diabetes with a foot ulcer of the right heel, A1c 11.3 %.',
  'Ca. of the left breast, T2N1, on letrozole; wants no further chemotherapy.',
  'Alcohol dependence in early remission; last drink \u201cthree weeks ago\u201d.',
  'Spontaneous abortion at nine weeks, D&C done <yesterday>.',
  'Coca\u00efne use, chest pain\nresolved; troponin negative twice.',
]

export const CANARIES: readonly Canary[] = [
  ...IDENTIFIERS.flatMap(([name, first, second]) => [
    { id: `${name}-1`, text: first },
    { id: `${name}-2`, text: second },
  ]),
  ...SENTENCES.map((text, at) => ({ id: `diagnosis-${at + 1}`, text })),
]

export function canary(id: string): Canary {
  const found = CANARIES.find(other => other.id === id)
  if (found === undefined) throw new RangeError('there is no such canary')
  return found
}

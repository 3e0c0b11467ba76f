import { describe, expect, it } from 'vitest'
import { createContextKit } from '../support/context-kit.js'

const kit = createContextKit()

function sentencesOf(text: string): string[] {
  const { tokens, sentences } = kit.read(text)
  return Array.from({ length: sentences.count }, (_, i) => {
    const first = sentences.first[i] as number
    const past = sentences.first[i + 1] as number
    return text.slice(tokens.start[first], tokens.end[past - 1])
  })
}

const WRAPPED = 'The patient was seen in the clinic this morning with\nsevere pain'

describe('sentences', () => {
  it.each([
    ['a period before a capital', 'Has gout. No fever.', ['Has gout', 'No fever']],
    ['a missing blank behind the period', 'Has pain.Patient rests.', ['Has pain', 'Patient rests']],
    ['an initial is no end', 'Seen by John K. Smith today.', ['Seen by John K. Smith today']],
    ['a title is no end', 'Seen by Dr. Smith today.', ['Seen by Dr. Smith today']],
    ['a decimal is no end', 'Hgb 7.4 today', ['Hgb 7.4 today']],
    [
      'Latin abbreviations of doses are no end',
      'Take b.i.d. and p.r.n. with food',
      ['Take b.i.d. and p.r.n. with food'],
    ],
    ['a bullet starts one', '- gout\n- asthma', ['gout', 'asthma']],
    ['a list number starts one', 'List\n1. gout\n2. asthma', ['List', '1', 'gout', '2', 'asthma']],
    ['a blank line ends one', 'gout\n\nasthma', ['gout', 'asthma']],
    ['a blank line with a space ends one', 'gout\n \nasthma', ['gout', 'asthma']],
    ['CRLF lines', 'gout\r\n\r\nasthma', ['gout', 'asthma']],
    ['a short line ends one', 'gout\nasthma', ['gout', 'asthma']],
    ['a wrapped line goes on', WRAPPED, [WRAPPED]],
    ['a tab is another column', 'gout\tasthma', ['gout', 'asthma']],
    ['four blanks are another column', 'gout    asthma', ['gout', 'asthma']],
    ['three blanks are a lost line break', 'no   asthma', ['no   asthma']],
    ['a question ends', 'Is it gout? He rests.', ['Is it gout?', 'He rests']],
    ['a question keeps its answer', 'Gout? No. Asthma? Yes.', ['Gout? No', 'Asthma? Yes']],
    ['a question mark before a finding is no end', '?PE or pneumonia', ['?PE or pneumonia']],
    ['a form feed ends one', 'gout.\fAsthma', ['gout', 'Asthma']],
  ])('%s', (_name, text, expected) => {
    expect(sentencesOf(text)).toEqual(expected)
  })
})

import { describe, expect, it } from 'vitest'
import { createContextKit } from '../support/context-kit.js'

const kit = createContextKit()

/** `id: first word … ` of each section. */
function sectionsOf(text: string): string[] {
  const { sections, tokens } = kit.read(text)
  return sections.map(({ id, firstToken, endToken }) => {
    const words = []
    for (let token = firstToken; token < endToken; token++)
      words.push(text.slice(tokens.start[token], tokens.end[token]))
    return `${id}: ${words.join(' ')}`
  })
}

describe('sections', () => {
  it.each([
    ['a heading with a colon', 'PMH: gout', ['past-history: PMH gout']],
    ['a heading alone on its line', 'ASSESSMENT AND PLAN\ngout', ['assessment: ASSESSMENT AND PLAN gout']],
    [
      'a heading in title case on its line',
      'Past Medical History\ngout',
      ['past-history: Past Medical History gout'],
    ],
    [
      'two headings in one line',
      'PMH: gout. Meds: colchicine',
      ['past-history: PMH gout', 'medications: Meds colchicine'],
    ],
    ['A/P', 'A/P: gout', ['assessment: A / P gout']],
    ['A&P', 'A&P: gout', ['assessment: A & P gout']],
    ['Assessment & Plan', 'Assessment & Plan:\ngout', ['assessment: Assessment & Plan gout']],
    ['text before the first heading', 'Seen today.\nHPI: cough', ['none: Seen today', 'hpi: HPI cough']],
    ['a body system opens nothing', 'PE: alert\nLungs: clear', ['exam: PE alert Lungs clear']],
    ['an empty section is kept', 'PMH:\nFH:\ngout', ['past-history: PMH', 'family-history: FH gout']],
    [
      'an unknown heading in capitals',
      'PMH: gout\nGROSS WEIGHT: 5',
      ['past-history: PMH gout', 'unknown: GROSS WEIGHT 5'],
    ],
    [
      'a heading in the middle of a line, in capitals',
      'gout FAMILY HISTORY: none',
      ['none: gout', 'family-history: FAMILY HISTORY none'],
    ],
    [
      'none inside a bracket',
      'PMH: 1) gout (last year. Family History: none), 2) gout',
      ['past-history: PMH 1 gout last year Family History none 2 gout'],
    ],
    [
      'a heading behind a comma',
      'gout, Social History: smoker',
      ['none: gout', 'social-history: Social History smoker'],
    ],
    [
      'a lower-case phrase in a sentence is no heading',
      'her family history is long',
      ['none: her family history is long'],
    ],
    ['a heading word in a sentence is no heading', 'Plan was made to rest', ['none: Plan was made to rest']],
    ['one heading word inside a line is no heading', 'the Plan: rest', ['none: the Plan rest']],
    [
      'a heading inside a list item ends with the item',
      'A/P:\n1. Cataract. Risks: infection, pain\n2. gout',
      ['assessment: A / P 1 Cataract', 'consent: Risks infection pain', 'assessment: 2 gout'],
    ],
    ['no text', '', ['none: ']],
  ])('%s', (_name, text, expected) => {
    expect(sectionsOf(text)).toEqual(expected)
  })

  it('every token is in exactly one section', () => {
    const { sections, tokens } = kit.read('x PMH: gout\nFH: none. ROS: fine FAMILY HISTORY: dm\n\nA/P: rest')
    expect(sections[0]?.firstToken).toBe(0)
    sections.forEach((section, i) =>
      expect(section.endToken).toBe(sections[i + 1]?.firstToken ?? tokens.count),
    )
  })
})

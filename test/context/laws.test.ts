import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertSpan } from '../../src/context/assert-span.js'
import type { Assertion } from '../../src/model/assertion.js'
import { assertMarked } from '../support/assertion-cases.js'
import { createContextKit } from '../support/context-kit.js'

const kit = createContextKit()

function everyAssertion(text: string): Assertion[] {
  const document = kit.read(text)
  const scopes = kit.findScopes(document)
  return Array.from({ length: document.tokens.count }, (_, token) => scopes.assertionOf(token, token + 1))
}

const PIECES = [
  'no',
  'denies',
  'fever',
  'cough',
  ',',
  ' ',
  ' ',
  ' ',
  '\n',
  '\n\n',
  '.',
  ';',
  ':',
  ' - ',
  '-',
  '(-)',
  '(',
  ')',
  '[ ]',
  '[x]',
  '?',
  '+',
  '/',
  'or',
  'and',
  'but',
  'has',
  'history of',
  'mother',
  'had',
  'resolved',
  'if',
  'likely',
  'vs',
  'FH:',
  'PMH:',
  '\r\n',
  '\t',
  '\u0000',
  '\ud800',
  'é',
  '☐',
  '☒',
  '∅',
  '’s',
  'yes',
  '1.',
  'in his father',
  'was ruled out',
]
const noteLike = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map(pieces => pieces.join(''))

describe('laws of the context', () => {
  it('any string is accepted, and each cue slices to its text', () => {
    fc.assert(
      fc.property(fc.oneof(noteLike, fc.string({ unit: 'binary' })), text => {
        for (const { cues } of everyAssertion(text))
          for (const cue of cues) {
            expect(cue.text).toBe(text.slice(cue.start, cue.end))
            expect(cue.end).toBeGreaterThan(cue.start)
          }
      }),
    )
  })

  it('the same note gives the same assertions', () => {
    fc.assert(
      fc.property(noteLike, noteLike, (text, between) => {
        const first = JSON.stringify(everyAssertion(text))
        everyAssertion(between)
        expect(JSON.stringify(everyAssertion(text))).toBe(first)
      }),
    )
  })

  it('an unrelated later paragraph changes no earlier assertion', () => {
    fc.assert(
      fc.property(noteLike, text => {
        const alone = everyAssertion(`${text}.`)
        const followed = everyAssertion(`${text}.\n\nThe weather was mild that day.`)
        expect(followed.slice(0, alone.length)).toEqual(alone)
      }),
      { numRuns: 10_000 },
    )
  })

  it.each([
    'no?..',
    'has +..',
    'cough -',
    'no;PMH:',
    '\n1.   | (-)',
    'PMH:\n2) Plan:\n1. ',
    'PMH:(-)\u2612',
    'no:,-no\u2610FH:',
  ])('what ends the note is read like what ends a paragraph: %j', text => {
    const alone = everyAssertion(text)
    const followed = everyAssertion(`${text}\n\nThe weather was mild that day.`)
    expect(followed.slice(0, alone.length)).toEqual(alone)
  })

  it('any span of the characters has an assertion', () => {
    fc.assert(
      fc.property(noteLike, fc.nat(200), fc.nat(200), (text, start, length) => {
        const document = kit.read(text)
        const assertion = assertSpan(document, kit.findScopes(document), { start, end: start + length })
        expect(assertion.presence).toMatch(/present|absent/)
      }),
    )
  })

  it.each([
    ['cues', 'no fever, '],
    ['an unbroken list', 'denies a, b or c '],
    ['check boxes', '[ ] a [x] b '],
    ['persons', 'mother and father '],
    ['backward cues', 'x and y resolved '],
    ['labels', 'a - no '],
  ])('a line of a million tokens full of %s is read in linear time', (_name, piece) => {
    const document = kit.read(piece.repeat(Math.ceil(1_000_000 / piece.split(' ').length)))
    const began = performance.now()
    const scopes = kit.findScopes(document)
    for (let token = 0; token < document.tokens.count; token += 100) scopes.assertionOf(token, token + 1)
    expect(performance.now() - began).toBeLessThan(3000)
  })
})

describe('what stands around a cue changes nothing', () => {
  const before = ['', 'Scan ', 'Patient ', 'was ', 'is ', 'patient is ', 'line\n', 'line\n- ', 'end. ']
  const behind = ['', '.', ' today', '\nline', '\n- line', '. End', ', line']
  const cues = kit.triggers.filter(
    row =>
      !['current', 'pseudo', 'terminator'].includes(row.categories[0] ?? '') &&
      !row.isFieldValue &&
      !row.needsHyphen &&
      row.window > 2,
  )
  /** What says that a finding is there leaves it as an unmarked one is. */
  const affirms = (categories: readonly string[]): boolean =>
    categories[0] === 'affirmed' || categories[0] === 'confirmed'
  const unmarked = (): Set<string> => answers(['[[tinnitus]]'])
  const answers = (texts: readonly string[]): Set<string> =>
    new Set(
      texts.map(text => {
        const { cues: _cues, ...attributes } = assertMarked(text)
        return JSON.stringify(attributes)
      }),
    )

  it('the tables hold cues of both directions', () => {
    expect(cues.filter(row => row.direction === 'forward').length).toBeGreaterThan(600)
    expect(cues.filter(row => row.direction === 'backward').length).toBeGreaterThan(100)
  })

  it.each(cues.filter(row => row.direction === 'forward').map(row => [row.phrase, row.categories] as const))(
    "'%s' before the finding marks it (%s), whatever stands before it",
    (phrase, categories) => {
      const found = answers(before.map(prefix => `${prefix}${phrase} [[tinnitus]]`))
      expect([...found]).toHaveLength(1)
      expect([...found][0] === [...unmarked()][0]).toBe(affirms(categories))
    },
  )

  it.each(
    cues
      .filter(row => row.direction === 'backward')
      .map(row => [row.needsNumber ? `${row.phrase} 4` : row.phrase, row.categories] as const),
  )("'%s' behind the finding marks it (%s), whatever stands behind it", (phrase, categories) => {
    const found = answers(behind.map(suffix => `[[tinnitus]] ${phrase}${suffix}`))
    expect([...found]).toHaveLength(1)
    expect([...found][0] === [...unmarked()][0]).toBe(affirms(categories))
  })
})

describe('every cue is named', () => {
  it('with its words, its place and its rule', () => {
    const [cue] = assertMarked('She denies any recent [[dizziness]].').cues
    expect(cue).toEqual({
      start: 4,
      end: 14,
      text: 'denies any',
      rule: 'neg.denies-any',
      category: 'negated',
    })
  })

  it('a section by its heading', () => {
    const [cue] = assertMarked('FAMILY HISTORY: [[gout]]').cues
    expect(cue).toEqual({
      start: 0,
      end: 14,
      text: 'FAMILY HISTORY',
      rule: 'section.family-history',
      category: 'family',
    })
  })

  it('a check box by its characters', () => {
    const [cue] = assertMarked('[ ] [[gout]]').cues
    expect(cue).toEqual({ start: 0, end: 3, text: '[ ]', rule: 'layout.box-unchecked', category: 'negated' })
  })

  it('one cue that sets two attributes stands once', () => {
    expect(assertMarked('No history of [[gout]].').cues).toHaveLength(1)
  })
})

/** `chartcode assert`: stretches of texts in, assertions out, line by line. */
import { describe, expect, it } from 'vitest'
import type { Assertion } from '../../src/model/assertion.js'
import { file, isBuilt, ndjson, run } from './run-program.js'

const text = 'Denies fever. Mother had asthma. Possible pneumonia.'
const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length })
const linesOf = (out: string): unknown[] =>
  out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as unknown)

describe.skipIf(!isBuilt)('assert', () => {
  const rows = ndjson(
    { id: '1', text, ...at('fever') },
    { id: '2', text, ...at('asthma') },
    { id: '3', text, ...at('pneumonia'), note: 'ignored' },
  )

  it.each([
    ['from a file', [file('spans.ndjson', rows)], ''],
    ['from standard input', ['-'], rows],
  ])('says of each stretch whether it holds, how sure, when and of whom, %s', (_, words, input) => {
    const { code, out, err } = run(['assert', ...words], { input })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(linesOf(out)).toMatchObject([
      {
        id: '1',
        presence: 'absent',
        certainty: 'confirmed',
        temporality: 'current',
        experiencer: 'patient',
        cues: [{ text: 'Denies' }],
      },
      { id: '2', presence: 'present', experiencer: 'family', relative: 'mother' },
      { id: '3', presence: 'present', certainty: 'possible', experiencer: 'patient' },
    ])
  })

  it('answers a text that comes again after another one as the first time', () => {
    const row = { id: '1', text, ...at('fever') }
    const { out } = run(['assert', '-'], {
      input: ndjson(row, { id: '2', text: 'Fever.', start: 0, end: 5 }, row),
    })
    const [first, second, third] = linesOf(out)
    expect(second).toMatchObject({ presence: 'present' })
    expect(third).toEqual(first)
  })

  it.each([
    [
      'an offset behind the text',
      { id: 'x', text: 'abc', start: 1, end: 4 },
      'end is behind the end of the text',
    ],
    ['an end before its start', { id: 'x', text: 'abc', start: 2, end: 1 }, 'end must not be before start'],
    ['half an offset', { id: 'x', text: 'abc', start: 0.5, end: 1 }, 'start must be a whole number'],
    ['a missing offset', { id: 'x', text: 'abc', start: 0 }, 'end must be a number'],
    ['a negative offset', { id: 'x', text: 'abc', start: -1, end: 1 }, 'start must not be negative'],
  ])('records %s as an error and goes on', (_, bad, message) => {
    const { code, out, err } = run(['assert', '-'], {
      input: ndjson(bad, { id: 'y', text: 'abc', start: 0, end: 3 }),
    })
    expect(code).toBe(3)
    expect(JSON.parse(err)).toEqual({ line: 1, id: 'x', error: { code: 'input-note', message } })
    expect(linesOf(out)).toMatchObject([{ id: 'y' }])
  })

  it('shows with --explain what each cue rules', () => {
    const text = 'Gout. Denies fever, chills but has cough. FH: stroke.'
    const scopeOf = (word: string): unknown => {
      const start = text.indexOf(word)
      const input = ndjson({ id: 'x', text, start, end: start + word.length })
      const { out } = run(['assert', '--explain', '-'], { input })
      return linesOf(out).map(row =>
        (row as Assertion).cues.map(({ scope }) => text.slice(scope?.start, scope?.end)),
      )
    }
    expect(scopeOf('chills')).toEqual([['Denies fever, chills']])
    expect(scopeOf('stroke')).toEqual([['FH: stroke']])
    expect(scopeOf('cough')).toEqual([[]])
  })

  it('refuses an empty input', () => {
    expect(run(['assert', '-'])).toMatchObject({
      code: 1,
      err: 'chartcode: standard input is empty: there is nothing to assert [input-empty]\n',
    })
  })
})

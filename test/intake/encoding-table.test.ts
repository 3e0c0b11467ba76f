/**
 * What becomes of every odd kind of text, row by row: it is taken exactly as it was sent, by way of a file and
 * by way of NDJSON, with offsets that are right in it, or it is refused with a code. Nothing is altered unsaid.
 */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'
import { FOUND, LONE_SURROGATES, REFUSED, TAKEN } from '../support/encoding-rows.js'
import { lexiconEngine } from '../support/lexicon-engine.js'
import { outcomeOf, readInput } from '../support/read-input.js'

describe('the table of encodings', () => {
  it('has forty rows', () => {
    expect(TAKEN.length + REFUSED.length + LONE_SURROGATES.length).toBeGreaterThanOrEqual(40)
  })

  it.each(TAKEN)('%s: taken as it is', async (_, text) => {
    expect(await readInput('n.txt', text)).toEqual([{ id: 'n.txt', text }])
    expect(await readInput('n.ndjson', `${JSON.stringify({ id: 'n', text })}\n`)).toEqual([{ id: 'n', text }])
  })

  it.each(TAKEN)('%s: with offsets that are right', async (_, text) => {
    const { engine } = await lexiconEngine()
    const { candidates, notCoded } = engine.code(text, {
      setting: 'outpatient',
      patient: undefined,
      options: DEFAULT_OPTIONS,
    })
    const spans = [...candidates.flatMap(({ evidence }) => evidence), ...notCoded]
    for (const { start, end, text: words } of spans) expect(text.slice(start, end)).toBe(words)
    if (text.includes(FOUND)) expect(spans.map(({ text: words }) => words)).toContain('gout')
  })

  it.each(REFUSED)('%s: refused', async (_, bytes, code) => {
    expect((await readInput('n.txt', bytes)).map(outcomeOf)).toEqual([code])
  })
})

/** JSON can say them, UTF-8 cannot: the hash of such a text is that of its replacement characters. */
describe('a lone surrogate', () => {
  it.each(LONE_SURROGATES)('is taken from JSON as it is: %j', async text => {
    const [note] = await readInput('n.ndjson', `${JSON.stringify({ text })}\n`)
    const hash = createHash('sha256')
      .update(text.replace(/\p{Surrogate}/gu, '\ufffd'), 'utf8')
      .digest('hex')
      .slice(0, 16)
    expect(note).toEqual({ id: `sha256-${hash}`, text })
  })
})

/** Laws of the whole engine on the project's own dictionary, for random notes and any string. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Assertion } from '../../src/model/assertion.js'
import type { Quote } from '../../src/model/span.js'
import type { Settled } from '../../src/candidates/settle.js'
import type { Encounter } from '../../src/pipeline/encounter.js'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'
import { anyText, clinicalText } from '../support/arbitrary-notes.js'
import { lexiconEngine } from '../support/lexicon-engine.js'

// A busy machine may be ten times slower than a quiet one.
vi.setConfig({ testTimeout: 60_000 })

const { engine } = await lexiconEngine()
const ABOUT: Encounter = {
  setting: 'outpatient',
  patient: undefined,
  options: { ...DEFAULT_OPTIONS, explain: true },
}
const code = (text: string, about: Encounter = ABOUT): Settled => engine.code(text, about)

const SAMPLES = [
  'Assessment: type 2 diabetes with neuropathy, HTN. No pneumonia. Mother had breast cancer.',
  'HPI: 54 yo F with fever, cough x3d; denies CP/SOB. Hx of COPD.\nA/P:\n1. Pneumonia, likely bacterial\n2. CKD stage 3',
  'Fracture of left distal radius after a fall from a ladder. R knee pain. Possible gout.',
  'PMH: HTN, DM2, CHF\nFAMILY HISTORY: Father MI at 50\nPLAN: rule out PE',
  '[x] fever [ ] chills\nThe patient\u2019s cold is better \u2013 no discharge.',
]

/** Every stretch of the note that a result quotes. */
function quotesOf({ candidates, notCoded }: Settled): Quote[] {
  return [
    ...candidates.flatMap(candidate => [...candidate.evidence, ...candidate.assertion.cues]),
    ...notCoded.flatMap(line => [line, ...(line.cue === undefined ? [] : [line.cue])]),
  ]
}

function checkQuotes(text: string): void {
  for (const quote of quotesOf(code(text))) {
    expect(quote.start).toBeLessThanOrEqual(quote.end)
    expect(text.slice(quote.start, quote.end)).toBe(quote.text)
  }
}

describe('what a result quotes', () => {
  it.each(SAMPLES)('is what stands there: %s', text => {
    expect(code(text).candidates.length + code(text).notCoded.length).toBeGreaterThan(1)
    checkQuotes(text)
  })

  it('is what stands there, in any string', () => {
    fc.assert(fc.property(anyText, checkQuotes), { numRuns: 400 })
  })

  it('has a span that is not empty for every piece of evidence and every line of the ledger', () => {
    fc.assert(
      fc.property(clinicalText, text => {
        const { candidates, notCoded } = code(text)
        for (const { start, end } of [...candidates.flatMap(each => each.evidence), ...notCoded])
          expect(start).toBeLessThan(end)
      }),
    )
  })
})

describe('a candidate', () => {
  it('has a derivation whose characters join to its code', () => {
    fc.assert(
      fc.property(clinicalText, text => {
        for (const { code: whole, derivation } of code(text).candidates)
          expect(derivation.map(({ characters }) => characters).join('')).toBe(whole)
      }),
    )
  })

  it('has a condition, procedure or measured value as evidence, and no evidence twice', () => {
    fc.assert(
      fc.property(clinicalText, text => {
        for (const { evidence, derivation } of code(text).candidates) {
          expect(evidence.some(({ role }) => ['condition', 'procedure', 'measurement'].includes(role))).toBe(
            true,
          )
          const keys = evidence.map(({ role, start, end }) => `${role} ${start} ${end}`)
          expect(new Set(keys).size).toBe(keys.length)
          for (const index of derivation.flatMap(step => step.evidence)) expect(evidence[index]).toBeDefined()
        }
      }),
    )
  })

  it('stands once, with a code of the dictionary, a score between 0 and 1 and its place in the order', () => {
    fc.assert(
      fc.property(clinicalText, text => {
        const { candidates } = code(text)
        expect(new Set(candidates.map(each => `${each.system} ${each.code}`)).size).toBe(candidates.length)
        expect(candidates.map(each => each.rank)).toEqual(candidates.map((_, i) => i + 1))
        for (const each of candidates) {
          expect(engine.dictionary.catalogue.find(each.code)).toBeGreaterThanOrEqual(0)
          expect(each.score).toBeGreaterThanOrEqual(ABOUT.options.minScore)
          expect(each.score).toBeLessThan(1)
        }
      }),
    )
  })
})

describe('every mention with a code', () => {
  it('stands once in the ledger', () => {
    fc.assert(
      fc.property(clinicalText, text => {
        const keys = code(text).notCoded.map(
          line => `${line.system} ${line.code} ${line.codes?.join()} ${line.start} ${line.end}`,
        )
        expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('stands in the ledger or as evidence of its code, not both', () => {
    fc.assert(
      fc.property(clinicalText, text => {
        const { candidates, notCoded } = code(text)
        const coded = new Set(
          candidates.flatMap(each =>
            each.evidence
              .filter(({ role }) => role === 'condition')
              .map(({ start, end }) => `${each.code} ${start} ${end}`),
          ),
        )
        expect(notCoded.filter(line => coded.has(`${line.code} ${line.start} ${line.end}`))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe('the same note', () => {
  it('gives the same bytes, whatever was coded before', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, text) => {
        const first = JSON.stringify(code(text))
        code(before)
        expect(JSON.stringify(code(text))).toBe(first)
      }),
      { numRuns: 200 },
    )
  })

  it('gives no result at all where it says nothing', () => {
    for (const text of ['', ' ', '\n\n', '...', 'The weather was nice.'])
      expect(code(text)).toEqual({ candidates: [], notCoded: [], findings: [] })
  })
})

describe('an unrelated later sentence', () => {
  /** Assertions by the place and code of the mention; of candidates that of their first mention. */
  function assertionsUpTo(text: string, length: number): Assertion[] {
    const document = engine.read(text)
    const matches = engine.match(document)
    const mentions = Array.from(
      { length: matches.count },
      (_, row) => [matches.start[row] as number, matches.end[row] as number] as const,
    )
    const { assertionOf } = engine.findScopes(document)
    return mentions
      .filter(([, end]) => (document.tokens.end[end - 1] as number) <= length)
      .map(([first, end]) => assertionOf(first, end))
  }

  it('changes no earlier assertion', () => {
    const note = clinicalText.map(text => `${text}.\n\n`)
    const later = fc.constantFrom(
      'The weather was nice.',
      'He lives alone.',
      'Blood was drawn at noon.',
      'The door was closed; the window was open.',
    )
    fc.assert(
      fc.property(note, later, (text, sentence) => {
        expect(assertionsUpTo(text + sentence, text.length)).toEqual(assertionsUpTo(text, text.length))
      }),
      { numRuns: 10_000 },
    )
  })
})

describe('a hostile note takes time in proportion to its length', () => {
  it.each([
    ['one mention, repeated without a mark', 'fever '],
    ['a word whose row needs another word, repeated', 'falls '],
    ['ambiguous abbreviations, repeated', 'MS RA PE '],
    ['one mention, repeated with commas', 'pain, '],
    ['words of sets, repeated', 'left knee pain fracture radius '],
    ['negations, repeated', 'no fever, denies cough, '],
  ])(
    '%s',
    (_, piece) => {
      const short = piece.repeat(2_000)
      code(short)
      const time = (text: string): number => {
        const started = performance.now()
        code(text)
        return performance.now() - started
      }
      const base = Math.max(time(short), time(short), 20)
      // Eight times the length: about eight times the time, sixty-four times where a step is quadratic.
      expect(time(piece.repeat(16_000)) / base).toBeLessThan(30)
    },
    60_000,
  )
})

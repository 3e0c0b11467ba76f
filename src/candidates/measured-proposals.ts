/** Measured values → proposals beside those of the mentions; their span is their only evidence. */
import type { Catalogue } from '../model/dictionary.js'
import type { Document } from '../model/document.js'
import { UNMARKED } from '../model/assertion.js'
import type { Outcome } from './drafts.js'
import { tokensIn } from './places.js'
import type { Measured } from './measurements.js'

export interface MeasuredParts {
  readonly document: Document
  readonly catalogue: Catalogue
  readonly sectionOf: (token: number) => string
}

export function proposeMeasured(measured: readonly Measured[], parts: MeasuredParts): Outcome[] {
  return measured.flatMap(one => proposeOne(one, parts))
}

function proposeOne(
  { code, meaning, start, end }: Measured,
  { document, catalogue, sectionOf }: MeasuredParts,
): Outcome[] {
  const entry = catalogue.find(code)
  if (entry < 0 || !catalogue.isBillable(entry)) return []
  const tokens = tokensIn(document, start, end)
  const firstToken = tokens[0]
  if (firstToken === undefined) return []
  const place = { role: 'measurement', start, end } as const
  const mention = {
    firstToken,
    endToken: (tokens.at(-1) as number) + 1,
    tokens,
    phrase: -1,
    senses: [],
  }
  const derivation = [
    { characters: code, by: 'attribute', why: meaning, places: [place], source: 'measured value' },
  ] as const
  return [
    {
      kind: 'proposed',
      proposal: {
        mention,
        concept: undefined,
        system: 'icd10cm',
        code,
        display: catalogue.title(entry),
        billable: true,
        unspecified: false,
        section: sectionOf(firstToken),
        places: [place],
        assertion: UNMARKED,
        derivation,
        rules: [],
        wording: { source: 'measured', words: tokens.length, strangers: 0, isSlip: false },
      },
    },
  ]
}

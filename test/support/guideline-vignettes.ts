/**
 * Vignettes of the Official Guidelines and what a system answers to them. A vignette is a short invented note with
 * the codes that must, may and must not be suggested; an adapter turns a system's own result into codes in order.
 *
 *   chartcode             {candidates: [{system, code, rank}]}
 *   Comprehend Medical    {Entities: [{ICD10CMConcepts: [{Code, Score}], Traits, Score}]}
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Patient, Setting } from '../../src/model/note.js'

export interface Vignette {
  readonly id: string
  readonly rule: number
  readonly section: string
  readonly title: string
  readonly setting: Setting
  readonly dateOfService: string
  readonly patient: Patient
  readonly text: string
  readonly expect: {
    readonly codes: readonly string[]
    readonly optional?: readonly string[]
    readonly forbidden?: readonly string[]
    readonly first?: string
  }
  readonly why: string
}

/** All files of a folder, a vignette a line. */
export function readVignettes(folder: string): Vignette[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.jsonl'))
    .sort()
    .flatMap(name =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line) as Vignette),
    )
}

/** One further code is let pass, as an expert's reading leaves room. */
const SPARE = 1

/** What is wrong with the codes that a system gives, first-listed first; empty where nothing is. */
export function faultsOf({ expect: expected }: Vignette, codes: readonly string[]): string[] {
  const allowed = new Set([...expected.codes, ...(expected.optional ?? [])])
  const extra = codes.filter(code => !allowed.has(code))
  const { first } = expected
  return [
    ...expected.codes.filter(code => !codes.includes(code)).map(code => `${code} is missing`),
    ...(expected.forbidden ?? []).filter(code => codes.includes(code)).map(code => `${code} is forbidden`),
    ...(extra.length > SPARE ? [`more than one code too many: ${extra.join(', ')}`] : []),
    ...(first !== undefined && codes[0] !== first ? [`${first} is not first`] : []),
  ]
}

interface OwnResult {
  readonly candidates: readonly { readonly system: string; readonly code: string }[]
}

export function codesOfOwn({ candidates }: OwnResult): string[] {
  return candidates.filter(({ system }) => system === 'icd10cm').map(({ code }) => code)
}

export interface ComprehendResult {
  readonly Entities: readonly {
    readonly Traits?: readonly { readonly Name: string }[]
    readonly ICD10CMConcepts: readonly { readonly Code: string; readonly Score: number }[]
  }[]
}

/** Traits that say an entity is not coded as the patient's of today. */
const NOT_CODED = new Set(['NEGATION', 'HYPOTHETICAL', 'PERTAINS_TO_FAMILY', 'LOW_CONFIDENCE'])

/** The best concept of each entity that no trait takes back, each code once, in the order of the text. */
export function codesOfComprehend({ Entities }: ComprehendResult): string[] {
  const codes = Entities.filter(({ Traits = [] }) => !Traits.some(({ Name }) => NOT_CODED.has(Name))).flatMap(
    ({ ICD10CMConcepts }) =>
      [...ICD10CMConcepts]
        .sort((a, b) => b.Score - a.Score)
        .slice(0, 1)
        .map(({ Code }) => Code),
  )
  return [...new Set(codes)]
}

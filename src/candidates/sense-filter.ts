/**
 * Which senses of a phrase may stand at a place: no name, capitals as written, a needed word in the sentence,
 * the part of speech, the patient's sex and age, and for an ambiguous abbreviation the cue that decides.
 */
import type { CodeSystem } from '../model/code.js'
import type { Document } from '../model/document.js'
import type { Concept, Sense } from '../model/dictionary.js'
import type { Patient } from '../model/note.js'
import type { SenseCues } from './sense-cues.js'
import { isDurationOf, isName } from './before-mention.js'
import { sentenceRange } from '../text/sentence-at.js'

/** Part of speech of the word at a span, looked up only where a row asks for it. */
export type PartOfSpeech = (
  text: string,
  start: number,
  end: number,
  sentenceStart: number,
  sentenceEnd: number,
) => 'noun' | 'verb' | 'other'

export interface SenseFilterParts {
  readonly systems: ReadonlySet<CodeSystem>
  readonly concept: (index: number) => Concept
  readonly cuesOf: (sense: Sense) => SenseCues
  readonly sectionOf: (token: number) => string
  readonly partOfSpeech: PartOfSpeech
}

export type SenseFilter = (senses: readonly Sense[], firstToken: number, endToken: number) => readonly Sense[]

export function createSenseFilter(
  document: Document,
  patient: Patient | undefined,
  parts: SenseFilterParts,
): SenseFilter {
  const { text, tokens } = document
  const sentenceHas = (words: readonly number[], token: number): boolean => {
    if (words.length === 0) return false
    const [first, past] = sentenceRange(document.sentences, token)
    const low = Math.max(first, token - CUE_REACH)
    const high = Math.min(past, token + CUE_REACH)
    return words.some(id => holdsId(tokens.id, id, low, high))
  }
  const isCapital = (firstToken: number, endToken: number): boolean => {
    const words = text.slice(tokens.start[firstToken], tokens.end[endToken - 1])
    return words === words.toUpperCase() && !lineIsCapitals(text, tokens.start[firstToken] as number)
  }
  const fits = (sense: Sense, firstToken: number, endToken: number): boolean => {
    if (sense.needsCapitals && !isCapital(firstToken, endToken)) return false
    if (sense.concept < 0) return parts.systems.has('icd10cm')
    const { system, needs, pos, number, sex, age } = parts.concept(sense.concept)
    if (!parts.systems.has(system)) return false
    if (needs !== undefined && !sentenceHas(parts.cuesOf(sense).needs, firstToken)) return false
    if (number !== undefined && number !== numberOf(document, firstToken, endToken)) return false
    if (sex !== undefined && patient?.sex !== undefined && patient.sex !== 'X' && patient.sex !== sex)
      return false
    if (age !== undefined && patient?.age !== undefined && !ageFits(age, patient.age)) return false
    return pos === undefined || pos === partOfSpeechAt(document, firstToken, parts.partOfSpeech)
  }
  const decideByCues = (senses: readonly Sense[], token: number): readonly Sense[] => {
    const section = parts.sectionOf(token)
    const cued = senses.filter(sense => {
      const { sections, words } = parts.cuesOf(sense)
      return sections.includes(section) || sentenceHas(words, token)
    })
    if (cued.length > 0) return cued
    const usual = senses.filter(sense => parts.cuesOf(sense).isUsual)
    return usual.length > 0 ? usual : senses
  }
  return (senses, firstToken, endToken) => {
    const start = tokens.start[firstToken] as number
    if (isName(text, start) || isDurationOf(text, start, tokens.end[endToken - 1] as number)) return []
    const [only] = senses
    if (senses.length === 1 && only !== undefined && only.source !== 'abbreviation')
      return fits(only, firstToken, endToken) ? senses : NONE
    const fitting = senses.filter(sense => fits(sense, firstToken, endToken))
    const first = fitting[0]
    if (first === undefined || first.source !== 'abbreviation') return fitting
    return decideByCues(fitting, firstToken)
  }
}

function holdsId(ids: Int32Array, id: number, low: number, high: number): boolean {
  for (let token = low; token < high; token++) if (ids[token] === id) return true
  return false
}

const NONE: readonly Sense[] = []

function partOfSpeechAt(document: Document, token: number, partOfSpeech: PartOfSpeech): string {
  const { text, tokens } = document
  const [first, past] = sentenceRange(document.sentences, token)
  const [start, end] = [tokens.start[token] as number, tokens.end[token] as number]
  return partOfSpeech(text, start, end, tokens.start[first] as number, tokens.end[past - 1] as number)
}

/** Several, if one of the words has the ending of a plural: `fractures of rib`. */
function numberOf({ text, tokens }: Document, firstToken: number, endToken: number): 'singular' | 'plural' {
  const words = text.slice(tokens.start[firstToken], tokens.end[endToken - 1])
  return /[^s]s\b/i.test(words) ? 'plural' : 'singular'
}

/** Where whole words stand in capitals, capitals say nothing: "PATIENT ADMITTED WITH PE". */
function lineIsCapitals(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - LINE_REACH), at)
  const after = text.slice(at, at + LINE_REACH)
  const line = before.slice(before.lastIndexOf('\n') + 1) + (after.split('\n', 1)[0] ?? '')
  return !/[a-z]/.test(line) && (line.match(/[A-Z]{6,}/g)?.length ?? 0) >= 2
}

const LINE_REACH = 80
/** A cue stands in the sentence, and no further away than this many words. */
const CUE_REACH = 40

function ageFits(age: NonNullable<Concept['age']>, years: number): boolean {
  if (age === 'newborn') return years < 1
  return age === 'child' ? years < 18 : years >= 15
}

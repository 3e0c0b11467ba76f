/**
 * Results as stand-off text of the brat annotation tool (brat.nlplab.org/standoff.html). A text bound annotation for
 * each candidate over all of its evidence, in fragments where it is not in one piece, and one for each line of the
 * ledger; a reference to the code; attributes for what is asserted. brat counts code points, so the offsets of the
 * result must be such.
 *
 *   T1 → Condition 10 25;40 44 → type 2 diabetes left
 *   N1 → Reference T1 ICD10CM:E11.9 → Type 2 diabetes mellitus without complications
 *   A1 → Presence T1 present
 */
import { ChartcodeError } from '../model/errors.js'
import type { Assertion } from '../model/assertion.js'
import type { NoteResult } from '../model/result.js'
import type { Quote } from '../model/span.js'
import type { Exporter } from './exporter.js'

/** One note: brat keeps a file for each. */
export function bratExporter(): Exporter {
  let count = 0
  return {
    begin: '',
    note: result => {
      count += 1
      if (count > 1)
        throw new ChartcodeError(
          'usage',
          '--format brat: a file of brat is of one note; for several use `chartcode batch --format brat`',
        )
      return annotationsOf(result)
    },
    end: () => '',
  }
}

/** A line a note, `{id, ann}`: `ann` is what the note's `.ann` file holds. */
export function bratLinesExporter(): Exporter {
  return {
    begin: '',
    note: result => `${JSON.stringify({ id: result.id, ann: annotationsOf(result) })}\n`,
    end: () => '',
  }
}

interface Annotation {
  readonly type: string
  readonly quotes: readonly Quote[]
  readonly references: readonly { readonly name: string; readonly display: string }[]
  readonly attributes: readonly (readonly [string, string])[]
}

function annotationsOf(result: NoteResult): string {
  const lines: string[] = []
  let references = 0
  let attributes = 0
  for (const [index, annotation] of annotations(result).entries()) {
    const id = `T${index + 1}`
    const fragments = fragmentsOf(annotation.quotes)
    const places = fragments.map(({ start, end }) => `${start} ${end}`).join(';')
    lines.push(`${id}\t${annotation.type} ${places}\t${fragments.map(({ text }) => text).join(' ')}`)
    for (const { name, display } of annotation.references)
      lines.push(`N${++references}\tReference ${id} ${name}\t${oneLine(display)}`)
    for (const [name, value] of annotation.attributes) lines.push(`A${++attributes}\t${name} ${id} ${value}`)
  }
  return lines.map(line => `${line}\n`).join('')
}

function annotations({ candidates, notCoded }: NoteResult): readonly Annotation[] {
  return [
    ...candidates.map(({ system, code, display, evidence, assertion }) => ({
      type: system === 'icd10cm' ? 'Condition' : 'Procedure',
      quotes: evidence,
      references: [{ name: referenceOf(system, code), display }],
      attributes: assertionAttributes(assertion),
    })),
    ...notCoded.map(line => ({
      type: 'NotCoded',
      quotes: [line],
      references: (line.code === null ? (line.codes ?? []) : [line.code]).map(code => ({
        name: referenceOf(line.system, code),
        display: code,
      })),
      attributes: [['Reason', line.reason] as const],
    })),
  ].filter(({ quotes }) => quotes.some(({ start, end }) => start < end))
}

function assertionAttributes(assertion: Assertion): readonly (readonly [string, string])[] {
  const { presence, certainty, temporality, experiencer } = assertion
  return [
    ['Presence', presence],
    ['Certainty', certainty],
    ['Temporality', temporality],
    ['Experiencer', experiencer],
  ]
}

function referenceOf(system: string, code: string): string {
  return `${system.toUpperCase()}:${code}`
}

/** In order, none over another; of two that overlap the longer stands, for the text of both is not known. */
function fragmentsOf(quotes: readonly Quote[]): readonly Quote[] {
  const sorted = [...quotes]
    .filter(({ start, end }) => start < end)
    .sort((left, right) => left.start - right.start || right.end - left.end)
  const fragments: Quote[] = []
  for (const quote of sorted) {
    const last = fragments.at(-1)
    if (last === undefined || quote.start >= last.end) fragments.push(quote)
    else if (quote.end - quote.start > last.end - last.start) fragments[fragments.length - 1] = quote
  }
  return fragments.map(({ start, end, text }) => ({ start, end, text: oneLine(text) }))
}

/** A line break or a tab would end the line; each is one blank, so that lengths stay. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\t\u2028\u2029\u0085]/g, ' ')
}

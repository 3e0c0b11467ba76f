/**
 * Results for a person at a terminal: for each note a heading, the candidates with the words that justify
 * them, and what was not coded, with the reason and its cue. Colour only where the terminal takes it.
 */
import type { Candidate, NotCoded, NoteResult } from '../model/result.js'
import type { Exporter } from './exporter.js'
import { explainCandidate } from './table-explain.js'
import { createPaint, type Paint } from './paint.js'

export interface TableOptions {
  readonly colour: boolean
  readonly explain: boolean
}

/** Longer quotes are cut in the middle; the offsets say the rest. */
const QUOTE = 60
/** Of one candidate's evidence this many quotes are shown without `--explain`. */
const QUOTES = 4

export function tableExporter({ colour, explain }: TableOptions): Exporter {
  const paint = createPaint(colour)
  let isFirst = true
  return {
    begin: '',
    note: result => {
      const gap = isFirst ? '' : '\n'
      isFirst = false
      return gap + [heading(result, paint), ...body(result, paint, explain)].join('\n') + '\n'
    },
    end: () => '',
  }
}

function heading(
  { id, setting, settingAssumed, dateOfService, dictionaries }: NoteResult,
  paint: Paint,
): string {
  const about = [
    settingAssumed === true ? `${setting} (assumed)` : setting,
    dateOfService ?? 'no date',
    [
      ...new Set(
        dictionaries.map(({ release, origin }) => (origin === 'lexicon' ? `${release} lexicon` : release)),
      ),
    ].join(', '),
  ]
  return `${paint.bold(id)}  ${paint.dim(about.join(' · '))}`
}

function body(result: NoteResult, paint: Paint, explain: boolean): string[] {
  const { candidates, notCoded, findings } = result
  const width = Math.max(
    0,
    ...candidates.map(({ code }) => code.length),
    ...notCoded.map(({ code }) => (code ?? '—').length),
  )
  const lines = candidates.flatMap(candidate => candidateLines(candidate, { width, paint, explain }))
  if (candidates.length === 0) lines.push('  nothing to code')
  if (notCoded.length > 0) lines.push(paint.dim('  not coded'), ...ledgerLines(notCoded, width, paint))
  for (const { severity, rule, message } of findings)
    lines.push(paint.warn(`  ${severity}: ${message} [${rule}]`))
  return lines
}

interface Layout {
  readonly width: number
  readonly paint: Paint
  readonly explain: boolean
}

function candidateLines(candidate: Candidate, { width, paint, explain }: Layout): string[] {
  const { rank, code, display, score } = candidate
  const first = `  ${String(rank).padStart(2)}  ${paint.code(code.padEnd(width))}  ${score.toFixed(2)}  ${display}`
  const margin = ' '.repeat(width + 8)
  const lines = [first, paint.dim(`${margin}${quotes(candidate, explain)}`)]
  if (explain) lines.push(...explainCandidate(candidate).map(line => paint.dim(`${margin}${line}`)))
  return lines
}

function quotes({ evidence }: Candidate, explain: boolean): string {
  const shown = explain ? evidence : evidence.slice(0, QUOTES)
  const parts = shown.map(({ role, text, start, section }) => {
    const place = explain ? ` (${role}, ${start}, ${section})` : role === 'condition' ? '' : ` (${role})`
    return `"${quote(text)}"${place}`
  })
  if (shown.length < evidence.length) parts.push(`and ${evidence.length - shown.length} more`)
  return parts.join(', ')
}

/** Equal pairs of words, code and reason are one line with a count. */
function ledgerLines(notCoded: readonly NotCoded[], width: number, paint: Paint): string[] {
  const counts = new Map<string, number>()
  for (const line of notCoded) {
    const text = ledgerLine(line, width)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts].map(([text, count]) => paint.dim(count === 1 ? text : `${text} ×${count}`))
}

function ledgerLine({ code, codes, text, reason, cue, by, rule }: NotCoded, width: number): string {
  const which = code ?? (codes === undefined ? '—' : codes.join('/'))
  const why = [
    reason,
    ...(by === undefined ? [] : [`by ${by}`]),
    ...(cue === undefined ? [] : [`"${quote(cue.text)}"`]),
    ...(rule === undefined ? [] : [`[${rule}]`]),
  ]
  return `      ${which.padEnd(width)}  "${quote(text)}": ${why.join(' ')}`
}

/** Line breaks and control characters would break the table, or the terminal. */
function quote(text: string): string {
  const oneLine = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
  return oneLine.length <= QUOTE
    ? oneLine
    : `${oneLine.slice(0, QUOTE / 2)} … ${oneLine.slice(-QUOTE / 2 + 3)}`
}

/**
 * Results as a table for a spreadsheet: one row a candidate and one row a ledger line, in the order of the
 * result. RFC 4180: CRLF, quotes doubled. A note without either has no row.
 */
import type { Candidate, NotCoded, NoteResult } from '../model/result.js'
import type { Exporter } from './exporter.js'

const COLUMNS = [
  'id',
  'status',
  'rank',
  'system',
  'code',
  'display',
  'score',
  'start',
  'end',
  'text',
  'section',
  'reason',
  'cue',
  'rule',
  'date_of_service',
  'release',
] as const
type Cell = string | number | null
type Row = Partial<Record<(typeof COLUMNS)[number], Cell>>

export function csvExporter(): Exporter {
  return {
    begin: line(COLUMNS),
    note: result =>
      [...result.candidates.map(candidateRow), ...result.notCoded.map(notCodedRow)]
        .map(row => formatRow(row, result))
        .join(''),
    end: () => '',
  }
}

/** `start` and `end` are those of the first condition; all evidence stands in the JSON formats. */
function candidateRow(candidate: Candidate): Row {
  const { rank, system, code, display, score, evidence, rules } = candidate
  const first = evidence.find(({ role }) => role === 'condition') ?? evidence[0]
  return {
    status: 'candidate',
    rank,
    system,
    code,
    display,
    score,
    start: first?.start ?? null,
    end: first?.end ?? null,
    text: first?.text ?? null,
    section: first?.section ?? null,
    rule: rules.map(({ id }) => id).join(' '),
  }
}

function notCodedRow({ system, code, codes, start, end, text, section, reason, cue, rule }: NotCoded): Row {
  return {
    status: 'not-coded',
    system,
    code: code ?? codes?.join(' ') ?? null,
    start,
    end,
    text,
    section,
    reason,
    cue: cue?.text ?? null,
    rule: rule ?? cue?.rule ?? null,
  }
}

function formatRow(row: Row, { id, dateOfService, dictionaries }: NoteResult): string {
  const release = dictionaries.find(({ system }) => system === row.system)?.release ?? null
  const full: Row = { ...row, id, date_of_service: dateOfService, release }
  return line(COLUMNS.map(column => full[column] ?? null))
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cell => quoted(cell === null ? '' : String(cell))).join(',')}\r\n`
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Figures → a table on standard output, below a header that says on what they were measured. */
import { existsSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PACKAGE_ROOT } from '../src/app/package-root.js'
import { meetsGoal, type Figure } from './figures.js'
import type { Prepared } from './prepare.js'
import type { RunPlan } from './processes.js'

export function writeHeader({ dictionary, corpus }: Prepared, plan: RunPlan): string {
  const cpu = os.cpus()[0]?.model ?? 'unknown processor'
  return [
    `machine     ${os.cpus().length} × ${cpu.trim()}, ${os.platform()} ${os.arch()}, node ${process.version}`,
    `commit      ${readCommit()}`,
    `dictionary  ${dictionary.release}, ${dictionary.phrases} phrases, ${dictionary.hash.slice(0, 16)}, built in ${dictionary.buildSeconds.toFixed(1)} s`,
    `corpus      ${corpus.name}, ${corpus.notes} notes, ${(corpus.characters / 1e6).toFixed(2)} MB, ${corpus.hash.slice(0, 16)}`,
    `method      ${plan.processes} processes a suite, ${plan.rounds} rounds in turns each; medians of ratios, 10th to 90th percentile`,
    '',
  ].join('\n')
}

export function writeTable(figures: readonly Figure[]): string {
  const rows = figures.map(figure => [
    figure.suite,
    figure.name,
    write(figure.value, figure.unit),
    figure.lowest === figure.highest
      ? ''
      : `${write(figure.lowest, figure.unit)}–${write(figure.highest, figure.unit)}`,
    writeGoal(figure),
    { true: 'met', false: 'MISSED', undefined: '' }[
      String(meetsGoal(figure)) as 'true' | 'false' | 'undefined'
    ],
  ])
  return alignColumns([['suite', 'figure', 'median', 'range', 'goal', ''], ...rows])
}

/** Rows as lines, each column as wide as its widest cell; the first row has all columns. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? []
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function write(value: number, unit: Figure['unit']): string {
  if (unit === 'x') return `${value.toFixed(2)}×`
  return `${value.toFixed((unit === 'ms' || unit === 'MB/s') && value < 100 ? 1 : 0)} ${unit}`
}

function writeGoal({ goal, unit }: Figure): string {
  if (goal === undefined) return ''
  return 'atLeast' in goal ? `≥ ${goal.atLeast} ${unit}` : `≤ ${goal.atMost} ${unit}`
}

/** The checked-out commit, read from the repository's own files; `unknown` outside one. */
function readCommit(): string {
  const git = path.join(PACKAGE_ROOT, '.git')
  const head = readIf(path.join(git, 'HEAD'))?.trim()
  if (head === undefined) return 'unknown'
  if (!head.startsWith('ref: ')) return head.slice(0, 12)
  const ref = head.slice(5)
  const packed = readIf(path.join(git, 'packed-refs'))
    ?.split('\n')
    .find(line => line.endsWith(` ${ref}`))
  return (readIf(path.join(git, ref))?.trim() ?? packed ?? 'unknown').slice(0, 12)
}

function readIf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/**
 * `dictionaries/rules/*.csv` → rules in the order of their files and lines. A cell of patterns is a list of code
 * beginnings and ranges (`E11|I50-I52|N18.5`, `{c}.2` in the target's category); in `with` an `&` joins lists
 * that must all be met. `words` that begin with `~` must stand in the target's sentence.
 */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { RULE_CONDITIONS, RULE_EFFECTS, type RuleRow } from '../../model/rules.js'
import { NOT_CODED_REASONS } from '../../model/result.js'
import { listOf, readCsv, refuse, type CsvRow } from './csv.js'

const COLUMNS = [
  'id',
  'section',
  'from',
  'until',
  'setting',
  'effect',
  'target',
  'with',
  'unless',
  'when',
  'words',
  'code',
  'reason',
  'why',
] as const
type Row = CsvRow<(typeof COLUMNS)[number]>

/** A beginning of a code; `{c}` and `{2}` are filled in from the code that the rule acts on. */
const CODE = String.raw`[A-Z{][0-9A-Z.{}cp]{2,16}`
const PATTERN = new RegExp(`^${CODE}(?:-${CODE})?(?:~[0-9A-Z])?$`)
const RESULT = new RegExp(String.raw`^(?:${CODE}|\{from\})$`)

export function readRules(directory: string): RuleRow[] {
  const ids = new Set<string>()
  return readdirSync(directory)
    .filter(name => name.endsWith('.csv'))
    .sort()
    .flatMap(name => readCsv(path.join(directory, name), COLUMNS))
    .map(row => {
      if (ids.has(row.cells.id)) refuse(row, `the rule ${row.cells.id} stands twice`)
      ids.add(row.cells.id)
      return ruleOf(row)
    })
}

function ruleOf(row: Row): RuleRow {
  const { id, section, from, until, setting, code, why, words } = row.cells
  const effect = oneOf(RULE_EFFECTS, row.cells.effect, row)
  const needsCode = effect === 'replace' || effect === 'add'
  if (id === '' || section === '' || why === '') refuse(row, 'id, section and why must not be empty')
  if (setting !== '' && setting !== 'inpatient' && setting !== 'outpatient') refuse(row, `setting ${setting}`)
  if (needsCode !== RESULT.test(code)) refuse(row, `${effect} with the code "${code}"`)
  if ((effect === 'drop') !== (row.cells.reason !== '')) refuse(row, 'a reason, and only where it drops')
  return {
    id,
    section,
    ...(from === '' ? {} : { from: year(from, row) }),
    ...(until === '' ? {} : { until: year(until, row) }),
    ...(setting === '' ? {} : { setting }),
    effect,
    target: patterns(listOf(row.cells.target), row),
    with: row.cells.with
      .split('&')
      .map(list => patterns(listOf(list), row))
      .filter(list => list.length > 0),
    unless: patterns(listOf(row.cells.unless), row),
    when: listOf(row.cells.when).map(name => oneOf(RULE_CONDITIONS, name, row)),
    words: listOf(words.replace(/^~/, '')),
    wordsNear: words.startsWith('~'),
    ...(code === '' ? {} : { code }),
    ...(row.cells.reason === '' ? {} : { reason: oneOf(NOT_CODED_REASONS, row.cells.reason, row) }),
    why,
  }
}

function patterns(list: readonly string[], row: Row): readonly string[] {
  const wrong = list.find(pattern => !PATTERN.test(pattern))
  if (wrong !== undefined) refuse(row, `"${wrong}" is no code pattern`)
  return list
}

function year(cell: string, row: Row): number {
  return /^20\d\d$/.test(cell) ? Number(cell) : refuse(row, `fiscal year ${cell}`)
}

function oneOf<Name extends string>(names: readonly Name[], name: string, row: Row): Name {
  return names.find(known => known === name) ?? refuse(row, `unknown ${name}; one of ${names.join(', ')}`)
}

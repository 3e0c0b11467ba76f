/**
 * `dictionaries/axes.csv` → what `{side}`, `{encounter}`, … stand for, and the codes that a pattern covers.
 */
import { ChartcodeError } from '../../model/errors.js'
import type { AxisValue } from '../../model/dictionary.js'
import { wordsOf } from '../../text/words.js'
import { listOf, readCsv } from './csv.js'

export type Axes = ReadonlyMap<string, readonly AxisValue[]>

const COLUMNS = ['axis', 'character', 'meaning', 'words', 'default'] as const

export function readAxes(file: string): Axes {
  const axes = new Map<string, AxisValue[]>()
  for (const { cells } of readCsv(file, COLUMNS)) {
    const values = axes.get(cells.axis) ?? []
    axes.set(cells.axis, values)
    values.push({
      character: cells.character,
      meaning: cells.meaning,
      words: listOf(cells.words).map(wordsOf),
      isDefault: cells.default === 'yes',
    })
  }
  return axes
}

const AXIS = /\{(\w+)\}/

/** Every code of a pattern; `S01.31{side}{encounter}` has nine. */
export function expandPattern(pattern: string, axes: Axes): string[] {
  const found = AXIS.exec(pattern)
  if (found === null) return [pattern]
  const values = axes.get(found[1] as string)
  if (values === undefined) throw new ChartcodeError('lexicon-invalid', `no axis {${found[1]}} in axes.csv`)
  const before = pattern.slice(0, found.index)
  const after = pattern.slice(found.index + found[0].length)
  return values.flatMap(value => expandPattern(`${before}${value.character}${after}`, axes))
}

/** The code of a pattern where the note says nothing of its axes; the first value where none is default. */
export function defaultCode(pattern: string, axes: Axes): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const values = axes.get(name) ?? []
    return (values.find(value => value.isDefault) ?? values[0])?.character ?? ''
  })
}

/** Timings of several processes → medians of ratios, each beside the goal that the project has set for it. */
import type { StartFigures } from './processes.js'
import type { SnapshotSizes } from './snapshot-sizes.js'
import type { SuiteAnswer } from './suite.js'

export interface Figure {
  readonly suite: string
  readonly name: string
  readonly value: number
  readonly unit: 'x' | 'ms' | 'MB' | 'MB/s' | 'bytes'
  readonly lowest: number
  readonly highest: number
  /** Absent: for information. */
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number }
}

export function meetsGoal({ value, goal }: Figure): boolean | undefined {
  if (goal === undefined) return undefined
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost
}

interface RatioRequest {
  readonly group: string
  /** The ratio is the slower one's seconds over the faster one's. */
  readonly slower: string
  readonly faster: string
  readonly goal?: Figure['goal']
  readonly name?: string
}

/** Median of the ratios of all rounds of all processes. */
function ratio(suite: string, answers: readonly SuiteAnswer[], request: RatioRequest): Figure[] {
  const { group, slower, faster, goal, name = `${faster} / ${slower}` } = request
  const ratios = answers.flatMap(({ groups }) => {
    const timings = groups[group]
    const left = timings?.[slower] ?? []
    const right = timings?.[faster] ?? []
    return left.map((seconds, round) => seconds / (right[round] as number))
  })
  return ratios.length === 0 ? [] : [spread({ suite, name, unit: 'x' }, ratios, goal)]
}

function spread(
  about: Pick<Figure, 'suite' | 'name' | 'unit'>,
  values: readonly number[],
  goal?: Figure['goal'],
): Figure {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number
  return {
    ...about,
    value: at(0.5),
    lowest: at(0.1),
    highest: at(0.9),
    ...(goal === undefined ? {} : { goal }),
  }
}

export function tokenizeFigures(answers: readonly SuiteAnswer[]): Figure[] {
  const slower = ['regex match', 'regex matchAll', 'natural WordTokenizer', 'winkNLP, no pipe']
  return slower.flatMap(name =>
    ratio('tokenize', answers, { group: 'tokenize', slower: name, faster: 'reader' }),
  )
}

const FEW_PHRASES = 50_000

export function matchFigures(answers: readonly SuiteAnswer[]): Figure[] {
  const sizes = Object.keys(answers[0]?.groups ?? {}).filter(group => group !== 'growth')
  const races = sizes.flatMap(group => {
    const of = (slower: string, atLeast: number): Figure[] => {
      const name = `${group} phrases: token trie / ${slower}`
      // With few phrases everybody's tables fit into the cache: no goal.
      const goal = Number(group) < FEW_PHRASES ? {} : { goal: { atLeast } }
      return ratio('match', answers, { group, slower, faster: 'token trie', name, ...goal })
    }
    return [...of('Map trie', 2.5), ...of('modern-ahocorasick', 5)]
  })
  const growth = [
    ...ratio('match', answers, {
      group: 'growth',
      slower: '300000',
      faster: '75000',
      goal: { atMost: 1.3 },
      name: 'cost of 300000 phrases / 75000',
    }),
    ...ratio('match', answers, {
      group: 'growth',
      slower: '75000',
      faster: '10000',
      name: 'cost of 75000 phrases / 10000',
    }),
  ]
  return [...races, ...growth]
}

export function wholeNoteFigures(answers: readonly SuiteAnswer[]): Figure[] {
  const of = (slower: string, faster: string, goal?: Figure['goal']): Figure[] =>
    ratio('whole note', answers, {
      group: 'whole note',
      slower,
      faster,
      ...(goal === undefined ? {} : { goal }),
    })
  return [
    ...of('winkNLP, whole pipe', 'read + match + context', { atLeast: 12 }),
    ...of('winkNLP, whole pipe', 'code'),
    ...of('winkNLP, sentences and negation', 'read + match + context'),
    ...of('read + match', 'read'),
    ...of('read + match + context', 'read'),
    ...of('code', 'read'),
  ]
}

export function sizeFigures(answers: readonly SuiteAnswer[]): Figure[] {
  const name = 'cost a byte: one large document / notes of 3 kB'
  return ratio('document size', answers, {
    group: 'size',
    slower: 'one document',
    faster: 'notes',
    goal: { atMost: 1.1 },
    name,
  })
}

export function startFigures({ nothing, firstCandidate, openAndVerify }: StartFigures): Figure[] {
  const ratios = firstCandidate.map((milliseconds, round) => milliseconds / (nothing[round] as number))
  const suite = 'start'
  return [
    spread({ suite, name: 'first candidate / node -e 0', unit: 'x' }, ratios, { atMost: 2.5 }),
    spread({ suite, name: 'first candidate', unit: 'ms' }, firstCandidate),
    spread({ suite, name: 'node -e 0', unit: 'ms' }, nothing),
    spread({ suite, name: 'open and verify the snapshot', unit: 'ms' }, openAndVerify, { atMost: 60 }),
  ]
}

export function memoryFigures(answers: readonly SuiteAnswer[]): Figure[] {
  const of = (name: string): number[] => answers.map(({ figures }) => figures[name] as number)
  return [
    spread({ suite: 'memory', name: 'a second worker thread', unit: 'MB' }, of('second worker, MB'), {
      atMost: 100,
    }),
    spread({ suite: 'memory', name: 'process with one worker thread', unit: 'MB' }, of('one worker, MB')),
  ]
}

export function snapshotFigures({ matching, whole, phrases }: SnapshotSizes): Figure[] {
  return [
    spread(
      { suite: 'snapshot', name: 'a phrase, matching structures', unit: 'bytes' },
      [matching / phrases],
      { atMost: 80 },
    ),
    spread({ suite: 'snapshot', name: 'a phrase, whole file', unit: 'bytes' }, [whole / phrases]),
  ]
}

/** For information: how fast each contestant was on this machine. */
export function speedFigures(suite: string, answers: readonly SuiteAnswer[]): Figure[] {
  const groups = Object.keys(answers[0]?.groups ?? {})
  return groups.flatMap(group =>
    Object.keys(answers[0]?.groups[group] ?? {}).map(name => {
      const speeds = answers.flatMap(({ groups: timings, figures }) =>
        (timings[group]?.[name] ?? []).map(seconds => (figures.characters as number) / 1e6 / seconds),
      )
      return spread({ suite, name: `${group}: ${name}`, unit: 'MB/s' }, speeds)
    }),
  )
}

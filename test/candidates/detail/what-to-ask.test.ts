/** `missing` and `alternatives` of candidates, over an invented branch of the code book and over the lexicon alone. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { lackingWords, wordsOfTitle } from '../../../src/candidates/detail/title-words.js'
import type { Engine } from '../../../src/pipeline/engine.js'
import type { Candidate } from '../../../src/model/result.js'
import { codeNote, engineWith } from '../../support/engine-with-notes.js'
import { lexiconEngine } from '../../support/lexicon-engine.js'

// A dictionary is compiled, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const BRANCH: readonly (readonly [code: string, billable: boolean, title: string])[] = [
  ['Q98', false, 'Mouse fever'],
  ['Q98.0', true, 'Grey mouse fever'],
  ['Q98.1', false, 'Brown mouse fever'],
  ['Q98.11', true, 'Brown mouse fever with rash'],
  ['Q98.12', true, 'Brown mouse fever with (fine) tremor'],
  ['Q98.19', true, 'Brown mouse fever without complication'],
  ['Q98.2', false, 'Hare fever'],
  ['Q98.20', true, 'Hare fever, unspecified'],
  ['Q98.21', true, 'Hare fever, stage 1 (mild)'],
  ['Q98.22', true, 'Hare fever, stage 2'],
  ['Q98.8', true, 'Other mouse fever'],
  ['Q98.9', true, 'Mouse fever, unspecified'],
]
const OF_LEXICON: Readonly<Record<string, string>> = { 'J45.909': 'Plain asthma' }

let engine: Engine
beforeAll(async () => {
  engine = await engineWith(input => ({
    catalogue: [
      ...input.catalogue
        .filter(({ code }) => !code.startsWith('Q98'))
        .map(row => ({ ...row, title: OF_LEXICON[row.code] ?? row.title })),
      ...BRANCH.map(([code, billable, title]) => ({ code, billable, title })),
    ],
    order: BRANCH.map(([code, billable, title], i) => ({
      order: i + 1,
      code: code.replace('.', ''),
      billable,
      shortTitle: title,
      longTitle: title,
    })),
  }))
})

function candidate(of: Engine, text: string, code: string): Candidate {
  const found = codeNote(of, text).candidates.find(each => each.code === code)
  if (found === undefined) throw new RangeError(`${code} is no candidate`)
  return found
}

describe('missing', () => {
  it('names the siblings of an unspecified code and the words that would select them', () => {
    expect(candidate(engine, 'Assessment: mouse fever.', 'Q98.9').missing).toEqual([
      {
        axis: 'type',
        options: [
          { code: 'Q98.0', words: ['grey'] },
          { code: 'Q98.19', words: ['brown'] },
          { code: 'Q98.20', words: ['hare'] },
        ],
      },
    ])
  })

  it('calls a stage a stage, and gives a number with its word', () => {
    expect(candidate(engine, 'Assessment: hare fever.', 'Q98.20').missing).toEqual([
      {
        axis: 'stage',
        options: [
          { code: 'Q98.21', words: ['stage 1'] },
          { code: 'Q98.22', words: ['stage 2'] },
        ],
      },
    ])
  })

  it('is empty where nothing is left open', () => {
    expect(candidate(engine, 'Assessment: grey mouse fever.', 'Q98.0').missing).toEqual([])
  })

  it('needs no release where the lexicon has the axis', async () => {
    const { engine: alone } = await lexiconEngine()
    const [side] = candidate(alone, 'Assessment: knee pain.', 'M25.569').missing
    expect(side).toMatchObject({
      axis: 'laterality',
      options: [{ code: 'M25.561' }, { code: 'M25.562' }],
    })
    expect(side?.options[0]?.words[0]).toBe('right')
    expect(candidate(alone, 'Assessment: right knee pain.', 'M25.561').missing).toEqual([])
  })
})

describe('alternatives', () => {
  it('are the codes beside it, with the words that the note lacks', () => {
    expect(
      candidate(engine, 'Assessment: brown mouse fever without complication.', 'Q98.19').alternatives,
    ).toEqual([
      { code: 'Q98.11', needs: 'rash' },
      { code: 'Q98.12', needs: 'tremor' },
    ])
  })

  it('leave out what is missing already, and what the note speaks of', () => {
    expect(candidate(engine, 'Assessment: mouse fever.', 'Q98.9').alternatives).toEqual([])
    const text = 'Assessment: brown mouse fever without complication. No brown mouse fever with rash.'
    expect(candidate(engine, text, 'Q98.19').alternatives).toEqual([{ code: 'Q98.12', needs: 'tremor' }])
  })
})

describe('the words that a title has more', () => {
  const id = (word: string): number => word.length * 100 + word.charCodeAt(0)
  const lacking = (title: string, known: string): string | undefined => {
    const ids = new Set(known.split(' ').map(id))
    return lackingWords(title, wordsOfTitle(title, id), word => ids.has(word.id))
  }
  it.each([
    ['Mouse fever with grey tremor', 'mouse fever', 'grey tremor'],
    ['Mouse fever of unspecified ear', 'mouse fever', 'ear'],
    ['Mouse fever without tremor', 'mouse fever', 'without tremor'],
    ['Mouse fever, stage 2', 'mouse fever stage', 'stage 2'],
    ["Colles' mouse fever", 'mouse fever', 'Colles'],
    ['Grey mouse fever', 'mouse fever', 'grey'],
  ])('"%s" beyond "%s": %s', (title, known, words) => expect(lacking(title, known)).toBe(words))

  it('are none where all are known', () => expect(lacking('Fever of mouse', 'mouse fever')).toBeUndefined())
})

/** The readers of the hand-written tables: what a row says, and for every mistake the file and the line. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readEverydayWords } from '../../src/dictionary/build/gather.js'
import { readAbbreviations } from '../../src/dictionary/lexicon/abbreviations.js'
import { defaultCode, expandPattern, readAxes } from '../../src/dictionary/lexicon/axes.js'
import { listOf, readCsv } from '../../src/dictionary/lexicon/csv.js'
import { isValidIn, readLexicon } from '../../src/dictionary/lexicon/rows.js'
import { readSections } from '../../src/dictionary/lexicon/sections.js'
import { readTriggers } from '../../src/dictionary/lexicon/triggers.js'
import { readWordForms } from '../../src/dictionary/lexicon/word-forms.js'

const directory = mkdtempSync(join(tmpdir(), 'chartcode-lexicon-'))
afterAll(() => rmSync(directory, { recursive: true }))

function file(name: string, ...lines: readonly string[]): string {
  writeFileSync(join(directory, name), `${lines.join('\n')}\n`)
  return join(directory, name)
}

const LEXICON = 'code,preferred,synonyms,abbreviations,lay,attributes,from,until'

/** A dictionaries directory whose one chapter holds these rows; answers the directory. */
function lexicon(...rows: readonly string[]): string {
  mkdirSync(join(directory, 'icd10cm'), { recursive: true })
  mkdirSync(join(directory, 'procedures'), { recursive: true })
  file('icd10cm/01-invented.csv', LEXICON, ...rows)
  file('procedures/cpt.csv', LEXICON)
  file('procedures/hcpcs.csv', LEXICON)
  return directory
}

function refuses(read: () => unknown, message: string): void {
  expect(read).toThrow(
    expect.objectContaining({ code: 'lexicon-invalid', message: expect.stringContaining(message) as string }),
  )
}

describe('a table', () => {
  it('is read with the line of each row, over blank lines and quoted line breaks', () => {
    const rows = readCsv(file('t.csv', 'a,b', '1,"x, y"', '', ' 2 ,z'), ['a', 'b'] as const)
    expect(rows.map(({ line, cells }) => [line, cells.a, cells.b])).toEqual([
      [2, '1', 'x, y'],
      [4, '2', 'z'],
    ])
  })

  it('may begin with a byte-order mark', () => {
    expect(readCsv(file('bom.csv', '\ufeffa,b', '1,2'), ['a', 'b'] as const)).toHaveLength(1)
  })

  it('with another header is refused', () => {
    refuses(() => readCsv(file('h.csv', 'a,c'), ['a', 'b'] as const), 'h.csv:1: the header must be a,b')
  })

  it('that is empty is refused', () => {
    refuses(() => readCsv(file('e.csv'), ['a'] as const), 'e.csv:1: the header must be a')
  })

  it('with a row of too many cells is refused with its line', () => {
    refuses(
      () => readCsv(file('w.csv', 'a,b', '1,2', '1,2,3'), ['a', 'b'] as const),
      'w.csv:3: 3 cells where 2 are expected',
    )
  })

  it('that does not exist is refused with its name', () => {
    refuses(() => readCsv(join(directory, 'missing.csv'), ['a'] as const), 'missing.csv')
  })

  it('holds lists with bars, blanks and empty items left out', () => {
    expect(listOf(' a | b||c ')).toEqual(['a', 'b', 'c'])
    expect(listOf('')).toEqual([])
  })
})

describe('a row of the lexicon', () => {
  it('is read whole', () => {
    const [row] = readLexicon(
      lexicon(
        'Q99.1,mouse fever,~fever mouse|murine fever,MF!,squeaks,kind=symptom;chronic=yes;needs=Mouse mice;sex=F;age=child;pos=noun;weak=yes;side=yes;history=Z86.1;family=Z83.1,2025,2026',
      ),
    )
    expect(row).toMatchObject({
      line: 2,
      concept: {
        system: 'icd10cm',
        code: 'Q99.1',
        preferred: 'mouse fever',
        kind: 'symptom',
        chronic: true,
        weak: true,
        side: true,
        needs: ['mouse', 'mice'],
        sex: 'F',
        age: 'child',
        pos: 'noun',
        history: 'Z86.1',
        family: 'Z83.1',
      },
      phrases: ['mouse fever', '~fever mouse', 'murine fever'],
      abbreviations: ['MF!'],
      lay: ['squeaks'],
      from: 2025,
      until: 2026,
    })
  })

  it('is a disease where it does not say what it is', () => {
    const [row] = readLexicon(lexicon('Q99.1,mouse fever,,,,,,'))
    expect(row?.concept).toEqual({
      system: 'icd10cm',
      code: 'Q99.1',
      preferred: 'mouse fever',
      kind: 'disease',
    })
  })

  it.each([
    ['before its first year', 2024, false],
    ['in its first year', 2025, true],
    ['in its last year', 2026, true],
    ['after its last year', 2027, false],
  ])('%s', (_, year, valid) => {
    const [row] = readLexicon(lexicon('Q99.1,mouse fever,,,,,2025,2026'))
    expect(row === undefined ? undefined : isValidIn(row, year)).toBe(valid)
  })

  it.each([
    ['without a code', ',mouse fever,,,,,,', 'a row needs a code and a preferred term'],
    ['without a preferred term', 'Q99.1,,,,,,,', 'a row needs a code and a preferred term'],
    ['of an unknown kind', 'Q99.1,mouse fever,,,,kind=plague,,', 'unknown kind plague'],
    ['with an unknown attribute', 'Q99.1,mouse fever,,,,colour=red,,', 'unknown attribute colour=red'],
    ['with an attribute without a value', 'Q99.1,mouse fever,,,,weak,,', 'unknown attribute weak'],
    ['of an unknown part of speech', 'Q99.1,mouse fever,,,,pos=adverb,,', 'pos=adverb is none of noun, verb'],
    ['of an unknown sex', 'Q99.1,mouse fever,,,,sex=female,,', 'sex=female is none of F, M'],
    ['of an unknown age', 'Q99.1,mouse fever,,,,age=old,,', 'age=old is none of newborn, child, adult'],
    ['with a year that is none', 'Q99.1,mouse fever,,,,,25,', '25 is not a fiscal year'],
    ['with a cell too few', 'Q99.1,mouse fever,,,,,', '7 cells where 8 are expected'],
  ])('%s is refused with file and line', (_, row, message) => {
    refuses(() => readLexicon(lexicon('Q99.0,first fever,,,,,,', row)), `01-invented.csv:3: ${message}`)
  })
})

describe('axes', () => {
  const axes = readAxes(
    file(
      'axes.csv',
      'axis,character,meaning,words,default',
      'side,1,right,right|rt|right-sided,',
      'side,2,left,left,',
      'side,9,unspecified,,yes',
      'when,A,initial,,yes',
      'when,D,later,healing,',
      'nodefault,3,three,,',
    ),
  )

  it('hold the words of each value, folded and cut', () => {
    expect(axes.get('side')?.[0]).toEqual({
      character: '1',
      meaning: 'right',
      words: [['right'], ['rt'], ['right', 'sided']],
      isDefault: false,
    })
  })

  it('expand a pattern to every code it covers', () => {
    expect(expandPattern('S99.0{side}', axes)).toEqual(['S99.01', 'S99.02', 'S99.09'])
    expect(expandPattern('S99.0{side}{when}', axes)).toEqual([
      'S99.01A',
      'S99.01D',
      'S99.02A',
      'S99.02D',
      'S99.09A',
      'S99.09D',
    ])
    expect(expandPattern('Q99.1', axes)).toEqual(['Q99.1'])
  })

  it('choose the default, or the first value where there is none', () => {
    expect(defaultCode('S99.0{side}{when}', axes)).toBe('S99.09A')
    expect(defaultCode('S99.0{nodefault}', axes)).toBe('S99.03')
  })

  it('that a pattern names and the table lacks are refused', () => {
    refuses(() => expandPattern('S99.0{colour}', axes), 'no axis {colour} in axes.csv')
  })
})

describe('word forms', () => {
  it('lead every form to its base', () => {
    const forms = readWordForms(
      file('f.csv', 'base,forms,why', 'kidney,renal|nephric,organ', "Crohn's,crohn,name"),
    )
    expect([forms.get('renal'), forms.get('kidney')]).toEqual(['kidney', 'kidney'])
  })

  it.each([
    ['of two words', ['kidney,renal organ,why'], 'f.csv:2: renal organ is not one word'],
    [
      'that stands in two groups',
      ['kidney,renal,why', 'liver,renal,why'],
      'f.csv:3: renal stands in the group of kidney too',
    ],
  ])('%s are refused', (_, rows, message) => {
    refuses(() => readWordForms(file('f.csv', 'base,forms,why', ...rows)), message)
  })
})

describe('the other tables', () => {
  it('abbreviations keep their cues and their line', () => {
    const [sense] = readAbbreviations(
      file('abbr.csv', 'abbreviation,sense,code,cues,why', 'MS,mitral stenosis,I05.0,murmur|@exam|*,why'),
    )
    expect(sense).toMatchObject({
      line: 2,
      abbreviation: 'MS',
      code: 'I05.0',
      cues: ['murmur', '@exam', '*'],
    })
  })

  it('everyday words are a set, and a missing table is an error', () => {
    expect(readEverydayWords(file('words.csv', 'word,why', 'history,everyday')).has('history')).toBe(true)
    expect(() => readEverydayWords(join(directory, 'nowhere.csv'))).toThrow(
      expect.objectContaining({ code: 'file-missing' }),
    )
  })

  const TRIGGERS = 'rule,phrase,category,direction,window,chain,stops,detail,why'
  it.each([
    ['an unknown category', 'r.one,no,denied,forward,,,,,why', 'unknown category denied'],
    ['an unknown direction', 'r.one,no,negated,sideways,,,,,why', 'unknown direction sideways'],
    ['a window that is no number', 'r.one,no,negated,forward,many,,,,why', 'window many'],
    ['no reason', 'r.one,no,negated,forward,,,,,', 'no why'],
    [
      'a phrase that stands before it',
      'r.one,without,negated,forward,,,,,why',
      'the phrase without stands in line 2 too',
    ],
    ['no phrase', 'r.one,,negated,forward,,,,,why', 'no phrase'],
  ])('a trigger with %s is refused with file and line', (_, row, message) => {
    refuses(
      () => readTriggers(file('tr.csv', TRIGGERS, 'r.zero,without,negated,forward,,,,,why', row)),
      `tr.csv:3: ${message}`,
    )
  })

  it.each([
    ['an unknown meaning', 'plan,plan,future,why', 'unknown meaning future'],
    ['an id that is none', 'The Plan,plan,present,why', 'The Plan is no section id'],
    ['a heading of another section', 'plan,HPI,present,why', 'the heading HPI belongs to hpi too'],
    ['an id that stands before it', 'hpi,plan,present,why', 'section hpi stands twice'],
    ['a heading without a word', 'plan,--,present,why', '-- holds no word'],
  ])('a section with %s is refused with file and line', (_, row, message) => {
    refuses(
      () => readSections(file('s.csv', 'id,headings,meaning,why', 'hpi,hpi,present,why', row)),
      `s.csv:3: ${message}`,
    )
  })
})

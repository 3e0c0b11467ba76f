/** Every row of `dictionaries/triggers.csv` does what its columns say; forward and backward cues: laws.test.ts. */
import { describe, expect, it } from 'vitest'
import { assertMarked } from '../support/assertion-cases.js'
import { createContextKit } from '../support/context-kit.js'

const { triggers } = createContextKit()
const of = (category: string) => triggers.filter(row => row.categories[0] === category)
const marking = triggers.filter(
  row =>
    !['pseudo', 'terminator', 'current', 'affirmed', 'confirmed'].includes(row.categories[0] ?? '') &&
    row.direction !== 'linked',
)

/** All attributes of the mention in brackets. */
function attributesOf(text: string): string {
  const { cues: _cues, ...attributes } = assertMarked(text)
  return JSON.stringify(attributes)
}
const UNMARKED = attributesOf('[[tinnitus]]')

describe('a cue that holds the words of another and says nothing', () => {
  it.each(of('pseudo').map(row => row.phrase))("'%s' leaves what follows unmarked", phrase => {
    expect(attributesOf(`${phrase} [[tinnitus]]`)).toBe(UNMARKED)
  })
})

describe('a cue of the present', () => {
  it.each(of('current').map(row => [row.phrase, row.direction]))(
    "'%s' (%s) wins over the past history",
    (phrase, direction) => {
      const line = direction === 'backward' ? `[[tinnitus]] ${phrase}` : `${phrase} [[tinnitus]]`
      expect(assertMarked(`PMH:\n${line}`).temporality).toBe('current')
      expect(assertMarked('PMH:\n[[tinnitus]]').temporality).toBe('historical')
    },
  )
})

describe('a person', () => {
  it.each(triggers.filter(row => row.direction === 'linked').map(row => row.phrase))(
    "'%s' has what a verb joins",
    phrase => {
      expect(assertMarked(`${phrase} had [[tinnitus]]`).experiencer).not.toBe('patient')
    },
  )
})

describe('a cue that reaches to one side or both', () => {
  it.each(marking.filter(row => row.direction === 'either').map(row => row.phrase))(
    "'%s' marks what follows",
    phrase => {
      expect(attributesOf(`${phrase} [[tinnitus]] today`)).not.toBe(UNMARKED)
    },
  )

  it.each(marking.filter(row => row.direction === 'both' && !row.needsHyphen).map(row => row.phrase))(
    "'%s' marks what stands before and behind it",
    phrase => {
      expect(attributesOf(`${phrase} [[tinnitus]]`)).not.toBe(UNMARKED)
      expect(attributesOf(`[[tinnitus]] ${phrase}`)).not.toBe(UNMARKED)
    },
  )

  it('"-ve" does with its hyphen, and "ve" does not', () => {
    expect(assertMarked('[[VDRL]] -ve').presence).toBe('absent')
    expect(assertMarked('[[VDRL]] ve').presence).toBe('present')
  })
})

describe('an answer', () => {
  it.each(marking.filter(row => row.isFieldValue && !row.needsHyphen).map(row => row.phrase))(
    "'%s' marks the label before it",
    phrase => {
      expect(attributesOf(`[[Tinnitus]]: ${phrase}`)).not.toBe(UNMARKED)
    },
  )
})

describe('a cue of one or two words', () => {
  const short = marking.filter(
    row => row.window <= 2 && (row.direction === 'forward' || row.direction === 'backward'),
  )
  it.each(short.map(row => [row.phrase, row.direction]))(
    "'%s' (%s) marks its neighbour",
    (phrase, direction) => {
      const texts =
        direction === 'backward'
          ? [`[[tinnitus]] ${phrase}`]
          : [`${phrase} [[tinnitus]]`, `${phrase}-[[tinnitus]]`]
      expect(texts.some(text => attributesOf(text) !== UNMARKED)).toBe(true)
    },
  )
})

describe('words that end a scope or join a person', () => {
  const TEXTS = [
    'no rash X [[tinnitus]]',
    'denies rash, X [[tinnitus]]',
    'no rash, fever X [[tinnitus]]',
    'no rash X fever, chills, [[tinnitus]]',
    'no rash; X [[tinnitus]]',
    'possible gout X [[tinnitus]]',
    'if rash X [[tinnitus]]',
    'history of gout, X [[tinnitus]]',
    'family history of gout X [[tinnitus]]',
    '[[tinnitus]] X gout was ruled out',
    '[[tinnitus]] X gout resolved',
    '[[tinnitus]] X gout X hives was ruled out',
    'gout X [[tinnitus]] was ruled out',
    '[[tinnitus]]: the X denies',
    'mother X [[tinnitus]]',
    '[[tinnitus]] X mother',
    'X mother had [[tinnitus]]',
    'mother gout X father [[tinnitus]]',
    'mother [[tinnitus]] X',
    'brought X mother with [[tinnitus]]',
    'gout in X father and [[tinnitus]]',
  ]
  it.each(of('terminator').map(row => row.phrase))("'%s' does somewhere", phrase => {
    const stranger = phrase.replace(/\S+/g, 'xqz')
    const changes = TEXTS.some(
      text => attributesOf(text.replaceAll('X', phrase)) !== attributesOf(text.replaceAll('X', stranger)),
    )
    expect(changes).toBe(true)
  })
})

/** Spellings that mean the same inside a phrase get one id; spellings that do not keep their own. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WordFolding } from '../../src/dictionary/build/word-folding.js'
import { readWordForms } from '../../src/dictionary/lexicon/word-forms.js'
import { DICTIONARIES } from '../support/lexicon-engine.js'

/** Ids of spellings as a note's words would get them; `known`: the words of the phrases. */
function idsOf(
  known: readonly string[],
  spellings: readonly string[],
  forms: ReadonlyMap<string, string> = new Map(),
): (number | undefined)[] {
  const all = new WordFolding(forms, known).spellings()
  return spellings.map(spelling => all.get(spelling))
}

describe('a spelling of a note is folded to the word of a phrase', () => {
  it.each([
    ['a plural', 'fracture', 'fractures'],
    ['a plural in -ies', 'arteriopathy', 'arteriopathies'],
    ['a plural in -es', 'abscess', 'abscesses'],
    ['a plural in -xes', 'reflex', 'reflexes'],
    ['a Latin plural in -i', 'thrombus', 'thrombi'],
    ['a Latin plural in -a', 'diverticulum', 'diverticula'],
    ['a Latin plural in -ae', 'vertebra', 'vertebrae'],
    ['a Greek plural in -ses', 'metastasis', 'metastases'],
    ['a Greek plural in -omata', 'condyloma', 'condylomata'],
    ['a plural in -nges', 'phalanx', 'phalanges'],
    ['a plural in -ices', 'appendix', 'appendices'],
    ['British -aemia', 'anemia', 'anaemia'],
    ['British haem-', 'hemorrhage', 'haemorrhage'],
    ['British -oedema', 'edema', 'oedema'],
    ['British oesoph-', 'esophagitis', 'oesophagitis'],
    ['British -rrhoea', 'diarrhea', 'diarrhoea'],
    ['British tumour', 'tumor', 'tumour'],
    ['British -isation', 'hospitalization', 'hospitalisation'],
    ['British ischaem-', 'ischemic', 'ischaemic'],
    ['British -pnoea', 'apnea', 'apnoea'],
  ])('%s: %s takes in %s', (_, word, spelling) => {
    const [own, other] = idsOf([word], [word, spelling])
    expect(own).toBeGreaterThan(0)
    expect(other).toBe(own)
  })

  it.each([
    ['plural and singular', 'fracture', 'fractures'],
    ['American and British', 'embolization', 'embolisation'],
    ['American and British, the British first', 'haemophilic', 'hemophilic'],
    ['Latin plural and singular', 'ganglia', 'ganglion'],
  ])('%s in different phrases get one id: %s, %s', (_, one, other) => {
    const [first, second] = idsOf([one, other], [one, other])
    expect(second).toBe(first)
  })

  it('a British plural beside the American singular gets its id', () => {
    const ids = idsOf(['anemia', 'anaemia', 'anaemias'], ['anemia', 'anaemia', 'anaemias'])
    expect(new Set(ids).size).toBe(1)
  })
})

describe('words of different meaning keep their ids', () => {
  it.each([
    ['mass', 'mas'],
    ['lens', 'len'],
    ['aids', 'aid'],
    ['graves', 'gravis'],
    ['andes', 'and'],
    ['pus', 'pu'],
    ['abs', 'ab'],
    ['ileum', 'ilium'],
    ['hypertension', 'hypotension'],
  ])('%s and %s', (one, other) => {
    const [first, second] = idsOf([one, other], [one, other])
    expect(second).not.toBe(first)
  })

  it('a word of a phrase is never taken over by a derived spelling of another', () => {
    const known = ['axis', 'axes', 'axe', 'media', 'medium']
    const all = new WordFolding(new Map(), known).spellings()
    for (const word of known) expect(all.has(word)).toBe(true)
  })
})

describe('the hand-made groups', () => {
  const forms = new Map([
    ['kidney', 'kidney'],
    ['renal', 'kidney'],
  ])

  it('fold an adjective to its organ', () => {
    const [kidney, renal, kidneys] = idsOf(['kidney'], ['kidney', 'renal', 'kidneys'], forms)
    expect([renal, kidneys]).toEqual([kidney, kidney])
  })

  it('go before the rules', () => {
    const [first, second] = idsOf(['renal', 'kidneys'], ['renal', 'kidneys'], forms)
    expect(second).toBe(first)
  })

  it('add nothing for a group that no phrase mentions', () => {
    expect(idsOf(['liver'], ['renal'], forms)).toEqual([undefined])
  })

  it('of the dictionary all have one word a spelling and one group a word', () => {
    expect(readWordForms(join(DICTIONARIES, 'word-forms.csv')).size).toBeGreaterThan(500)
  })
})

describe('ids', () => {
  it('start at 1 and have no holes', () => {
    const all = new WordFolding(new Map(), ['a', 'b', 'bs', 'gout']).spellings()
    expect([...new Set(all.values())].sort((a, b) => a - b)).toEqual([1, 2, 3, 4])
  })

  it('are the same for the same words', () => {
    const words = ['gout', 'gouty', 'fracture', 'fractures', 'anaemia', 'anemia']
    expect([...new WordFolding(new Map(), words).spellings()]).toEqual([
      ...new WordFolding(new Map(), words).spellings(),
    ])
  })
})

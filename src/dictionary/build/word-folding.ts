/**
 * Spellings → word ids. Spellings that mean the same inside a phrase get one id: plural and singular
 * (natural's inflector), American and British (rules), and the hand-made groups of
 * `dictionaries/word-forms.csv`. Done when the dictionary is built, so that it costs nothing when a
 * note is read.
 */
import inflectors from 'natural/lib/natural/inflectors/index.js'

const noun = new inflectors.NounInflector()

/** Words whose final s is no plural, where folding would join two meanings. */
const NOT_PLURAL = new Set(
  'aids pus gas lens mass his this has was its us is as less does bus abs ms cs ts os graves hypochondria'.split(
    ' ',
  ),
)

/** American spelling → British, inside a word. */
const BRITISH: readonly (readonly [RegExp, string])[] = [
  [/emia/, 'aemia'],
  [/emic$/, 'aemic'],
  [/^hem(?=a|o|i[^s])/, 'haem'],
  [/rrhea/, 'rrhoea'],
  [/edema/, 'oedema'],
  [/esoph/, 'oesoph'],
  [/ynec/, 'ynaec'],
  [/pediatr/, 'paediatr'],
  [/orthoped/, 'orthopaed'],
  [/anesth/, 'anaesth'],
  [/^cec/, 'caec'],
  [/celiac/, 'coeliac'],
  [/^fet(?=al|us)/, 'foet'],
  [/tumor/, 'tumour'],
  [/color/, 'colour'],
  [/leuko/, 'leuco'],
  [/ization/, 'isation'],
  [/ized$/, 'ised'],
  [/yzed$/, 'ysed'],
  [/estrogen/, 'oestrogen'],
  [/etiolog/, 'aetiolog'],
  [/pnea/, 'pnoea'],
  [/fiber/, 'fibre'],
  [/center/, 'centre'],
  [/ischem/, 'ischaem'],
  [/^uremi/, 'uraemi'],
]

/** Latin and Greek endings: singular → plural. */
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/sis$/, 'ses'],
  [/xis$/, 'xes'],
  [/us$/, 'i'],
  [/um$/, 'a'],
  [/a$/, 'ae'],
  [/oma$/, 'omata'],
  [/ix$/, 'ices'],
  [/ex$/, 'ices'],
  [/nx$/, 'nges'],
  [/is$/, 'es'],
  [/on$/, 'a'],
]

export class WordFolding {
  private readonly baseOf = new Map<string, string>()
  private readonly idOfBase = new Map<string, number>()
  private readonly bases: string[] = ['']
  private readonly forms: ReadonlyMap<string, string>
  private readonly known = new Set<string>()
  /** British spelling → American, where phrases hold both. */
  private readonly americanOf = new Map<string, string>()

  private readonly abbreviations: ReadonlySet<string>

  /**
   * `forms`: spelling → base of the hand-made groups. `words`: every word of every phrase.
   * `abbreviations`: words that are no words (`nows`) and have no plural, whatever they look like.
   */
  constructor(
    forms: ReadonlyMap<string, string>,
    words: Iterable<string>,
    abbreviations: ReadonlySet<string> = new Set(),
  ) {
    this.forms = forms
    this.abbreviations = abbreviations
    for (const word of words) this.known.add(word)
    for (const word of this.known)
      for (const british of britishOf(word)) if (this.known.has(british)) this.americanOf.set(british, word)
    for (const word of this.known) this.baseOf.set(word, this.findBase(word))
  }

  /** Word id of a spelling that some phrase holds; ids start at 1. */
  idOf(word: string): number {
    const base = this.baseOf.get(word) ?? this.findBase(word)
    const known = this.idOfBase.get(base)
    if (known !== undefined) return known
    const id = this.bases.length
    this.bases.push(base)
    this.idOfBase.set(base, id)
    return id
  }

  /**
   * Gives ids in this order: words that notes and phrases hold often get the small ids, so that what is
   * looked up by id all the time lies close together in memory.
   */
  number(words: Iterable<string>): void {
    for (const word of words) this.idOf(word)
  }

  /** One more than the largest id. */
  get size(): number {
    return this.bases.length
  }

  base(id: number): string {
    return this.bases[id] ?? ''
  }

  /** Every spelling to be recognised in notes → id. Words of phrases win over derived spellings. */
  spellings(): Map<string, number> {
    const all = new Map<string, number>()
    for (const word of this.known) all.set(word, this.idOf(word))
    for (const [form, base] of this.forms)
      if (this.idOfBase.has(base) && !all.has(form)) all.set(form, this.idOf(form))
    for (const word of [...all.keys()].sort()) {
      if (this.abbreviations.has(word)) continue
      const id = all.get(word) as number
      for (const variant of variantsOf(word)) if (!all.has(variant)) all.set(variant, id)
    }
    return all
  }

  private findBase(word: string): string {
    const form = this.forms.get(word)
    if (form !== undefined) return form
    if (this.abbreviations.has(word)) return word
    const american = this.americanOf.get(word)
    if (american !== undefined) return this.findBase(american)
    for (const singular of singularsOf(word)) {
      if (!this.known.has(singular) && !this.forms.has(singular)) continue
      const plain = this.americanOf.get(singular) ?? singular
      return this.forms.get(plain) ?? plain
    }
    return word
  }
}

/** Words that `word` may be the plural of. */
function singularsOf(word: string): string[] {
  if (!isFoldable(word) || NOT_PLURAL.has(word)) return []
  const singulars: string[] = []
  if (word.endsWith('ies')) singulars.push(`${word.slice(0, -3)}y`)
  // "andes" is no plural of "and": the longer ending needs a longer word before it.
  if (word.endsWith('es') && !word.endsWith('ses'))
    singulars.push(word.slice(0, -1), ...(word.length >= 6 ? [word.slice(0, -2)] : []))
  else if (word.endsWith('ses'))
    singulars.push(word.slice(0, -1), word.slice(0, -2), `${word.slice(0, -2)}is`)
  else if (word.endsWith('s') && !/(ss|us|is)$/.test(word)) singulars.push(word.slice(0, -1))
  for (const [ending, plural] of LATIN)
    if (word.endsWith(plural)) singulars.push(word.slice(0, -plural.length) + ending.source.replace('$', ''))
  return singulars.filter(singular => singular.length >= 3)
}

/** Further spellings of a word of a phrase. */
function variantsOf(word: string): string[] {
  if (!isFoldable(word)) return []
  const variants: string[] = []
  if (!NOT_PLURAL.has(word) && !/(s|ed|ing|al|ic|ous|ive|ly)$/.test(word))
    variants.push(noun.pluralize(word), `${word}s`)
  else if (/(ss|sh|ch|x)$/.test(word)) variants.push(`${word}es`)
  for (const [ending, plural] of LATIN)
    if (word.length >= 5 && ending.test(word)) variants.push(word.replace(ending, plural))
  return [...variants, ...britishOf(word)]
}

function britishOf(word: string): string[] {
  if (!isFoldable(word)) return []
  return BRITISH.flatMap(([american, british]) =>
    american.test(word) && !word.includes(british) ? [word.replace(american, british)] : [],
  )
}

function isFoldable(word: string): boolean {
  return word.length >= 4 && /^[a-z]+$/.test(word)
}

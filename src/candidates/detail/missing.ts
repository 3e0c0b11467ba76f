/**
 * For each character of a candidate that says "unspecified": what else could stand there, and the words that would
 * select it (Official Guidelines I.A.9.b, I.B.18). From the axes of the lexicon row, and from the titles of the release:
 *
 *   S93.409A  Sprain of unspecified ligament of unspecified ankle, initial encounter
 *        │└── laterality: right → S93.401A, left → S93.402A
 *        └─── type: calcaneofibular ligament → S93.419A …
 */
import type { AxisValue, Catalogue } from '../../model/dictionary.js'
import type { Derivation, MissingDetail } from '../../model/result.js'
import { roleOfAxis, type Axes } from '../axis-table.js'
import { completed } from './complete.js'
import { countOpen, isOther, knownWords, lackingWords, withoutBrackets, wordsOfTitle } from './title-words.js'
import { roleOfMeaning, roleOfWords } from './role-of-words.js'

export interface DetailParts {
  readonly catalogue: Catalogue
  readonly axes: Axes
  readonly wordId: (word: string) => number
}

/** More than these nobody reads; the rest is in the code book. */
const MOST_OPTIONS = 12
/** Wordings of one value. */
const MOST_WORDINGS = 3

/** What of the candidate's derivation decides; equal for all candidates of one code and the same open axes. */
export interface OpenAxis {
  readonly name: string
  /** Of the value: "unspecified severity". */
  readonly meaning: string
  /** Place in the code, with its dot. */
  readonly at: number
  readonly characters: string
}

const AXIS = 'Lexicon: axis '

/** Axes of a lexicon row whose value stands for what the note does not say. */
export function openAxes(derivation: readonly Derivation[]): OpenAxis[] {
  const open: OpenAxis[] = []
  let at = 0
  for (const { characters, by, why, source } of derivation) {
    if (by === 'default' && source.startsWith(AXIS) && /\bunspecified\b|\bnot stated\b/.test(why))
      open.push({ name: source.slice(AXIS.length), meaning: why, at, characters })
    at += characters.length
  }
  return open
}

export function findMissing(code: string, open: readonly OpenAxis[], parts: DetailParts): MissingDetail[] {
  const entry = parts.catalogue.find(code)
  if (entry < 0) return []
  return [...open.flatMap(axis => ofAxis(code, axis, parts)), ...ofTitles(entry, open, parts)]
}

function ofAxis(
  code: string,
  { name, meaning, at, characters }: OpenAxis,
  parts: DetailParts,
): MissingDetail[] {
  const { catalogue, axes } = parts
  const options = (axes.get(name) ?? []).flatMap((value: AxisValue) => {
    if (value.isDefault || value.words.length === 0) return []
    const other = catalogue.find(code.slice(0, at) + value.character + code.slice(at + characters.length))
    if (other < 0 || !catalogue.isBillable(other)) return []
    const words = new Set(value.words.map(wording => wording.join(' ')))
    return [{ code: catalogue.code(other), words: [...words].slice(0, MOST_WORDINGS) }]
  })
  return detail(roleOfMeaning(meaning) ?? roleOfAxis(name), options)
}

/** Upward from the code: a level is open where its title says once more than the one above that something is not said. */
function ofTitles(entry: number, open: readonly OpenAxis[], parts: DetailParts): MissingDetail[] {
  const { catalogue } = parts
  const code = catalogue.code(entry)
  const details: MissingDetail[] = []
  for (
    let level = entry, above = catalogue.parent(level);
    above >= 0;
    level = above, above = catalogue.parent(level)
  ) {
    const from = catalogue.code(above).length
    const isOfAxis = open.some(
      ({ at, characters }) => at < catalogue.code(level).length && at + characters.length > from,
    )
    const title = catalogue.title(level)
    if (isOfAxis || countOpen(title) <= countOpen(catalogue.title(above))) continue
    const rest = code.slice(catalogue.code(level).length)
    const options = siblingOptions(level, above, rest, parts)
    details.push(
      ...detail(
        roleOfWords(
          title,
          options.flatMap(({ words }) => words),
        ),
        options,
      ),
    )
  }
  return details
}

function siblingOptions(
  level: number,
  above: number,
  rest: string,
  { catalogue, wordId }: DetailParts,
): MissingDetail['options'] {
  const isKnown = knownWords(catalogue.title(above), wordId)
  const open = countOpen(catalogue.title(level))
  return catalogue.children(above).flatMap(sibling => {
    if (sibling === level || isOther(catalogue.title(sibling))) return []
    const entries = completed(sibling, rest, catalogue)
    return entries.flatMap(entry => {
      // One code for the whole branch: the branch's title says it shorter.
      const title = withoutBrackets(catalogue.title(entries.length === 1 ? sibling : entry))
      if (countOpen(title) > open || isOther(title)) return []
      const words = lackingWords(title, wordsOfTitle(title, wordId), isKnown)
      return words === undefined ? [] : [{ code: catalogue.code(entry), words: [words] }]
    })
  })
}

function detail(axis: string, options: MissingDetail['options']): MissingDetail[] {
  return options.length === 0 ? [] : [{ axis, options: options.slice(0, MOST_OPTIONS) }]
}

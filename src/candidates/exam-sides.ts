/**
 * The side on which a note finds something wrong with an organ: it holds for a diagnosis of the same organ that is
 * stated without a side, and for no other (Official Guidelines I.A.9.b, I.B.13, I.B.18).
 *
 *   Right tympanic membrane red and bulging. Left ear normal. … Acute otitis media.     right
 *   Both drums red. … Acute otitis media.                                               not told apart
 *   Left knee tender. … Carpal tunnel syndrome.                                         nothing of the wrist
 */
import type { Span } from '../model/span.js'

export interface FoundSide extends Span {
  readonly side: 'right' | 'left'
}

interface Organ {
  /** Beginnings of the codes of its diseases. */
  readonly codes: RegExp
  /** A side, the organ, and what is said of it up to the next side. */
  readonly sided: RegExp
}

/** Characters behind an organ in which its finding stands, and before a finding in which it is denied. */
const LONGEST_FINDING = 200
const LONGEST_DENIAL = 60

function organ(codes: RegExp, words: string): Organ {
  const sided = String.raw`\b(right|left|both|bilateral)[ -](?:[a-z]+[ -])?(?:${words})\b([^.;\n]{0,${LONGEST_FINDING}}?)(?=[.;\n]|$|,? (?:and |but )?(?:the )?(?:right|left)\b)`
  return { codes, sided: new RegExp(sided, 'gi') }
}

const ORGANS: readonly Organ[] = [
  organ(/^H(?:6|7|8|9[0-5])/, 'tympanic membranes?|TMs?|ear ?drums?|drums?|ear canals?|canals?|ears?'),
  organ(/^H[0-5]/, 'conjunctivae?|corneas?|sclerae?|eyelids?|lids?|eyes?'),
  organ(/^(?:M17|M22|M23|M25\.[0-9]6|S83)/, 'knees?|patella'),
  organ(/^(?:M75|M19\.01|M25\.[0-9]1|S43|S46)/, 'shoulders?'),
  organ(/^(?:M16|M25\.[0-9]5|M70\.[67])/, 'hips?|trochanter'),
  organ(/^(?:M77\.[01]|M70\.[23]|M19\.02|M25\.[0-9]2)/, 'elbows?|epicondyle'),
  organ(/^(?:S93\.4|M76\.6|M25\.[0-9]7)/, 'ankles?'),
]

const WRONG =
  /\b(?:red|reddened|erythema\w*|bulging|swollen|swelling|edema\w*|opaque|pus|purulen\w*|discharge|draining|drainage|injected|injection|dull|tender\w*|pain\w*|aches?|hurts?|effusion|exudate|perforat\w+|inflam\w+|crepitus|stiff\w*|instability|deform\w*|weakness|itch\w*|watery|sore)\b/gi
const DENIED = /\b(?:no|not|non|without|denies|negative for|never)[ -](?:[\w/]+[ ,]+){0,3}$/i

/** The side of the organ of a code, or undefined where the note tells none or both. */
export function createSideFinder(text: string): (code: string) => FoundSide | undefined {
  const known = new Map<Organ, FoundSide | undefined>()
  return code => {
    const ill = organOf(code)
    if (ill === undefined) return undefined
    if (!known.has(ill)) known.set(ill, readSide(text, ill))
    return known.get(ill)
  }
}

const organs = new Map<string, Organ | undefined>()

/** Remembered: a lexicon has so many patterns of codes, a catalogue so many codes. */
function organOf(code: string): Organ | undefined {
  const seen = organs.get(code)
  if (seen !== undefined || organs.has(code)) return seen
  const organ = ORGANS.find(({ codes }) => codes.test(code))
  organs.set(code, organ)
  return organ
}

function readSide(text: string, { sided }: Organ): FoundSide | undefined {
  const found = [...text.matchAll(sided)].flatMap(match => {
    const [whole, side = '', rest = ''] = match
    const start = match.index
    return isWrong(rest) || isWrongBefore(text, start)
      ? [{ side: side.toLowerCase(), start, end: start + whole.length - rest.length }]
      : []
  })
  const [first] = found
  if (first === undefined || found.some(({ side }) => side !== first.side)) return undefined
  const { side, start, end } = first
  return side === 'right' || side === 'left' ? { side, start, end } : undefined
}

function isWrong(words: string): boolean {
  return [...words.matchAll(WRONG)].some(
    ({ index }) => !DENIED.test(words.slice(Math.max(0, index - LONGEST_DENIAL), index)),
  )
}

/** `swelling of the left knee`, `pain in her right shoulder`. */
function isWrongBefore(text: string, at: number): boolean {
  const before = /(?:^|[.;,\n])([^.;,\n]*\b(?:of|in|at|over|on)(?: the| his| her| their)?) $/.exec(
    text.slice(Math.max(0, at - LONGEST_BEFORE), at),
  )
  return before !== null && isWrong(before[1] ?? '')
}

const LONGEST_BEFORE = 60

/** The axes of a lexicon row, chosen from the words near the mention or by their defaults. */
import type { AxisValue } from '../model/dictionary.js'
import type { DraftDerivation, Place } from './drafts.js'
import { dominanceOf, valueOfNote, type ChosenValue } from './axes-of-note.js'
import type { Axis, AxisTable, AxisWording, Piece } from './axis-table.js'
import type { NoteFacts } from './note-facts.js'
import type { Nearby, NearWord } from './nearby.js'

export interface ChosenCode {
  readonly code: string
  /** Of the catalogue, or -1. */
  readonly entry: number
  readonly derivation: readonly DraftDerivation[]
  readonly places: readonly Place[]
  readonly unspecified: boolean
  /** The same of the other side, where the note says both and the category has no code for both (I.B.13). */
  readonly otherSide?: ChosenCode
}

/** `facts`: what the note says elsewhere, which chooses where no words near the mention do. */
export function chooseAxes(pattern: string, axes: AxisTable, nearby: Nearby, facts: NoteFacts): ChosenCode {
  const pieces = axes.piecesOf(pattern)
  const both = bothSides(pieces, axes, nearby)
  const choose = (forced?: Forced): ChosenCode => {
    const chosen = pieces.map(piece => {
      if ('text' in piece) return piece
      const { axis } = piece
      return forced?.axis === axis ? forced : { axis, ...chooseValue(axis, nearby, facts, pattern) }
    })
    const isSaid = chosen.some(piece => 'places' in piece && piece.places.length > 0)
    return isSaid ? codeOf(chosen, axes) : usualCode(pieces, axes)
  }
  if (both === undefined) return choose()
  const [right, left] = both.sides.map(value => choose({ axis: both.axis, value, places: [both.place] })) as [
    ChosenCode,
    ChosenCode,
  ]
  return { ...right, otherSide: left }
}

interface Forced extends ChosenValue {
  readonly axis: Axis
}

/** `Adhesive capsulitis both shoulders`: the axis of the side has values for right and left and none for both. */
function bothSides(
  pieces: readonly Piece[],
  { bothSides: { firstWords, wordings } }: AxisTable,
  nearby: Nearby,
): { axis: Axis; sides: readonly [AxisValue, AxisValue]; place: Place } | undefined {
  if (!nearby.holdsAny(firstWords, false)) return undefined
  const axis = pieces.flatMap(piece =>
    'axis' in piece && piece.axis.name.startsWith('side') ? [piece.axis] : [],
  )[0]
  if (axis === undefined) return undefined
  const right = axis.values.find(({ meaning }) => meaning === 'right')
  const left = axis.values.find(({ meaning }) => meaning === 'left')
  const hasBoth = axis.values.some(({ meaning }) => meaning.startsWith('both'))
  if (right === undefined || left === undefined || hasBoth) return undefined
  for (const wording of wordings) {
    const near = nearby.nearest(wording, false)
    if (near !== undefined)
      return { axis, sides: [right, left], place: { role: 'laterality', start: near.start, end: near.end } }
  }
  return undefined
}

type ChosenPiece = { readonly text: string } | Forced

/** Patterns of a dictionary → their code where a note says nothing of any axis. */
const usualCodes = new WeakMap<readonly Piece[], ChosenCode>()

/** Most codes: the note says nothing of their axes. */
function usualCode(pieces: readonly Piece[], axes: AxisTable): ChosenCode {
  const seen = usualCodes.get(pieces)
  if (seen !== undefined) return seen
  const usual = pieces.map(piece =>
    'text' in piece ? piece : { axis: piece.axis, value: piece.axis.usual, places: [] },
  )
  const code = codeOf(usual, axes)
  usualCodes.set(pieces, code)
  return code
}

function codeOf(pieces: readonly ChosenPiece[], { catalogue }: AxisTable): ChosenCode {
  const derivation = pieces.flatMap(derivationOf)
  const code = derivation.map(({ characters }) => characters).join('')
  return {
    code,
    entry: catalogue.find(code),
    derivation,
    places: derivation.flatMap(({ places }) => places),
    unspecified: derivation.some(({ by, why }) => by === 'default' && LEFT_OPEN.test(why)),
  }
}

function derivationOf(piece: ChosenPiece): DraftDerivation[] {
  if ('text' in piece)
    return [
      {
        characters: piece.text,
        by: 'phrase',
        why: 'the words name the condition',
        places: [],
        source: 'Lexicon',
      },
    ]
  const { axis, value, places } = piece
  if (value === undefined) return []
  return [
    {
      characters: value.character,
      by: places.length === 0 ? 'default' : 'attribute',
      why: value.meaning,
      places,
      source: `Lexicon: axis ${axis.name}`,
    },
  ]
}

/** `late effect of a burn, skin healed`: that it is one of long ago goes before that it has healed (I.B.10). */
function isSequela({ isFar }: Axis, { meaning }: AxisValue): boolean {
  return meaning === 'sequela' && isFar
}

/** More words than a sentence is searched for. */
const SENTENCE = 100

/** Meaning of a default that says nothing: `unspecified side`, `stage not stated`; not `closed or not stated`. */
const LEFT_OPEN = /^unspecified|^(?!.*\bor not stated).*not stated$/

/** The value whose wording stands nearest; a wording of several parts says more than one of a single part. */
export function chooseValue(axis: Axis, nearby: Nearby, facts: NoteFacts, pattern = ''): ChosenValue {
  if (axis.name.startsWith('dominance')) return dominanceOf(axis, nearby, facts.hand())
  const said = saidNearby(axis, nearby)
  return valueOfNote(axis, facts, said, pattern) ?? said ?? { value: axis.usual, places: [] }
}

function saidNearby(axis: Axis, nearby: Nearby): ChosenValue | undefined {
  if (!nearby.holdsAny(axis.firstWords, axis.isFar)) return undefined
  let best: { wording: AxisWording; near: readonly NearWord[]; distance: number } | undefined
  for (const wording of axis.wordings) {
    const near = nearestParts(wording, axis.isFar, nearby)
    if (near === undefined) continue
    const distance =
      Math.max(...near.map(part => part.distance)) -
      wording.length * 0.1 +
      (isSequela(axis, wording.value) ? -SENTENCE : 0)
    const parts = best?.near.length ?? 0
    if (near.length < parts || (best !== undefined && near.length === parts && distance >= best.distance))
      continue
    best = { wording, near, distance }
  }
  if (best === undefined) return undefined
  const { role } = axis
  return {
    value: best.wording.value,
    places: best.near.map(({ start, end }): Place => ({ role, start, end })),
  }
}

/** Each part of a wording (`right & index finger`) where it stands nearest to the mention; all must stand near. */
function nearestParts({ parts }: AxisWording, isFar: boolean, nearby: Nearby): NearWord[] | undefined {
  const found: NearWord[] = []
  for (const part of parts) {
    const near = nearby.nearest(part, isFar)
    if (near === undefined) return undefined
    found.push(near)
  }
  return found
}

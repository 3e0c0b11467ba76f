/**
 * Whether two injuries of one region are of one site (Official Guidelines I.C.19.b.1): the note says both in one
 * sentence, or both with the same side.
 *
 *   Fracture of the left patella. Abrasion of the left knee.      one site
 *   Fracture of the left patella. Abrasion of the right knee.     two
 */
import type { Document } from '../../model/document.js'
import type { Gathered } from '../gather.js'
import { shareSentence } from './causes.js'

export function isOfOneSite(document: Document, one: Gathered, other: Gathered): boolean {
  const side = sideOf(one)
  const otherSide = sideOf(other)
  if (side !== undefined && otherSide !== undefined) return side === otherSide
  return shareSentence(document, one, other)
}

/** The side that its words name, if they name one only. */
function sideOf({ candidate: { display, evidence } }: Gathered): string | undefined {
  const words = [display, ...evidence.map(({ text }) => text)].join(' ').toLowerCase()
  const isRight = /\b(?:right|rt|r)\b/.test(words)
  const isLeft = /\b(?:left|lt|l)\b/.test(words)
  if (isRight === isLeft) return undefined
  return isRight ? 'right' : 'left'
}

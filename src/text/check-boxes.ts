/**
 * `[x]`, `[ ]`, `(x)`, `( )`, `☒`, `☐` → check boxes with their state. The characters are looked for
 * with native searches first: most notes have none.
 */
import type { CheckBox } from '../model/document.js'

const MAY_HOLD_BOX = ['[', '( )', '(x)', '(X)', '\u2610', '\u2611', '\u2612', '\u2713', '\u2714', '\u25a1']

//                 [x]           ( )           ☑ ☒ ✓  ☐ □
const BOX = /\[( ?)([xX*\u2713]?) ?\]|\(( |x|X)\)|([\u2611\u2612\u2713\u2714])|([\u2610\u25a1])/g

export function findCheckBoxes(text: string): readonly CheckBox[] {
  if (!MAY_HOLD_BOX.some(mark => text.includes(mark))) return NONE
  const boxes: CheckBox[] = []
  for (const found of text.matchAll(BOX)) {
    const ticked = (found[2] ?? '') !== '' || found[3]?.toLowerCase() === 'x' || found[4] !== undefined
    boxes.push({ start: found.index, end: found.index + found[0].length, checked: ticked })
  }
  return boxes
}

const NONE: readonly CheckBox[] = []

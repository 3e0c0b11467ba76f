/**
 * `[x]`, `[ ]`, `(x)`, `( )`, `☒`, `☐` → check boxes with their state, in order. The signs that may begin one
 * are looked for with native searches, and only there the pattern is tried: most notes have none.
 */
import type { CheckBox } from '../model/document.js'

const BEGINNINGS = ['[', '( )', '(x)', '(X)', '\u2610', '\u2611', '\u2612', '\u2713', '\u2714', '\u25a1']

//                 [x]           ( )           ☑ ☒ ✓  ☐ □      [Y] [+]  [N] [-]
const BOX =
  /\[( ?)([xX*\u2713]?) ?\]|\(( |x|X)\)|([\u2611\u2612\u2713\u2714])|([\u2610\u25a1])|\[(?:([Yy+])|[Nn-])\]/y

export function findCheckBoxes(text: string): readonly CheckBox[] {
  let boxes: CheckBox[] | undefined
  for (const beginning of BEGINNINGS) {
    for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
      const box = boxAt(text, at)
      if (box !== undefined) (boxes ??= []).push(box)
    }
  }
  return boxes === undefined ? NONE : withoutInner(boxes.sort((left, right) => left.start - right.start))
}

/** `[✓]` is one box. */
function withoutInner(boxes: readonly CheckBox[]): CheckBox[] {
  let end = 0
  return boxes.filter(box => {
    if (box.start < end) return false
    end = box.end
    return true
  })
}

function boxAt(text: string, start: number): CheckBox | undefined {
  BOX.lastIndex = start
  const found = BOX.exec(text)
  if (found === null) return undefined
  const checked =
    (found[2] ?? '') !== '' ||
    found[3]?.toLowerCase() === 'x' ||
    found[4] !== undefined ||
    found[6] !== undefined
  return { start, end: start + found[0].length, checked }
}

const NONE: readonly CheckBox[] = []

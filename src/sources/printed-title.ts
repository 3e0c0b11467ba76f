/**
 * A title of the index or of a table as it is printed: essential words, with the nonessential
 * modifiers in parentheses, e.g. `Brill<nemod>(-Zinsser) disease (recrudescent typhus)</nemod>`.
 * Comes in: the stretches of mixed text. Goes out: `{ title: 'Brill disease', nonessential:
 * ['-Zinsser', 'recrudescent typhus'] }`. What stands outside the parentheses belongs to the title,
 * whether before, inside or after the `nemod` element.
 */
import type { IndexStep } from '../model/code.js'

export interface TitleStretch {
  readonly text: string
  /** `true` inside a `nemod` element; parentheses elsewhere are part of a name ("bis(chlorophenyl)"). */
  readonly modifiers: boolean
}

/** Takes a printed title apart. Total: a parenthesis that is never closed ends with its stretch. */
export function readPrintedTitle(stretches: readonly TitleStretch[]): IndexStep {
  let title = ''
  const nonessential: string[] = []
  for (const stretch of stretches) {
    if (!stretch.modifiers) {
      title += stretch.text
      continue
    }
    const parts = splitParentheses(stretch.text)
    title += parts.outside
    nonessential.push(...parts.inside)
  }
  return { title: tidy(title), nonessential }
}

function splitParentheses(text: string): { outside: string; inside: string[] } {
  const inside: string[] = []
  let outside = ''
  let group = ''
  let depth = 0
  for (const character of text) {
    if (character === '(') {
      if (depth > 0) group += character
      depth += 1
    } else if (character === ')' && depth > 0) {
      depth -= 1
      if (depth > 0) group += character
      else {
        inside.push(tidy(group))
        group = ''
      }
    } else if (depth > 0) group += character
    else if (character !== ')') outside += character
  }
  if (group.trim() !== '') inside.push(tidy(group))
  return { outside, inside: inside.filter(modifier => modifier !== '') }
}

/** White space, and the punctuation that loses its neighbour when a modifier is taken out. */
function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ([,;])/g, '$1')
    .replace(/--+/g, '-')
    .trim()
}

/**
 * What the note says of cause and effect. A link that the Index makes is presumed "unless the documentation clearly
 * states the conditions are unrelated" (Official Guidelines I.A.15); others must be stated (I.B.16).
 *
 *   polyneuropathy due to vitamin B12 deficiency, not diabetic        another cause of a diabetic's neuropathy
 *   anemia due to gastric cancer                                         the cancer is its stated cause
 */
import type { Document } from '../../model/document.js'
import { sentenceRange } from '../../text/sentence-at.js'
import type { Gathered } from '../gather.js'
import type { Mention } from '../mention.js'

const CAUSE =
  /\b(?:due to|secondary to|caused by|because of|attributed to|as a result of|resulting from|related to|associated with|from|after|following|2\/2|d\/t)\b|\bin (?:the setting of|association with)\b/i
const UNRELATED =
  /\b(?:unrelated|not (?:related|due|attributed|diabetic|hypertensive|caused|from)|non-?diabetic|non-?hypertensive|independent of|(?:cause|etiology) (?:is )?(?:unknown|unclear|undetermined|under investigation|not known)|(?:unknown|unclear|undetermined) (?:cause|etiology))\b/i

/** `presumed`: the cause that a rule takes for granted. */
export function hasOtherCause(document: Document, effect: Gathered, presumed: Gathered): boolean {
  return effect.proposals.some(({ mention }) => {
    const { from, to, whole } = clauseBehind(document, mention)
    if (UNRELATED.test(whole)) return true
    return from >= 0 && !standsIn(document, presumed, from, to)
  })
}

export function isStatedCause(document: Document, cause: Gathered, effect: Gathered): boolean {
  return effect.proposals.some(({ mention }) => {
    const { from, to, whole } = clauseBehind(document, mention)
    return from >= 0 && !UNRELATED.test(whole) && standsIn(document, cause, from, to)
  })
}

export function shareSentence(document: Document, one: Gathered, other: Gathered): boolean {
  return one.proposals.some(({ mention }) => {
    const [first, past] = sentenceRange(document.sentences, mention.firstToken)
    return other.proposals.some(({ mention: { firstToken } }) => firstToken >= first && firstToken < past)
  })
}

/** From the words of a cause behind the mention to the end of its sentence; `from` is -1 where none stand there. */
function clauseBehind(
  { text, tokens, sentences }: Document,
  mention: Mention,
): { readonly from: number; readonly to: number; readonly whole: string } {
  const [first, past] = sentenceRange(sentences, mention.firstToken)
  const to = tokens.end[past - 1] as number
  const behind = tokens.end[mention.endToken - 1] as number
  const cause = CAUSE.exec(text.slice(behind, to))
  return { from: cause === null ? -1 : behind + cause.index, to, whole: text.slice(tokens.start[first], to) }
}

function standsIn({ tokens }: Document, { proposals }: Gathered, from: number, to: number): boolean {
  return proposals.some(({ mention: { firstToken } }) => {
    const at = tokens.start[firstToken] as number
    return at > from && at < to
  })
}

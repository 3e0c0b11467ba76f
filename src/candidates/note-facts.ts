/**
 * What a note says once and what holds for its codes wherever they stand: the weeks of gestation, the hand that
 * leads, how long consciousness was lost. Sources: Official Guidelines I.C.15.a.3 (trimesters), I.C.6.a (dominant
 * side), I.C.19.a
 * (7th character of injuries), Tabular List S06 (6th character).
 *
 *   27w6d · 39 weeks gestation                       second trimester, third trimester
 *   right-handed · RHD · ambidextrous                the hand
 *   LOC for about 10 minutes · denies LOC            the character of S06
 *   seen in follow-up · six weeks after the fall     an injury that heals, unless the note tells of treatment
 */
import type { Span } from '../model/span.js'
import { createSideFinder, type FoundSide } from './exam-sides.js'

export interface Weeks extends Span {
  /** Completed. */
  readonly count: number
}

export interface Hand extends Span {
  readonly side: 'right' | 'left' | 'both'
}

export interface Unconsciousness extends Span {
  /** Sixth character of S06. */
  readonly character: string
}

export interface NoteFacts {
  readonly weeks: () => Weeks | undefined
  readonly hand: () => Hand | undefined
  readonly unconsciousness: () => Unconsciousness | undefined
  /** Words by which the encounter is one of healing, not of treatment. */
  readonly followUp: () => Span | undefined
  /** Side on which the organ of a code is ill. */
  readonly sideOf: (code: string) => FoundSide | undefined
}

/** Each fact is read when a code first asks for it: most notes ask for none. */
export function readNoteFacts(text: string): NoteFacts {
  return {
    weeks: once(() => readWeeks(text)),
    hand: once(() => readHand(text)),
    unconsciousness: once(() => readUnconsciousness(text)),
    followUp: once(() => readFollowUp(text)),
    sideOf: createSideFinder(text),
  }
}

function once<Value>(read: () => Value): () => Value {
  let known: { readonly value: Value } | undefined
  return () => (known ??= { value: read() }).value
}

/** Most notes hold none of these. */
const MAY_HOLD_WEEKS = /\d ?w|\d\/7/i
/** `27w6d`, `27 6/7`. */
const SHORTHAND = /\b(\d{1,2}) ?w ?\d ?d\b|\b(\d{1,2})(?: ?\+ ?| )\d\/7\b/gi
/** `31 weeks and 6 days`: of anything, where the note does not speak of a pregnancy. */
const WEEKS_AND_DAYS =
  /\b(\d{1,2}) ?(?:w|wks?|weeks?)(?:,? (?:and )?| ?)\d ?(?:d|days?)\b(?! (?:ago|post|after|old))/gi
const WEEKS =
  /\b(\d{1,2})[ -]?(?:w|wk|wks|weeks?)\b(?:'? ?(?:gestation|gestational|pregnan|iup|ega|ga\b|of pregnancy|intrauterine|along|by (?:lmp|dates|us|ultrasound)))/gi
const AGE_OF_GESTATION =
  /\b(?:gestational age|gestation|ega|ga|pregnan\w*|iup)\b(?: (?:at|of|is|now|currently|approximately))*:? ?(\d{1,2}) ?(?:w|wk|wks|weeks?)\b/gi
/** `Preterm labor at 32 weeks`, `abruption, 34 weeks`: only in a note that speaks of a pregnancy. */
const WEEKS_OF_PREGNANCY =
  /(?:\bat|,) ?(\d{1,2}) ?(?:w|wks?|weeks?)\b(?! (?:post|after|ago|old|of age|later|of life|from|prior|before|follow|of (?:therapy|treatment|pain|symptoms)))/gi
const OBSTETRIC =
  /pregnan|gestation|trimester|obstet|\bfetal\b|\bfetus\b|pre-?eclampsia|\b(?:preterm|premature) labor|abruption|previa|\bP?PROM\b|\bIUP\b|prenatal|antenatal|\bG\d+ ?P\d/i
const FULL_TERM = 42

function readWeeks(text: string): Weeks | undefined {
  if (!MAY_HOLD_WEEKS.test(text)) return undefined
  return firstWeeks(text, OF_GESTATION) ?? ofPregnancy(text)
}

const OF_GESTATION = [SHORTHAND, WEEKS, AGE_OF_GESTATION]

/** Many notes tell of weeks and few of a pregnancy: what costs most, to look for one, comes last. */
function ofPregnancy(text: string): Weeks | undefined {
  const weeks = firstWeeks(text, [WEEKS_AND_DAYS, WEEKS_OF_PREGNANCY])
  return weeks !== undefined && OBSTETRIC.test(text) ? weeks : undefined
}

function firstWeeks(text: string, patterns: readonly RegExp[]): Weeks | undefined {
  for (const pattern of patterns)
    for (const found of text.matchAll(pattern)) {
      const count = Number(found[1] ?? found[2])
      if (count > 0 && count <= FULL_TERM) return { count, ...spanOf(found) }
    }
  return undefined
}

const MAY_HOLD_HAND = /hand|dominan|ambidex|HD\b/i
const HAND =
  /\b(?:(right|left)[ -](?:handed|hander|hand[ -]dominan\w+|dominant (?:hand|side))|(right|left) hand is (?:his |her |the )?dominant|dominant (?:hand|side)(?: is)?:? (?:the )?(right|left)|ambidextrous|(RHD|LHD)\b)/i

function readHand(text: string): Hand | undefined {
  if (!MAY_HOLD_HAND.test(text)) return undefined
  const found = HAND.exec(text)
  if (found === null) return undefined
  const word = (found[1] ?? found[2] ?? found[3] ?? found[4] ?? '').toLowerCase()
  const side = word.startsWith('r') ? 'right' : word.startsWith('l') ? 'left' : 'both'
  return { side, ...spanOf(found) }
}

const MAY_HOLD_LOSS = /LOC\b|conscious|passed out|blacked out/i
const LOST = String.raw`(?:loss of consciousness|lost consciousness|unconscious(?:ness)?|LOC|passed out|blacked out)`
const LENGTH = String.raw`(a few|several|half an?|an?|one|two|three|\d+(?:\.\d+)?)[ -]?(sec|min|hour|hr)(?:ond|ute)?s?\b`
const UNCONSCIOUS_FOR = new RegExp(
  String.raw`\b${LOST}\b[ :(]*(?:(?:for|of|lasting|lasted|was|about|approximately|approx|around|at least|~|x)\s*)*${LENGTH}`,
  'i',
)
const NOT_UNCONSCIOUS =
  /\b(?:no|without|denie[sd](?: any)?|negative for|never|did not|didn't) (?:loss of consciousness|lose consciousness|lost consciousness|LOC)\b|\bLOC[ :(]*(?:none|no|denied|negative|-\))/i

function readUnconsciousness(text: string): Unconsciousness | undefined {
  if (!MAY_HOLD_LOSS.test(text)) return undefined
  const lasting = UNCONSCIOUS_FOR.exec(text)
  const denied = NOT_UNCONSCIOUS.exec(text)
  if (lasting !== null && (denied === null || lasting.index < denied.index)) {
    const [, count = '', unit = ''] = lasting
    return { character: characterOf(minutesOf(count.toLowerCase(), unit.toLowerCase())), ...spanOf(lasting) }
  }
  return denied === null ? undefined : { character: '0', ...spanOf(denied) }
}

const COUNTS: Readonly<Record<string, number>> = {
  'a few': 3,
  several: 5,
  half: 0.5,
  'half a': 0.5,
  'half an': 0.5,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
}

function minutesOf(count: string, unit: string): number {
  const number = COUNTS[count] ?? Number(count)
  if (unit === 'sec') return number / 60
  return unit === 'min' ? number : number * 60
}

/** 30 minutes or less, up to an hour, up to six hours, up to a day; longer is told apart by the outcome. */
function characterOf(minutes: number): string {
  if (minutes <= 30) return '1'
  if (minutes < 60) return '2'
  if (minutes < 6 * 60) return '3'
  return minutes <= 24 * 60 ? '4' : '9'
}

const MAY_HOLD_FOLLOW_UP = /follow|aftercare|recheck|re-?eval|weeks?|months?|cast|boot|sling|heal/i
const EVENT =
  'injur|accident|fall|fell|fractur|sprain|crash|collision|surger|operation|reduction|fixation|ORIF|repair|closed|open|twist'
const FOLLOW_UP = new RegExp(
  [
    String.raw`\b(?:here|seen|presents?|presenting|returns?|returned|comes?|came|back)(?: today)?(?: in (?:the )?clinic)?,? (?:for|in)(?: (?:a|an|his|her|routine|scheduled|orthopa?edic|fracture|\w+-week))* (?:follow[- ]?up|recheck|re-?evaluation)\b`,
    String.raw`\bfollow[- ]?up (?:visit|appointment|examination|exam|clinic)\b(?! (?:in|with|on|at|scheduled|arranged|to)\b)`,
    String.raw`(?<![,;] )\b(?:fracture|injury|orthopa?edics?|ortho|postoperative|post-op) follow[- ]?up\b(?! (?:in|with|on|at|scheduled|arranged|advised|recommended|needed)\b)`,
    String.raw`\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:weeks?|months?) (?:after|since|out from|status post|s/p|post|following)(?: (?:a|an|the|his|her))?(?: \w+){0,2}? (?:${EVENT})`,
    String.raw`\b(?:cast|splint|sutures?) (?:is |was |are |were )?(?:off|removed) today\b(?!\?)`,
    String.raw`\baftercare (?:for|following|after|of|healing)\b`,
    String.raw`\broutine healing\b`,
    String.raw`\b(?:films?|x-?rays?|radiographs?|imaging|fracture|CT)\b[^.\n]{0,40}\b(healing (?:well|routinely|as expected|nicely))\b`,
  ].join('|'),
  'gid',
)
/** Treatment of today, whoever has seen the injury before (I.C.19.a). */
const TREATMENT =
  /\b(?:initial (?:encounter|visit|treatment|evaluation)|active treatment|new today|new injur\w+|non-?union|malunion|delayed (?:healing|union)|will undergo|scheduled for (?:surgery|ORIF|fixation|repair)|operative (?:note|visit|report))\b|(?:^|\n)[ \w-]{0,20}\b(?:ED|ER|trauma|emergency(?: department| room)?) (?:\w+ )?(?:note|visit|documentation)\b/i

function readFollowUp(text: string): Span | undefined {
  if (!MAY_HOLD_FOLLOW_UP.test(text)) return undefined
  const found = [...text.matchAll(FOLLOW_UP)].find(({ index }) => !isAhead(text, index))
  if (found === undefined || TREATMENT.test(text)) return undefined
  const [start, end] = found.indices?.[1] ?? [found.index, found.index + found[0].length]
  return { start, end }
}

/** Denied, or planned: "no routine healing yet", "recommend follow-up visit". */
function isAhead(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - LEAD), index)
  return /\b(?:no|not|without|recommend\w*|advis\w*|schedul\w*|arrang\w*|need\w*|plan\w*:?|will|should|would)(?: [\w-]+){0,3} *$/i.test(
    before.slice(Math.max(before.lastIndexOf('.'), before.lastIndexOf('\n')) + 1),
  )
}

/** How far back a word is looked for that puts an encounter ahead. */
const LEAD = 40

function spanOf({ index, 0: whole }: RegExpExecArray): Span {
  return { start: index, end: index + whole.length }
}

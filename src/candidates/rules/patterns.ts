/**
 * Code patterns of the rule tables: `I50` and `N18.5` are beginnings, `I50-I52` and `I51.4-I51.7` ranges of them,
 * `T36-T50~5` those whose sixth character is 5.
 */
import { categoryOf, withoutDot } from '../../codes/icd10cm.js'

type CodeTest = (code: string) => boolean

interface Tests {
  /** A bit a letter with which a code that meets one of them begins. */
  readonly letters: number
  /** Made when a code first begins with one of the letters. */
  each: readonly CodeTest[] | undefined
}

const known = new Map<string, CodeTest>()
/** A rule's lists are the same objects from note to note, and most rules are about codes that a note lacks. */
const compiled = new WeakMap<readonly string[], Tests>()

export function matchesAny(patterns: readonly string[], code: string): boolean {
  const tests = testsOf(patterns)
  if ((tests.letters & bitOf(code)) === 0) return false
  tests.each ??= patterns.map(testOf)
  return tests.each.some(test => test(code))
}

function testsOf(patterns: readonly string[]): Tests {
  const seen = compiled.get(patterns)
  if (seen !== undefined) return seen
  const letters = patterns.reduce((all, pattern) => all | lettersOf(pattern), 0)
  const tests = { letters, each: undefined }
  compiled.set(patterns, tests)
  return tests
}

const A = 'A'.charCodeAt(0)

function bitOf(code: string): number {
  return 1 << (code.charCodeAt(0) - A)
}

/** From the letter of its beginning to that of its end. */
function lettersOf(pattern: string): number {
  const [first = '', last = first] = (pattern.split('~')[0] ?? '').split('-')
  let letters = 0
  for (let bit = bitOf(first); bit <= bitOf(last); bit *= 2) letters |= bit
  return letters
}

function testOf(pattern: string): CodeTest {
  const seen = known.get(pattern)
  if (seen !== undefined) return seen
  const test = createTest(pattern)
  known.set(pattern, test)
  return test
}

function createTest(pattern: string): CodeTest {
  const [range = '', sixth] = pattern.split('~')
  const test = createRangeTest(range)
  return sixth === undefined ? test : code => test(code) && code.charAt(SIXTH) === sixth
}

/** Place of the sixth character in a code with its dot. */
const SIXTH = 6

function createRangeTest(range: string): CodeTest {
  const [first = '', last] = range.split('-')
  if (last === undefined) return code => code.startsWith(first)
  return code => {
    const beginning = code.slice(0, first.length)
    return beginning >= first && code.slice(0, last.length) <= last
  }
}

/**
 * `{c}` → the category, `{5}` → the fifth character (the dot not counted), of the code that a rule acts on;
 * `{p5}` → the fifth character of its partner.
 */
export function fillTemplate(template: string, code: string, partner = ''): string {
  if (!isTemplate(template)) return template
  const characters = withoutDot(code)
  return template
    .replaceAll('{c}', categoryOf(code))
    .replace(/\{p(\d)\}/g, (_, at: string) => withoutDot(partner).charAt(Number(at) - 1))
    .replace(/\{(\d)\}/g, (_, at: string) => characters.charAt(Number(at) - 1))
}

export function isTemplate(pattern: string): boolean {
  return pattern.includes('{')
}

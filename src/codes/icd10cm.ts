/**
 * The shape of an ICD-10-CM code: three characters (letter, digit, digit or letter), then up to four
 * more behind a dot. Letters occur in position 2 (`QA0`) and 3 (`C4A`, `Z3A`), so ranges are no test.
 */

const SHAPE = /^[A-Z][0-9A-Z][0-9A-Z](?:[0-9A-Z]{1,4})?$/

/** A code with its dot, or a category, as it is printed in running text: `E11.9`, `I10`, `C7A`, `QA0.0101`. */
export const PRINTED_CODE = String.raw`[A-Z](?:\d[0-9A-Z]|[A-Z]\d)(?:\.[0-9A-Z]{1,4})?`

export function hasCodeShape(code: string): boolean {
  return SHAPE.test(code.toUpperCase().replace('.', ''))
}

/** `S52521A` → `S52.521A`. */
export function withDot(code: string): string {
  return code.length > 3 && !code.includes('.') ? `${code.slice(0, 3)}.${code.slice(3)}` : code
}

export function withoutDot(code: string): string {
  return code.replace('.', '')
}

/** The three-character category. */
export function categoryOf(code: string): string {
  return code.slice(0, 3)
}

/** What may stand above a code without a dot, nearest first, down to the category: `E0837`, `E083`, `E08`. */
export function shorterCodes(plain: string): string[] {
  const shorter: string[] = []
  for (let length = plain.length - 1; length >= 3; length--) shorter.push(plain.slice(0, length))
  return shorter
}

/**
 * Possible parents, nearest first: the code without its last character, placeholder X skipped
 * (`E08.37X1` stands below `E08.37`). The publisher's set decides which of them exist.
 */
export function possibleParents(code: string): string[] {
  return shorterCodes(withoutDot(code)).map(withDot)
}

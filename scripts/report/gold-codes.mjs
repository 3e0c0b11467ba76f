/** Gold notes with codes, of whichever set → one shape: what is wanted, what else is right. */

/**
 * @returns {{id: string, wanted: string[][], right: Set<string>}} `wanted`: each a code and those that are as good;
 * `right`: the stems of every code that is no false hit
 */
export function goldCodes(note) {
  if (note.expect !== undefined) {
    const { codes = [], optional = [] } = note.expect
    return shape(
      note,
      codes.map(code => [code]),
      [...codes, ...optional],
    )
  }
  const negated = new Set(note.codesOnlyNegated ?? [])
  const isPlain = typeof note.codes[0] === 'string'
  const groups = isPlain
    ? note.codes.filter(code => !negated.has(code)).map(code => [code])
    : note.codes.filter(({ required }) => required).map(({ accept }) => accept)
  const right = isPlain ? groups.flat() : note.codes.flatMap(({ accept }) => accept)
  return shape(note, groups, right)
}

function shape({ id }, wanted, right) {
  return { id: String(id), wanted, right: new Set(right.map(stem)) }
}

/** Without dot, 7th character and placeholders, which some sets leave off. */
export function stem(code) {
  const plain = code.toUpperCase().replaceAll('.', '')
  return (plain.length === 7 ? plain.slice(0, 6) : plain).replace(/X+$/, '')
}

export function categoryOf(code) {
  return code.toUpperCase().slice(0, 3)
}

/**
 * UTF-16 units → one byte each: lower case, accents off, typographic signs as their plain ones.
 * One unit in, one byte out, so that an offset in the folded bytes is an offset in the note.
 * Units that mean nothing to a dictionary fold to a blank; letters of other scripts fold to
 * {@link FOREIGN}, a word character that no phrase contains, so that they do not split words.
 */

export const CLASS = { separator: 0, word: 1, symbol: 2 } as const

/** Folded form of a letter outside the Latin and Greek ranges that the dictionaries use. */
export const FOREIGN = 0x1f
/** A combining accent: part of its word, and left out when the word is looked up. */
export const COMBINING = 0x1e
/** Folded form of `☐`, and of `☑ ☒ ✓ ✗ ✘`. */
export const BOX_EMPTY = 0x01
export const BOX_TICKED = 0x02

const BLANK = 0x20

/** Characters that are tokens of their own: `s/p`, `+ fever`, `?PE`, `98%`, `(-)`. */
const SYMBOLS = '/+%&?=<>#~@^$*_\\'

/** Typographic sign → plain sign. Everything else is decided by Unicode's decomposition. */
const SIGNS: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u201b': "'",
  '\u2032': "'",
  '\u00b4': "'",
  '`': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2033': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2015': '-',
  '\u2212': '-',
  '\u00ad': '-',
  '\u2026': '.',
  '\u2022': '\u0003',
  '\u00b7': '\u0003',
  '\u25cf': '\u0003',
  '\u25e6': '\u0003',
  '\u25aa': '\u0003',
  '\u25ab': '\u0003',
  '\u25ba': '\u0003',
  '\u27a2': '\u0003',
  '\u2610': '\u0001',
  '\u25a1': '\u0001',
  '\u2611': '\u0002',
  '\u2612': '\u0002',
  '\u2713': '\u0002',
  '\u2714': '\u0002',
  '\u2717': '\u0002',
  '\u2718': '\u0002',
  '\u2205': '\u0004',
  '\u2296': '\u0004',
  '\u2295': '+',
  '\u00d8': 'o',
  '\u00f8': 'o',
  '\u00df': 's',
  '\u00e6': 'a',
  '\u00c6': 'a',
  '\u0153': 'o',
  '\u0152': 'o',
  '\u0141': 'l',
  '\u0142': 'l',
  '\u0130': 'i',
  '\u0131': 'i',
  '\u00b0': ' ',
  '\u03b1': 'a',
  '\u03b2': 'b',
  '\u03b3': 'g',
  '\u03b4': 'd',
  '\u00b5': 'u',
  '\u03bc': 'u',
  '\u2028': '\n',
  '\u2029': '\n',
  '\u0085': '\n',
  '\u000b': '\n',
  '\u000c': '\n',
  '\u2264': '<',
  '\u2265': '>',
}

/** Bullet signs fold to this byte. */
export const BULLET = 0x03
/** The signs ∅ ("none") and ⊖ ("negative"). */
export const EMPTY_SET = 0x04

/** Class of every folded byte. */
export const BYTE_CLASS: Uint8Array = buildByteClasses()

/** UTF-16 unit → folded byte for the 256 units of Latin-1, which nearly every note consists of. */
export const FOLD_LATIN1: Uint8Array = Uint8Array.from({ length: 256 }, (_, unit) => foldUnit(unit))

let allUnits: Uint8Array | undefined

/** UTF-16 unit → folded byte for all 65,536 units; built when the first note asks, for it costs 5 ms. */
export function foldTable(): Uint8Array {
  allUnits ??= buildFold()
  return allUnits
}

function buildByteClasses(): Uint8Array {
  const classes = new Uint8Array(256)
  for (let byte = 0x30; byte <= 0x39; byte++) classes[byte] = CLASS.word
  for (let byte = 0x61; byte <= 0x7a; byte++) classes[byte] = CLASS.word
  classes[FOREIGN] = CLASS.word
  classes[COMBINING] = CLASS.word
  for (const symbol of SYMBOLS) classes[symbol.charCodeAt(0)] = CLASS.symbol
  classes[EMPTY_SET] = CLASS.symbol
  return classes
}

function buildFold(): Uint8Array {
  const fold = new Uint8Array(65536).fill(BLANK)
  fold.set(FOLD_LATIN1)
  for (let unit = 256; unit < 0x250; unit++) fold[unit] = foldUnit(unit)
  for (const sign of Object.keys(SIGNS)) fold[sign.charCodeAt(0)] = foldUnit(sign.charCodeAt(0))
  fillLetters(fold)
  return fold
}

function foldUnit(unit: number): number {
  const character = String.fromCharCode(unit)
  const plain = SIGNS[character] ?? character.normalize('NFKD').charAt(0)
  const byte = plain.toLowerCase().charCodeAt(0)
  if (byte === 0x0a || byte === 0x0d || byte === 0x09) return byte
  if (SIGNS[character] !== undefined) return byte
  if (byte > 0x20 && byte < 0x7f) return byte
  return /\p{L}/u.test(character) ? FOREIGN : BLANK
}

/**
 * Letter blocks beyond Latin Extended-B. Only ranges are listed, not every letter: the table is built at
 * every start, and a call of Unicode's normalisation for 65,536 units would cost 15 ms.
 */
function fillLetters(fold: Uint8Array): void {
  const foreign: readonly (readonly [number, number])[] = [
    [0x0250, 0x02ff],
    [0x0370, 0x1dff],
    [0x2c00, 0x2dff],
    [0x3040, 0xd7ff],
    [0xf900, 0xfdff],
    [0xfe70, 0xfeff],
  ]
  for (const [first, last] of foreign)
    for (let unit = first; unit <= last; unit++) if (fold[unit] === BLANK) fold[unit] = FOREIGN
  for (let unit = 0x1e00; unit <= 0x1eff; unit++) fold[unit] = foldUnit(unit)
  for (let unit = 0xff01; unit <= 0xff5e; unit++) fold[unit] = fold[unit - 0xfee0] ?? BLANK
  for (let unit = 0x0300; unit <= 0x036f; unit++) fold[unit] = COMBINING
}

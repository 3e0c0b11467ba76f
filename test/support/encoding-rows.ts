/** Every odd kind of text, a row each: for the readers, and for the same notes through batch, queue and stores. */
/** In each text one condition is found, so that there is an offset to be wrong. */
export const FOUND = 'Assessment: gout.'

/** Name and text: taken exactly as it is. */
export const TAKEN: readonly (readonly [string, string])[] = [
  ['one character', 'x'],
  ['a text without white space at its ends', FOUND],
  ['NUL', `a\u0000b ${FOUND}`],
  ['a byte order mark at the start', `\ufeff${FOUND}`],
  ['a byte order mark in the middle', `a\ufeffb ${FOUND}`],
  ['an astral character', `🩺 ${FOUND}`],
  ['a family of emoji with joiners', `👩‍👩‍👧 ${FOUND}`],
  ['line and paragraph separators', `a\u2028b\u2029${FOUND}`],
  ['a right-to-left override', `\u202e${FOUND}\u202c`],
  ['a zero-width joiner and non-joiner', `a\u200db\u200c ${FOUND}`],
  ['a soft hyphen inside a word', `head\u00adache. ${FOUND}`],
  ['10,000 combining marks', `e${'\u0301'.repeat(10_000)} ${FOUND}`],
  ['letters whose lower case is longer', `İ ß ﬁ ŉ ${FOUND}`],
  ['what NFKC makes longer', `㎏ ﷺ ½ ${FOUND}`],
  ['decomposed letters', `fie\u0300vre ${FOUND}`],
  ['composed letters', `fi\u00e8vre ${FOUND}`],
  ['vertical tab and form feed', `a\u000bb\u000c${FOUND}`],
  ['CR alone as line end', `a\rb\r${FOUND}\r`],
  ['CRLF', `a\r\nb\r\n${FOUND}\r\n`],
  ['NEL and control characters of ISO 6429', `a\u0085b\u009b${FOUND}`],
  ['private use and unassigned characters', `\ue000\u{10fffd}\u0378 ${FOUND}`],
  ['non-characters', `\ufffe\uffff ${FOUND}`],
  ['a replacement character that was sent as one', `a\ufffdb ${FOUND}`],
  ['full-width digits and letters', `ＡＢＣ１２３ ${FOUND}`],
  ['Greek, Cyrillic, Arabic, Chinese', `κρίση кашель سعال 咳嗽 ${FOUND}`],
  ['100,000 lines', `${'line\n'.repeat(100_000)}${FOUND}`],
  ['a line of 200,000 words', `${'word '.repeat(200_000)}${FOUND}`],
  ['one word of a million letters', `${'x'.repeat(1_000_000)} ${FOUND}`],
  ['20,000 negations', `${'no '.repeat(20_000)}\n\n${FOUND}`],
  ['4 MB', `${'The patient slept well. '.repeat(175_000)}\n\n${FOUND}`],
]

const utf16 = Buffer.from(FOUND, 'utf16le')
/** Name, bytes of a file, and the code with which it is refused. */
export const REFUSED: readonly (readonly [string, Uint8Array, string])[] = [
  ['no byte at all', Buffer.alloc(0), 'input-empty'],
  ['blanks only', Buffer.from(' \n\t\r\n'), 'input-empty'],
  ['a mark and nothing else', Buffer.from('\ufeff'), 'input-empty'],
  ['UTF-16LE with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'input-encoding'],
  [
    'UTF-16BE with its mark',
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
    'input-encoding',
  ],
  ['Latin-1', Buffer.from('fièvre', 'latin1'), 'input-encoding'],
  ['windows-1252', Buffer.from([0x93, 0x61, 0x94]), 'input-encoding'],
  ['an overlong slash', Buffer.from([0x61, 0xc0, 0xaf]), 'input-encoding'],
  ['a surrogate in UTF-8', Buffer.from([0xed, 0xa0, 0x80]), 'input-encoding'],
  ['a sequence that is cut', Buffer.from([0x61, 0xe2, 0x82]), 'input-encoding'],
  ['a code point above U+10FFFF', Buffer.from([0xf4, 0x90, 0x80, 0x80]), 'input-encoding'],
  ['a text over the limit', Buffer.alloc(32 * 1024 * 1024 + 1, 0x61), 'input-size'],
]

/** JSON can say them, UTF-8 cannot. */
export const LONE_SURROGATES = ['a\ud800b', 'a\udc00b', '\udfff\ud800']

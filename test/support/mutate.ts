/** Bytes → bytes with a few random changes, of the kinds that break parsers. Everything follows from the seed. */

export type Random = (below: number) => number

/** Marsaglia's xorshift of 32 bits. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0 || 1
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** What means something in one of the formats, or hardly anywhere. */
const TOKENS: readonly Uint8Array[] = [
  ...[
    '\r',
    '\n',
    '\r\n',
    '\0',
    '\ufeff',
    '|',
    '^',
    '~',
    '\\',
    '&',
    '\\.br\\',
    '\\X0D\\',
    '\\XZZ\\',
    '\\E\\',
    '""',
  ],
  ...[
    'MSH|^~\\&|',
    'BHS|^~\\&|',
    'BTS|9',
    'FTS|1',
    'OBX|1|TX|a||',
    'OBX|1|ED|a||x^TEXT^PLAIN^Base64^====',
    '\x0b',
    '\x1c\r',
  ],
  ...[
    '<',
    '>',
    '</',
    '/>',
    '<text>',
    '</section>',
    '<table>',
    '<td>',
    '<br/>',
    '<!--',
    ']]>',
    '<![CDATA[',
    '<!DOCTYPE x>',
  ],
  ...[
    '&amp;',
    '&#0;',
    '&#xD800;',
    '&x;',
    '<?xml version="1.0" encoding="UTF-16"?>',
    ' xmlns="urn:x"',
    '<item>'.repeat(60),
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    'null',
    '1e999',
    '\\u0000',
    '\\ud800',
    '{"__proto__":{"a":1}}',
    '"resourceType":"Bundle"',
  ],
  ...[
    '=',
    '+ADw-',
    '\u2028',
    '\ud83e\ude7a',
    'é',
    'a'.repeat(5000),
    '[['.repeat(500),
    '-',
    '20260231',
    '99999999',
  ],
].map(token => Buffer.from(token, 'utf8'))

const MOST_CHANGES = 6

export function mutate(seeds: readonly Uint8Array[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(seeds[random(seeds.length)] as Uint8Array)
  // After one change most documents are still read to their end, after six hardly any.
  const most = random(2) === 0 ? 1 : MOST_CHANGES
  for (let changes = 1 + random(most); changes > 0; changes--) bytes = change(bytes, seeds, random)
  return bytes
}

function change(bytes: Buffer, seeds: readonly Uint8Array[], random: Random): Buffer {
  const at = random(bytes.length + 1)
  const end = Math.min(bytes.length, at + random(64))
  const around = (...middle: readonly Uint8Array[]): Buffer =>
    Buffer.concat([bytes.subarray(0, at), ...middle, bytes.subarray(end)])
  switch (random(8)) {
    case 0:
      return around(Uint8Array.of(random(256)))
    case 1:
      return around()
    case 2:
      return around(bytes.subarray(at, end), bytes.subarray(at, end))
    case 3:
      return around(bytes.subarray(at, end), TOKENS[random(TOKENS.length)] as Uint8Array)
    case 4:
      return bytes.subarray(0, at)
    case 5: {
      const other = seeds[random(seeds.length)] as Uint8Array
      return Buffer.concat([bytes.subarray(0, at), other.subarray(random(other.length + 1))])
    }
    case 6:
      return around(Uint8Array.from({ length: 1 + random(8) }, () => random(256)))
    default: {
      if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << random(8))
      return bytes
    }
  }
}

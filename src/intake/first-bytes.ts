/**
 * What the first bytes of an input say it is, whatever its name. Exports of interface engines often end in
 * `.txt`; an HL7 file begins with the header of a message, a batch or a file, if need be behind a byte order
 * mark or the start byte of MLLP framing.
 */
const HL7_START = /^(?:\u00ef\u00bb\u00bf)?[\s\u000b]*(?:MSH|FHS|BHS)\|/
/** Enough for a mark, some blank lines and a header's first four characters. */
export const LOOK_AT = 256

/** The separator may be another sign than `|`; then the file's ending must say what it is. */
export function beginsLikeHl7(bytes: Uint8Array): boolean {
  return HL7_START.test(Buffer.from(bytes.subarray(0, LOOK_AT)).toString('latin1'))
}

export interface Peeked {
  readonly head: Uint8Array
  /** The whole stream, the head included. */
  readonly stream: AsyncIterable<Uint8Array>
}

/** Reads until the head is long enough to judge by, or the stream ends. */
export async function peek(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  isEnough: (head: Uint8Array) => boolean = head => head.length >= LOOK_AT,
): Promise<Peeked> {
  const iterator = Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]()
  let head: Uint8Array = new Uint8Array(0)
  while (!isEnough(head)) {
    const next = await iterator.next()
    if (next.done === true) break
    head = Buffer.concat([head, next.value])
  }
  return { head, stream: resume(head, iterator) }
}

async function* resume(
  head: Uint8Array,
  iterator: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
  } finally {
    // Who stops early closes the file behind it.
    await iterator.return?.()
  }
}

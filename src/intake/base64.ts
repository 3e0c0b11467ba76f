/** Base64 of a document → its bytes, or null where it is none: the platform's decoder skips what it does not know. */
export function decodeBase64(text: string): Buffer | null {
  const packed = text.replace(/[ \t\r\n]+/g, '')
  if (packed.length % 4 === 1 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return null
  return Buffer.from(packed, 'base64')
}

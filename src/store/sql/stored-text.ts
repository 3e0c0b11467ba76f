/**
 * Texts from outside ↔ what PostgreSQL takes. A JSON string has escapes for NUL and lone surrogates, which a
 * `text` cannot hold, and a quotation mark in front of a byte order mark, which PGlite drops. The SHA-256 of
 * one is a key of constant size.
 */
import { createHash, randomBytes } from 'node:crypto'

export const toStoredText = (value: unknown): string => JSON.stringify(value)

export function fromStoredText<T>(stored: string): T {
  return JSON.parse(stored) as T
}

/** 32 bytes; different values have different keys. */
export function keyOf(...values: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(values)).digest()
}

/** 22 letters, digits, `-` and `_`: 128 random bits but for one. None begins with `-`: a command line takes that for an option. */
export const randomId = (): string => randomBytes(16).toString('base64url').replace(/^-/, '_')

/** Ids come back from outside in URLs and options. One that no store has made is not asked for. */
export const isId = (text: string): boolean => /^[\x21-\x7e]{1,200}$/.test(text)

/**
 * A facility's lane: 31 bits of a hash. Two facilities in one lane (with 1,000 of them: 1 in 4,000) share its
 * turns and notice nothing else.
 */
export const laneOf = (facility: string): number => keyOf(facility).readUInt32BE() >>> 1

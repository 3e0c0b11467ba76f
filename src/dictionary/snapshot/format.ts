/**
 * The file format of a compiled dictionary.
 *
 *   0   8   magic "CHARTDIC"
 *   8   4   format version, little endian
 *   12  4   length of the directory in bytes
 *   16  32  SHA-256 of everything from byte 48 on
 *   48  …   directory (JSON: identity, the table of sections), then the sections, each on a line of the cache
 *
 * A section is one flat array; opening a snapshot is reading the file into shared memory and laying
 * typed views over it. A file of another version, a short one or a damaged one is refused.
 */
export const MAGIC = 'CHARTDIC'
/** Raised with every change of layout or meaning. */
export const FORMAT_VERSION = 5
export const HASH_AT = 16
export const HASH_BYTES = 32
export const BODY_AT = 48
/** A line of the processor's cache. */
const ALIGNMENT = 64

export type SectionType = 'u8' | 'u32' | 'i32'
export type SectionArray = Uint8Array | Uint32Array | Int32Array

export interface SectionEntry {
  readonly type: SectionType
  /** From the start of the sections. */
  readonly at: number
  /** In elements. */
  readonly length: number
}

export function align(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT
}

/** Where the sections begin, behind a directory of this many bytes. */
export function sectionsStart(directoryLength: number): number {
  return align(BODY_AT + directoryLength)
}

export interface Directory {
  readonly meta: unknown
  readonly sections: Readonly<Record<string, SectionEntry>>
}

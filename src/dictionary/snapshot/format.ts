/**
 * The file format of a compiled dictionary.
 *
 *   0   8   magic "CHARTDIC"
 *   8   4   format version, little endian
 *   12  4   length of the directory in bytes
 *   16  32  SHA-256 of everything from byte 48 on
 *   48  …   directory (JSON: identity, the table of sections), then the sections, each 8-byte aligned
 *
 * A section is one flat array; opening a snapshot is reading the file into shared memory and laying
 * typed views over it. A file of another version, a short one or a damaged one is refused.
 */
export const MAGIC = 'CHARTDIC'
/** Raised with every change of layout or meaning. */
export const FORMAT_VERSION = 1
export const HASH_AT = 16
export const HASH_BYTES = 32
export const BODY_AT = 48
export const ALIGNMENT = 8

export type SectionType = 'u8' | 'u32' | 'i32'
export type SectionArray = Uint8Array | Uint32Array | Int32Array

export interface SectionEntry {
  readonly type: SectionType
  /** From the start of the file. */
  readonly at: number
  /** In elements. */
  readonly length: number
}

export interface Directory {
  readonly meta: unknown
  readonly sections: Readonly<Record<string, SectionEntry>>
}

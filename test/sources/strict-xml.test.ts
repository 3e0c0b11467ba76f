/** The XML harness: what it refuses, whatever the schema is. */
import { describe, expect, it } from 'vitest'

import { readXml, type XmlLimits } from '../../src/sources/strict-xml.js'
import { bytesOf, collect } from './invented-files.js'

const names = (text: string | Uint8Array, limits?: XmlLimits) =>
  collect(
    readXml<string>(
      bytesOf(text, 5),
      'file.xml',
      ({ emit }) => ({
        open: name => {
          emit(`<${name}>`)
        },
        text: emit,
        close: name => {
          emit(`</${name}>`)
        },
      }),
      limits,
    ),
  )

const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth)

describe("publishers' XML", () => {
  it('is handed on as tags and text, in order', async () => {
    expect((await names('<a><b>é &amp; x</b></a>')).join('')).toBe('<a><b>é & x</b></a>')
  })

  it('may begin with a byte order mark', async () => {
    expect(await names('\uFEFF<a/>')).toEqual(['<a>', '</a>'])
  })

  it.each<[string, string | Uint8Array, RegExp, XmlLimits?]>([
    ['a DOCTYPE', '<!DOCTYPE a><a/>', /DOCTYPE is not allowed/],
    [
      'a DOCTYPE with entities of its own',
      '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
      /DOCTYPE is not allowed/,
    ],
    ['an entity nobody defined', '<a>&b;</a>', /not well-formed/],
    ['an element that is never closed', '<a><b></b>', /not well-formed/],
    ['a tag that is cut off', '<a><b', /not well-formed/],
    ['tags that cross', '<a><b></a></b>', /not well-formed/],
    ['text after the root element', '<a/>more', /not well-formed/],
    ['an empty file', '', /not well-formed/],
    ['another encoding than UTF-8', '<?xml version="1.0" encoding="latin1"?><a/>', /encoding latin1/],
    ['bytes that are not UTF-8', Buffer.from('<a>caf\xe9 noir</a>', 'latin1'), /not UTF-8/],
    ['a character that is cut off', Buffer.from('<a/>é').subarray(0, 5), /not UTF-8/],
    ['elements that nest too deep', nested(41), /nest deeper than 40/],
    ['elements deeper than the limit given', nested(4), /nest deeper than 3/, { maxDepth: 3 }],
    ['more bytes than the limit given', nested(40), /larger than 100 bytes/, { maxBytes: 100 }],
  ])('is refused with %s', async (_what, text, message, limits) => {
    await expect(names(text, limits)).rejects.toMatchObject({ code: 'release-unreadable' })
    await expect(names(text, limits)).rejects.toThrow(message)
  })

  it('is accepted at the depth limit itself', async () => {
    expect((await names(nested(40))).length).toBe(80)
  })

  it('names the line of what is wrong', async () => {
    await expect(names('<a>\n<b>\n</c></a>')).rejects.toMatchObject({ line: 3 })
  })
})

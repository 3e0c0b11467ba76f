/** Narrative of C-CDA and HTML → the text that a person would type, table by table. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { htmlText } from '../../src/intake/markup/html-text.js'
import { outcomeOf, readInput } from '../support/read-input.js'

const section = (text: string): string =>
  `<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component><section><text>${text}</text></section></component></structuredBody></component></ClinicalDocument>`

describe('a narrative block', () => {
  it.each([
    ['plain words', '  Gout\n   of the  left foot ', 'Gout of the left foot'],
    ['paragraphs', '<paragraph>a</paragraph><paragraph>b</paragraph>', 'a\nb'],
    ['words after a paragraph', '<paragraph>a</paragraph>b', 'a\nb'],
    ['line breaks', 'a<br/>b<br/><br/>c', 'a\nb\n\nc'],
    ['marked words', 'a <content styleCode="Bold">b</content>, c', 'a b, c'],
    ['marked parts of a word', 'SpO<sub>2</sub> 10<sup>9</sup>', 'SpO2 109'],
    ['a list', '<list><item>a</item><item>b</item></list>', '- a\n- b'],
    ['a list with a caption', '<list><caption>Active</caption><item>a</item></list>', 'Active\n- a'],
    [
      'lists in lists',
      '<list><item>a<list><item>b</item></list></item><item>c</item></list>',
      '- a\n  - b\n- c',
    ],
    [
      'paragraphs in items',
      '<list><item><paragraph>a</paragraph><paragraph>b</paragraph></item></list>',
      '- a\nb',
    ],
    ['an empty item', '<list><item/><item>b</item></list>', '- b'],
    [
      'a table with labels',
      '<table><thead><tr><th>Problem</th><th>Status</th></tr></thead><tbody><tr><td>Gout</td><td>Resolved</td></tr></tbody></table>',
      'Problem\tStatus\nGout\tResolved',
    ],
    ['empty cells', '<table><tr><td>a</td><td/><td>c</td></tr><tr><td/><td/></tr></table>', 'a\t\tc'],
    [
      'breaks in cells',
      '<table><tr><td>a<br/>b</td><td><paragraph>c</paragraph></td></tr></table>',
      'a; b\tc',
    ],
    ['a table after words', 'a<table><tr><td>b</td></tr></table>c', 'a\n\nb\nc'],
    [
      'a table in a cell',
      '<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr></table>',
      'a\tb',
    ],
    ['a footnote', 'a<footnote ID="f">b</footnote> c<footnoteRef IDREF="f"/>', 'a (b) c'],
    ['what was struck out', 'a <content revised="delete">not <content>b</content></content>c', 'a c'],
    [
      'a link and a picture',
      '<linkHtml href="x">a</linkHtml><renderMultiMedia referencedObject="m"><caption>b</caption></renderMultiMedia>',
      'a\nb',
    ],
    ['elements of another kind', '<x:y xmlns:x="urn:x">a</x:y>', 'a'],
    ['character references', '&#8211; &lt; &amp; &#x3b1;', '– < & α'],
  ])('%s', async (_, narrative, text) => {
    expect((await readInput('n.xml', section(narrative))).map(outcomeOf)).toEqual([text])
  })

  it.each(['', '  \n ', '<paragraph/>', '<list><item/></list>'])('%j holds nothing', async narrative => {
    expect((await readInput('n.xml', section(narrative))).map(outcomeOf)).toEqual(['input-document'])
  })
})

describe('HTML', () => {
  it.each([
    ['<p>a</p><p>b', 'a\n\nb'],
    ['<DIV>a</DIV>b<BR>c', 'a\nb\nc'],
    ['BP < 90 and a<3 and 5>2', 'BP < 90 and a<3 and 5>2'],
    ['a<!-- <p>no</p> -->b', 'ab'],
    ['<style>p{}</style><script>if(a<b)x()</script>a', 'a'],
    ['<script>never ends', ''],
    ['<!doctype html><html><head><title>t</title></head><body>a', 'a'],
    ['a &nbsp;&eacute;&ndash;&#37;&#x41;&unknown;&amp;lt;', 'a \u00a0é–%A&unknown;&lt;'],
    ['&#0;&#xD800;&#1114112;', '&#0;&#xD800;&#1114112;'],
    ['<ul><li>a<ul><li>b</ul></ul>c</li></ul></td></tr>', '- a\n  - b\nc'],
    ['a<', 'a<'],
    ['a<b', 'a'],
    ['', ''],
  ])('%j is %j', (html, text) => {
    expect(htmlText(html)).toBe(text)
  })

  it('of any kind is read, and never becomes longer than it was', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</td>',
      '<td>',
      '<tr>',
      '</tr>',
      '<li>',
      '</ul>',
      '<br>',
      '<!--',
      '-->',
      '<style>',
      '&lt;',
      '&#65;',
      ' ',
      'a',
      '<',
      '>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
        const html = pieces.join('')
        expect(htmlText(html).length).toBeLessThanOrEqual(html.length + 2)
      }),
    )
  })

  it.each(['<p>', '<', '<style>', '</style', '<!--', '&', '<td>a<br>', '<li>', '<a '])(
    'of 300,000 times %s takes no more than its share of time',
    piece => {
      const started = performance.now()
      htmlText(piece.repeat(300_000))
      expect(performance.now() - started).toBeLessThan(3000)
    },
  )
})

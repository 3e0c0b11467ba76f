/** CSV and TSV as bytes: marks, encodings and delimiters; what a row means stands in `table-rows.test.ts`. */
import { describe, expect, it } from 'vitest'
import { outcomeOf, readInput } from '../support/read-input.js'

describe('a table', () => {
  it.each<readonly [string, string, Uint8Array]>([
    ['in UTF-8', 'n.csv', Buffer.from('id,text\n1,"fièvre, 38"\n')],
    [
      'in UTF-8 with its mark and a quoted header',
      'n.csv',
      Buffer.from('\ufeff"id","text"\r\n1,"fièvre, 38"\r\n'),
    ],
    ['in UTF-16LE with its mark', 'n.csv', Buffer.from('\ufeffid,text\r\n1,"fièvre, 38"\r\n', 'utf16le')],
    ['with tabs', 'n.tsv', Buffer.from('id\ttext\n1\tfièvre, 38\n')],
    ['with tabs in UTF-16LE', 'n.tsv', Buffer.from('\ufeffid\ttext\n1\tfièvre, 38\n', 'utf16le')],
  ])('%s is read', async (_, name, bytes) => {
    expect(await readInput(name, bytes)).toEqual([{ id: '1', text: 'fièvre, 38' }])
    const chunks = Array.from(bytes, byte => Uint8Array.of(byte))
    expect(await readInput(name, chunks)).toEqual([{ id: '1', text: 'fièvre, 38' }])
  })

  it('whose row is not UTF-8 loses that row, with its line, and no letter of another', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id,text\n1,fièvre\n'),
      Buffer.from('2,fièvre\n', 'latin1'),
      Buffer.from('3,\ufffd\n'),
    ])
    expect(await readInput('n.csv', bytes)).toMatchObject([
      { id: '1', text: 'fièvre' },
      { line: 3, error: { code: 'input-encoding' } },
      { id: '3', text: '\ufffd' },
    ])
  })

  it('without ids calls its notes by their content', async () => {
    const [first, second, again] = await readInput('n.csv', 'text\nGout.\nAsthma.\nGout.\n')
    expect([first, second].map(outcomeOf)).toEqual(['Gout.', 'Asthma.'])
    expect(first).toEqual(again)
    expect(first).not.toMatchObject({ id: second?.id })
  })

  it('whose header is in another encoding is refused whole', async () => {
    const bytes = Buffer.from('\ufeffid,text\n', 'utf16le').swap16()
    await expect(readInput('n.csv', bytes)).rejects.toMatchObject({ code: 'input-encoding' })
  })

  it('whose stream breaks passes the error on', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('id,text\n1,a\n')
      await Promise.resolve()
      throw new TypeError('the disk is gone')
    }
    await expect(readInput('n.csv', [], { stream: broken() })).rejects.toThrow('the disk is gone')
  })
})

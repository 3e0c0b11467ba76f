/** CSV exports as hospitals write them → note objects with the line each row begins on. */
import { describe, expect, it } from 'vitest'
import { readTableRows } from '../../src/intake/table-rows.js'

async function rowsOf(csv: string): Promise<unknown[]> {
  const rows: unknown[] = []
  for await (const row of readTableRows([Buffer.from(csv, 'utf8')], { name: 'notes.csv', delimiter: ',' }))
    rows.push(row)
  return rows
}

describe('readTableRows', () => {
  it('knows a column under its usual spellings and leaves out what it does not know', async () => {
    const csv =
      '\ufeffID,Date of Service,Text,Patient-ID,birth_date,AGE,sex,Bed\n1,2026-02-10,"a, ""b""\nc",p,1960-01-02,66,F,12\n'
    expect(await rowsOf(csv)).toEqual([
      {
        line: 2,
        value: {
          id: '1',
          dateOfService: '2026-02-10',
          text: 'a, "b"\nc',
          patient: { id: 'p', birthDate: '1960-01-02', age: 66, sex: 'F' },
        },
      },
    ])
  })

  it('counts lines over texts of several lines', async () => {
    expect(await rowsOf('id,text\na,"x\ny\nz"\nb,q\n')).toMatchObject([{ line: 2 }, { line: 5 }])
  })

  it('takes an empty cell as not known, but an empty text as a text', async () => {
    expect(await rowsOf('id,text,setting,age\na,,,\n')).toEqual([{ line: 2, value: { id: 'a', text: '' } }])
  })

  it('rejects a row with other cells than the header and goes on', async () => {
    expect(await rowsOf('id,text\na\nb,q\n')).toMatchObject([
      { line: 2, error: { code: 'input-line' } },
      { line: 3, value: { id: 'b' } },
    ])
  })

  it('does not let a stray quote spoil the rows behind it', async () => {
    expect(await rowsOf('id,text\na,"said "no", then left"\nb,q\nc,5\'2" tall\n')).toMatchObject([
      { line: 2, error: { code: 'input-line' } },
      { line: 3, value: { id: 'b' } },
      { line: 4, value: { id: 'c', text: '5\'2" tall' } },
    ])
  })

  it('rejects what an unclosed quote swallows', async () => {
    expect(await rowsOf('id,text\na,q\nb,"never closed\nc,q\n')).toMatchObject([
      { line: 2, value: { id: 'a' } },
      { error: { code: 'input-line' } },
    ])
  })

  it('refuses a file whose header lacks the text', async () => {
    await expect(rowsOf('id,note\n1,x\n')).rejects.toThrow(/must name the columns, among them text/)
  })
})

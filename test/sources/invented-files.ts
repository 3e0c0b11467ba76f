/**
 * Small files in the publishers' formats, written for the tests: real codes where a shape matters,
 * wording of our own. Each builder gives text; `bytesOf` makes it a source, in chunks of any size.
 */
import type { ByteSource } from '../../src/sources/byte-source.js'

export interface InventedRow {
  readonly code: string
  readonly billable: boolean
  readonly title: string
}

/** An order file, numbered from 1. */
export function orderFile(rows: readonly InventedRow[]): string {
  return rows.map((row, index) => orderLine(index + 1, row)).join('')
}

export function orderLine(order: number, { code, billable, title }: InventedRow): string {
  const short = title.slice(0, 60).padEnd(60)
  return `${String(order).padStart(5, '0')} ${code.padEnd(7)} ${billable ? 1 : 0} ${short} ${title}\r\n`
}

/** `A00 0 Title` a line: code, flag, title. */
export function rows(text: string): InventedRow[] {
  return text
    .trim()
    .split('\n')
    .map(line => {
      const [, code = '', flag, title = ''] = /^\s*(\S+) ([01]) (.+)$/.exec(line) ?? []
      return { code, billable: flag === '1', title }
    })
}

export function tabularXml(chapters: string, options: { version?: number; comment?: string } = {}): string {
  return `<?xml version="1.0" encoding="utf-8"?>
${options.comment === undefined ? '' : `<!-- ${options.comment} -->`}
<ICD10CM.tabular>
<version>${options.version ?? 2026}</version>
${chapters}
</ICD10CM.tabular>`
}

export function indexXml(letters: string, options: { version?: number; title?: string } = {}): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
<version>${options.version ?? 2026}</version>
<title>${options.title ?? 'ICD-10-CM INDEX TO DISEASES and INJURIES'}</title>
${letters}
</ICD10CM.index>`
}

export function tableXml(heading: 'Substance' | 'Neoplasm', letters: string, version = 2026): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
<version>${version}</version>
<indexHeading><head col="1">${heading}</head></indexHeading>
${letters}
</ICD10CM.index>`
}

/** The text as a source, cut into chunks so that lines, tags and characters fall apart. */
export async function* bytesOf(
  text: string | Uint8Array,
  chunkSize = 7,
): ByteSource & AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let start = 0; start < bytes.length; start += chunkSize) {
    yield bytes.subarray(start, start + chunkSize)
    await Promise.resolve()
  }
}

export async function collect<Row>(source: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = []
  for await (const row of source) all.push(row)
  return all
}

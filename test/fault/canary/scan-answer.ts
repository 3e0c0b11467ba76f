/** Looks for canaries in an answer of the HTTP service: status, each header, body. */
import type { Scanner } from './scan-bytes.js'
import { scanPlace, type PlacedHit } from './scan-files.js'

export interface HttpAnswer {
  readonly url: string
  readonly status: number
  readonly statusText?: string
  readonly headers: Iterable<readonly [name: string, value: string]>
  readonly body: string | Uint8Array
}

export async function readAnswer(response: Response): Promise<HttpAnswer> {
  const { url, status, statusText, headers } = response
  return { url, status, statusText, headers, body: new Uint8Array(await response.arrayBuffer()) }
}

/** The URL too: it stands in the logs of every proxy on the way. */
export function scanAnswer(scanner: Scanner, answer: HttpAnswer): PlacedHit[] {
  const { url, status, statusText = '', headers, body } = answer
  return [
    ...scanPlace(scanner, 'URL', Buffer.from(url)),
    ...scanPlace(scanner, `status ${status}`, Buffer.from(statusText)),
    ...[...headers].flatMap(([name, value]) =>
      scanPlace(scanner, `header ${name}`, Buffer.from(`${name}: ${value}`)),
    ),
    ...scanPlace(scanner, `body of ${status}`, Buffer.from(body)),
  ]
}

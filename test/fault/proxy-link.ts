/**
 * One connection through the proxy: two streams of bytes, each in order, each chunk passed on when its time
 * has come and if the network lets it. What is to become of a chunk is drawn when it arrives.
 */
import type { Socket } from 'node:net'
import type { NetworkConditions } from './proxy.js'
import type { Random } from './random.js'

export interface LinkCounts {
  readonly requestBytes: number
  readonly answerBytes: number
  /** Connections that the proxy itself reset by chance. */
  readonly resets: number
  /** Chunks that went nowhere: answers dropped, requests without an answer. */
  readonly swallowed: number
}

export interface LinkRequest {
  readonly client: Socket
  readonly upstream: Socket
  readonly random: Random
  /** Counted up. */
  readonly totals: Record<keyof LinkCounts, number>
  readonly conditions: () => NetworkConditions
}

export interface Link {
  /** The conditions have changed: what waited may pass. */
  readonly wake: () => void
  readonly reset: () => void
  readonly closed: Promise<void>
}

type Direction = 'request' | 'answer'

/** More than this waiting, and the sender is not read any further, as a full window would have it. */
const WINDOW_BYTES = 256 * 1024

export function openLink(request: LinkRequest): Link {
  const { client, upstream } = request
  const reset = (): void => {
    client.resetAndDestroy()
    upstream.resetAndDestroy()
  }
  const streams = [
    openStream({ ...request, from: client, to: upstream, direction: 'request', reset }),
    openStream({ ...request, from: upstream, to: client, direction: 'answer', reset }),
  ]
  const closed = Promise.all(
    [client, upstream].map(
      socket =>
        new Promise<void>(resolve => {
          // A reset by a peer is what such a link is for.
          socket.on('error', reset)
          socket.on('close', hadError => {
            if (hadError) reset()
            resolve()
          })
        }),
    ),
  ).then(() => {})
  const wake = (): void => {
    for (const stream of streams) stream.wake()
  }
  return { wake, reset, closed }
}

interface StreamRequest extends LinkRequest {
  readonly from: Socket
  readonly to: Socket
  readonly direction: Direction
  readonly reset: () => void
}

/** Null is the end of the stream. */
interface Waiting {
  readonly bytes: Buffer | null
  readonly due: number
}

function openStream(request: StreamRequest): { readonly wake: () => void } {
  const { from, to, direction, totals, conditions } = request
  const queue: Waiting[] = []
  let waitingBytes = 0
  let lastDue = 0
  let isHanging = false
  let [timer, immediate]: [NodeJS.Timeout?, NodeJS.Immediate?] = []

  const halt = (): void => {
    clearTimeout(timer)
    clearImmediate(immediate)
  }
  const wake = (): void => {
    halt()
    const next = queue[0]
    if (next === undefined || conditions().isBlackhole) return
    const wait = next.due - performance.now()
    // A turn of its own for each piece, or the pieces would leave as one; a timer would cost each a millisecond.
    if (wait > 0) timer = setTimeout(pass, wait)
    else immediate = setImmediate(pass)
  }
  const pass = (): void => {
    const next = queue.shift()
    if (next === undefined || to.destroyed) return
    if (next.bytes === null) to.end()
    else {
      waitingBytes -= next.bytes.length
      totals[direction === 'request' ? 'requestBytes' : 'answerBytes'] += next.bytes.length
      to.write(next.bytes)
      if (waitingBytes < WINDOW_BYTES) from.resume()
    }
    wake()
  }
  const enqueue = (pieces: readonly (Buffer | null)[]): void => {
    // Never before what came earlier: a network of TCP delays, it does not reorder.
    lastDue = Math.max(lastDue, performance.now() + drawLatency(conditions(), request.random))
    queue.push(...pieces.map(bytes => ({ bytes, due: lastDue })))
    if (queue.length === pieces.length) wake()
  }
  from.on('data', (bytes: Buffer) => {
    const fate = isHanging ? 'hang' : drawFate(direction, conditions(), request.random)
    if (fate === 'hang') isHanging = true
    if (fate === 'pass') {
      waitingBytes += bytes.length
      if (waitingBytes >= WINDOW_BYTES) from.pause()
      enqueue(cut(bytes, conditions().chunkBytes))
      return
    }
    if (fate === 'hang' || fate === 'drop') totals.swallowed++
    if (fate === 'hang') return
    totals.resets++
    request.reset()
  })
  from.on('end', () => {
    if (isHanging) request.reset()
    else enqueue([null])
  })
  to.on('close', halt)
  return { wake }
}

type Fate = 'pass' | 'reset' | 'drop' | 'hang'

function drawFate(direction: Direction, conditions: NetworkConditions, random: Random): Fate {
  if (conditions.isBlackhole) return 'pass'
  if (random.chance(conditions.resetChance)) return 'reset'
  if (direction === 'answer') return random.chance(conditions.dropReplyChance) ? 'drop' : 'pass'
  return random.chance(conditions.hangChance) ? 'hang' : 'pass'
}

function drawLatency({ latencyMs, jitterMs }: NetworkConditions, random: Random): number {
  if (latencyMs === 0 && jitterMs === 0) return 0
  return Math.max(0, latencyMs + (random.next() * 2 - 1) * jitterMs)
}

function cut(bytes: Buffer, size: number): Buffer[] {
  if (size <= 0) return [bytes]
  const count = Math.ceil(bytes.length / size)
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
}

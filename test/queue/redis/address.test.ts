/** Addresses of Redis: what they mean, and which are refused before anything is sent. */
import { describe, expect, it } from 'vitest'
import { readRedisAddress } from '../../../src/queue/redis/address.js'

const tls = (servername: string): object => ({ servername, minVersion: 'TLSv1.2' })

describe('an address of Redis', () => {
  it.each([
    ['redis://127.0.0.1', { host: '127.0.0.1', port: 6379 }],
    ['redis://localhost:6380/3', { host: 'localhost', port: 6380, db: 3 }],
    ['redis://[::1]:6380', { host: '::1', port: 6380 }],
    ['redis://:p%40ss@127.0.0.1', { host: '127.0.0.1', port: 6379, password: 'p@ss' }],
    [
      'redis://worker:word@127.0.0.2/',
      { host: '127.0.0.2', port: 6379, username: 'worker', password: 'word' },
    ],
    [
      'rediss://:word@queue.example',
      { host: 'queue.example', port: 6379, password: 'word', tls: tls('queue.example') },
    ],
    ['/run/redis.sock', { path: '/run/redis.sock' }],
  ])('%s is read', (url, options) => {
    expect(readRedisAddress(url).options).toEqual(options)
  })

  it.each([
    'redis://queue.example',
    'redis://:word@queue.example',
    'rediss://queue.example',
    'redis://127.example',
  ])('%s is refused: it lacks TLS or a password', url => {
    const refused = expect(() => readRedisAddress(url))
    refused.toThrow(expect.objectContaining({ code: 'queue-refused' }))
    expect(readRedisAddress(url, { allowInsecure: true }).shown).toMatch(/example:6379$/)
  })

  it.each(['queue.example', 'http://127.0.0.1', 'redis://', 'redis://127.0.0.1/name', 'redis://secret word'])(
    '%s is no address, and is not repeated in the message',
    url => {
      const read = (): unknown => readRedisAddress(url)
      expect(read).toThrow(expect.objectContaining({ code: 'usage' }))
      expect(read).not.toThrow('secret')
    },
  )

  it('shows neither user nor password', () => {
    expect(readRedisAddress('redis://worker:word@127.0.0.1:7000').shown).toBe('127.0.0.1:7000')
  })
})

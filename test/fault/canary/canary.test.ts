/** The canaries and what finds them: every form, every place, and six planted leaks of six. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasRedis, startRedis, type RedisServer } from '../../servers/redis.js'
import { canaryNotes } from './notes.js'
import { plantLeaks } from './planted-leaks.js'
import { scanAnswer } from './scan-answer.js'
import { createScanner } from './scan-bytes.js'
import { scanFiles } from './scan-files.js'
import { scanProcess } from './scan-process.js'
import { captureMonitor, scanRedis } from './scan-redis.js'
import { CANARIES, canary } from './strings.js'

const scanner = createScanner()
const directory = (): string => mkdtempSync(path.join(tmpdir(), 'canary-'))
const found = (bytes: Uint8Array | string): string[] => [
  ...new Set(scanner.scan(Buffer.from(bytes)).map(hit => hit.canary)),
]

describe('the canaries', () => {
  it('are 40: two of each of 16 identifiers, and 8 sentences', () => {
    expect(CANARIES).toHaveLength(40)
    expect(new Set(CANARIES.map(({ text }) => text)).size).toBe(40)
    expect(CANARIES.filter(({ id }) => id.startsWith('diagnosis'))).toHaveLength(8)
  })

  it.each(CANARIES)('$id is in exactly one note, and is found there', ({ id, text }) => {
    const notes = canaryNotes().filter(note => note.text.includes(text))
    expect(notes).toHaveLength(1)
    expect(found(notes[0]?.text ?? '')).toContain(id)
  })

  it('are part of no other canary', () => {
    for (const { id, text } of CANARIES) expect(found(text)).toEqual([id])
  })
})

const FORMS: readonly { readonly form: string; readonly write: (text: string) => Uint8Array | string }[] = [
  { form: 'as it is', write: text => `before ${text} after` },
  { form: 'in lower case', write: text => text.toLowerCase() },
  { form: 'in upper case of ASCII', write: text => text.replace(/[a-z]/g, letter => letter.toUpperCase()) },
  { form: 'in JSON', write: text => JSON.stringify({ message: `before ${text}` }) },
  { form: 'in JSON in JSON', write: text => JSON.stringify(JSON.stringify({ message: text })) },
  {
    form: 'in JSON of ASCII',
    write: text =>
      JSON.stringify(text).replace(
        /[\u0080-\uffff]/g,
        unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
  },
  { form: 'in a URL', write: text => `/search?q=${encodeURIComponent(text)}&page=2` },
  { form: 'in a query of a form', write: text => `?${new URLSearchParams({ q: `x ${text} y` }).toString()}` },
  { form: 'in hexadecimal', write: text => `\\x00${Buffer.from(text).toString('hex')}00` },
  { form: 'in UTF-16LE', write: text => Buffer.from(`x${text}y`, 'utf16le') },
  { form: 'in UTF-16BE', write: text => Buffer.from(`x${text}y`, 'utf16le').swap16() },
  ...[0, 1, 2, 3, 4].flatMap(before => [
    {
      form: `in base64 after ${before} bytes`,
      write: (text: string) => Buffer.from(`${'x'.repeat(before)}${text} after`).toString('base64'),
    },
    {
      form: `in base64url after ${before} bytes`,
      write: (text: string) => Buffer.from(`${'x'.repeat(before)}${text} after`).toString('base64url'),
    },
  ]),
]

describe('the scanner', () => {
  it.each(FORMS)('finds every canary $form', ({ write }) => {
    const missed = CANARIES.filter(({ id, text }) => !found(write(text)).includes(id))
    expect(missed.map(({ id }) => id)).toEqual([])
  })

  it('finds the start and the end of a sentence that was cut off', () => {
    const { text } = canary('diagnosis-2')
    expect(found(text.slice(0, 30))).toEqual(['diagnosis-2'])
    expect(found(text.slice(-30))).toEqual(['diagnosis-2'])
  })

  it('finds nothing in notes without canaries, in noise, and in what is compressed', () => {
    const noise = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7919 + (at >> 3)) & 0xff))
    expect(found('Seen for a cough of three days. Type 2 diabetes. MRN 12345. 555-0100')).toEqual([])
    expect(found(noise)).toEqual([])
    // The known limit, and why servers under test run without compression.
    expect(found(gzipSync(canaryNotes()[0]?.text ?? ''))).toEqual([])
  })

  it('looks at everything without those it is told to leave out', () => {
    const others = createScanner(CANARIES.filter(({ id }) => id !== 'h-record-1'))
    const [first] = canaryNotes()
    expect(others.scan(Buffer.from(first?.id ?? ''))).toEqual([])
    expect(scanner.scan(Buffer.from(first?.id ?? ''))).toMatchObject([{ canary: 'h-record-1', at: 0 }])
  })

  it('is quick enough to look at the files of a whole run', () => {
    const line =
      '{"level":30,"time":1700000000000,"code":"store-unavailable","count":3,"msg":"was not reached"}\n'
    const log = Buffer.from(line.repeat(50_000))
    const start = performance.now()
    expect(scanner.scan(log)).toEqual([])
    const megabytes = log.length / 1e6 / ((performance.now() - start) / 1_000)
    // 100 and more on a free machine; the bound only keeps it from becoming quadratic.
    expect(megabytes).toBeGreaterThan(5)
  })
})

describe('files', () => {
  it('are looked at with all below a directory, their names, and across the edges of pieces', () => {
    const root = directory()
    mkdirSync(path.join(root, 'deep', 'deeper'), { recursive: true })
    const { text } = canary('d-phone-1')
    const big = Buffer.alloc(9 * 1024 * 1024, 'x')
    big.write(text, 4 * 1024 * 1024 - 5)
    big.write(text, 8 * 1024 * 1024 - 1)
    writeFileSync(path.join(root, 'deep', 'deeper', 'big.bin'), big)
    writeFileSync(path.join(root, canary('h-record-1').text), 'nothing')
    symlinkSync('/etc', path.join(root, 'link'))
    expect(scanFiles(scanner, [root, path.join(root, 'missing')])).toMatchObject([
      { canary: 'h-record-1', place: `name of ${path.join(root, canary('h-record-1').text)}` },
      { canary: 'd-phone-1', at: 4 * 1024 * 1024 - 5 },
      { canary: 'd-phone-1', at: 8 * 1024 * 1024 - 1 },
    ])
  })
})

describe.runIf(process.platform === 'linux')('a process', () => {
  it('is looked at in its command line and environment', async () => {
    const [inArguments, inEnvironment] = [canary('a-name-1'), canary('h-record-2')]
    const env = { ...process.env, NOTE: inEnvironment.text }
    const script = 'process.stdout.write("ready"); setInterval(() => {}, 1000)'
    const child = spawn(process.execPath, ['-e', script, inArguments.text], { env })
    try {
      await once(child.stdout, 'data')
      expect(scanProcess(scanner, child.pid ?? 0)).toMatchObject([
        { canary: inArguments.id, place: 'cmdline of the process' },
        { canary: inEnvironment.id, place: 'environ of the process' },
      ])
      expect(scanProcess(scanner, process.pid)).toEqual([])
    } finally {
      child.kill('SIGKILL')
    }
  })
})

describe('an answer', () => {
  it('is looked at in its URL, status, headers and body', () => {
    const clean = {
      url: '/notes/7',
      status: 200,
      headers: [['content-type', 'text/plain']],
      body: 'ok',
    } as const
    expect(scanAnswer(scanner, clean)).toEqual([])
    const { text } = canary('a-name-1')
    const leaks = {
      url: `/notes?name=${encodeURIComponent(text)}`,
      headers: [['x-patient', text]] as const,
      statusText: text,
      body: `no such patient: ${text}`,
    }
    for (const [part, leak] of Object.entries(leaks))
      expect(scanAnswer(scanner, { ...clean, [part]: leak })).toMatchObject([{ canary: 'a-name-1' }])
  })
})

describe.skipIf(!hasRedis)('a Redis server', () => {
  let server: RedisServer
  let redis: Redis

  beforeAll(async () => {
    const conf = { rdbcompression: 'no', 'slowlog-log-slower-than': '0', requirepass: 'for this test' }
    server = (await startRedis({ conf }))!
    redis = new Redis(server.url)
  })
  afterAll(async () => {
    redis.disconnect()
    await server.stop()
  })

  const places = async (): Promise<unknown[]> => {
    const { hits, notAnswered } = await scanRedis(scanner, server.url)
    expect(notAnswered).toEqual([])
    return [...new Set(hits.map(hit => `${hit.place}: ${hit.canary}`))].sort()
  }

  it('is clean when nothing leaked, and gives all planted leaks away: 6 of 6', async () => {
    const root = directory()
    expect(await places()).toEqual([])
    const leaks = await plantLeaks(root, server.url)
    expect(leaks).toHaveLength(6)
    const { hits } = await scanRedis(scanner, server.url)
    const all = [...scanFiles(scanner, [root]), ...hits]
    for (const leak of leaks) expect(all).toContainEqual(expect.objectContaining(leak))
  })

  it('is looked at in every type of value and every database', async () => {
    await redis.flushall()
    await redis.slowlog('RESET')
    await redis.config('SET', 'slowlog-log-slower-than', '-1')
    const text = (id: string): string => canary(id).text
    await redis.set('s', text('b-place-1'))
    await redis.rpush('l', 'x', text('b-place-2'))
    await redis.sadd('set', text('c-date-1'))
    await redis.zadd('z', 1, text('c-date-2'))
    await redis.hset('h', text('d-phone-2'), 'x')
    await redis.set(`key:${text('e-fax-1')}`, 'x')
    await redis.xadd('x', '*', 'field', 'x')
    await redis.xgroup('CREATE', 'x', text('e-fax-2'), '0')
    await redis.client('SETNAME', text('j-account-1'))
    await redis.select(5)
    await redis.set('s5', JSON.stringify({ of: text('diagnosis-3') }))
    await redis.select(0)
    expect(await places()).toEqual(
      [
        'CLIENT LIST: j-account-1',
        'hash h: d-phone-2',
        'key of type string: e-fax-1',
        'list l: b-place-2',
        'set set: c-date-1',
        'stream x: e-fax-2',
        `string key:${text('e-fax-1')}: e-fax-1`,
        'string s5: diagnosis-3',
        'string s: b-place-1',
        'zset z: c-date-2',
      ].filter(place => !place.startsWith('string key')),
    )
  })

  it('remembers in its slow log and on its disk what is gone from its keys', async () => {
    await redis.client('SETNAME', 'clean')
    await redis.config('SET', 'slowlog-log-slower-than', '0')
    await redis.set('gone', canary('diagnosis-7').text)
    await redis.del('gone')
    await redis.flushall()
    expect(await places()).toContain('SLOWLOG GET -1: diagnosis-7')
    await redis.slowlog('RESET')
    expect(await places()).toEqual([])
    const { hits } = await scanRedis(scanner, server.url, server.directory)
    expect(new Set(hits.map(hit => hit.canary))).toContain('diagnosis-7')
  })

  it('shows to MONITOR what passes and is not kept', async () => {
    const monitor = await captureMonitor(server.url)
    await redis.publish('channel', canary('o-network-2').text)
    await redis.publish('channel', canary('diagnosis-8').text)
    const bytes = await monitor.stop()
    expect(found(bytes)).toEqual(['o-network-2', 'diagnosis-8'])
  })
})

/** The URL of a database → how it is connected to: encrypted off this machine, answered within limits. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { connectionOptions } from '../../../src/store/postgres/connection-options.js'

const NEAR = 'postgres://user:secret@127.0.0.1:5432/codes'
const FAR = 'postgres://user:secret@db.example.org/codes'

describe('the options of a connection', () => {
  it.each([
    ['this machine', NEAR, false],
    ['this machine by name', 'postgres://localhost/codes', false],
    ['this machine over IPv6', 'postgres://[::1]/codes', false],
    ['a unix socket', 'postgres:///codes?host=/run/postgresql', false],
    ['this machine, TLS asked for', `${NEAR}?sslmode=require`, { rejectUnauthorized: true }],
    ['another machine', FAR, { rejectUnauthorized: true }],
    ['another machine, TLS asked for', `${FAR}?sslmode=require`, { rejectUnauthorized: true }],
    ['another machine, unverified', `${FAR}?sslmode=no-verify`, { rejectUnauthorized: false }],
    [
      'a name that begins like this machine',
      'postgres://localhost.example.org/c',
      { rejectUnauthorized: true },
    ],
  ])('for %s', (_, url, ssl) => {
    const options = connectionOptions({ url })
    expect(options.ssl).toEqual(ssl)
    expect(options.connectionString).not.toContain('sslmode')
  })

  it('refuse plain text to another machine unless it is allowed', () => {
    expect(() => connectionOptions({ url: `${FAR}?sslmode=disable` })).toThrow(
      expect.objectContaining({ code: 'store-refused' }),
    )
    expect(connectionOptions({ url: `${FAR}?sslmode=disable`, allowInsecure: true }).ssl).toBe(false)
    expect(connectionOptions({ url: FAR, allowInsecure: true }).ssl).toBe(false)
  })

  it('read the certificates that the URL names', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'chartcode-certificate-')), 'root.pem')
    writeFileSync(file, 'certificate')
    const options = connectionOptions({ url: `${FAR}?sslmode=verify-full&sslrootcert=${file}` })
    expect(options.ssl).toEqual({ rejectUnauthorized: true, ca: 'certificate' })
    expect(() => connectionOptions({ url: `${FAR}?sslrootcert=/nowhere.pem` })).toThrow(
      expect.objectContaining({ code: 'file-missing' }),
    )
  })

  it.each([
    '',
    'secret',
    'mysql://user:secret@host/x',
    'http://user:secret@host',
    'postgres://user:secret@:x',
  ])('refuse the URL %j without repeating it', url => {
    expect(() => connectionOptions({ url })).toThrow(expect.objectContaining({ code: 'usage' }))
    expect(() => connectionOptions({ url })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') as string }),
    )
  })

  it("bound every wait, and leave the URL's own options in", () => {
    const options = connectionOptions({ url: `${NEAR}?options=-c%20jit%3Doff` })
    expect(options).toMatchObject({
      connectionTimeoutMillis: 2000,
      statement_timeout: 4000,
      query_timeout: 5000,
    })
    expect(options.options).toBe('-c jit=off -c search_path=bullmq,public')
    expect(options.connectionString).not.toContain('options')
  })
})

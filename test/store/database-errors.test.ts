/** What becomes of a database's error: a code that says whether to try again, and nothing of a note. */
import { describe, expect, it } from 'vitest'
import { ChartcodeError } from '../../src/model/errors.js'
import { toStoreError } from '../../src/store/database-errors.js'

const errorOf = (fields: object, message = 'Key (id)=(MRN-4711) already exists'): Error =>
  Object.assign(new Error(message), { detail: 'MRN-4711', where: 'MRN-4711', ...fields })

describe('an error of a database', () => {
  it.each([
    ['a connection refused', errorOf({ code: 'ECONNREFUSED' }), 'store-unavailable'],
    ['a connection reset', errorOf({ code: 'ECONNRESET' }), 'store-unavailable'],
    ['an unknown host', errorOf({ code: 'ENOTFOUND' }), 'store-unavailable'],
    ['a time limit of the client', errorOf({}, 'Query read timeout'), 'store-unavailable'],
    ['a connection that ended', errorOf({}, 'Connection terminated unexpectedly'), 'store-unavailable'],
    ['a server that starts', errorOf({ code: '57P03' }), 'store-unavailable'],
    ['a server that stops', errorOf({ code: '57P01' }), 'store-unavailable'],
    ['a time limit of the server', errorOf({ code: '57014' }), 'store-unavailable'],
    ['too many connections', errorOf({ code: '53300' }), 'store-unavailable'],
    ['a full disk', errorOf({ code: '53100' }), 'store-unavailable'],
    ['a deadlock', errorOf({ code: '40P01' }), 'store-unavailable'],
    ['a wrong password', errorOf({ code: '28P01' }), 'store-refused'],
    ['a missing password', errorOf({}, 'SASL: client password must be a string'), 'store-refused'],
    ['an unknown database', errorOf({ code: '3D000' }), 'store-refused'],
    ['missing rights', errorOf({ code: '42501' }), 'store-refused'],
    ['a certificate that nobody trusts', errorOf({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'store-refused'],
    ['a server without TLS', errorOf({}, 'The server does not support SSL connections'), 'store-refused'],
    ['a row that is there twice', errorOf({ code: '23505' }), 'store-refused'],
    ['something that is no error', 'MRN-4711', 'store-unavailable'],
  ])('of %s', (_, error, code) => {
    const mapped = toStoreError(error)
    expect(mapped.code).toBe(code)
    expect(mapped.message).not.toContain('4711')
    expect(mapped.cause).toBeUndefined()
    expect(JSON.stringify(Object.entries(mapped))).not.toContain('4711')
  })

  it('names what can be looked up', () => {
    expect(toStoreError(errorOf({ code: '23505' })).message).toContain('SQLSTATE 23505')
    expect(toStoreError(errorOf({ code: 'ECONNREFUSED' })).message).toContain('ECONNREFUSED')
  })

  it('leaves an error of this program as it is', () => {
    const error = new ChartcodeError('key-conflict', 'used before')
    expect(toStoreError(error)).toBe(error)
  })
})

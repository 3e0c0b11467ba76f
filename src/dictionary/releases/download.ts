/**
 * Fetches one archive from the publisher's address to a file, and checks size and SHA-256 against the
 * lock file before anybody reads it. What differs is deleted and refused; every message says how to go
 * on without the network, since hospitals' machines often have none.
 */
import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { ChartcodeError } from '../../model/errors.js'
import type { LockedArchive } from './sources-lock.js'

export type Fetch = (address: string, init: { signal: AbortSignal }) => Promise<Response>

export interface DownloadOptions {
  readonly fetch: Fetch
  readonly onProgress?: ((step: string) => void) | undefined
}

/** CDC's largest archive has 21 MB. */
const MAX_DOWNLOAD_BYTES = 256 * 1024 * 1024
/** A quarter of an hour for 21 MB is a line of 24 KB/s. */
const PATIENCE_MS = 15 * 60_000
const PROGRESS_EVERY_BYTES = 4 * 1024 * 1024

/** The file's path in `directory`. Throws `release-unavailable` or `release-mismatch`. */
export async function downloadArchive(
  archive: LockedArchive & { readonly address: string },
  directory: string,
  options: DownloadOptions,
): Promise<string> {
  const { address } = archive
  const path = join(directory, basename(decodeURIComponent(new URL(address).pathname)))
  const response = await request(address, options.fetch)
  try {
    const { bytes, sha256 } = await save(response, address, path, options)
    checkAgainstLock(archive, bytes, sha256)
    return path
  } catch (error) {
    await rm(path, { force: true })
    throw error instanceof ChartcodeError ? error : unavailable(address, error)
  }
}

async function request(address: string, fetch: Fetch): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch (error) {
    throw unavailable(address, error)
  }
  if (!response.ok) throw unavailable(address, new Error(`HTTP ${response.status}`))
  return response
}

async function save(
  response: Response,
  address: string,
  path: string,
  options: DownloadOptions,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  let told = 0
  try {
    options.onProgress?.(`downloading ${address}`)
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > MAX_DOWNLOAD_BYTES) throw tooLarge(address)
      hash.update(chunk)
      await file.write(chunk)
      if (bytes - told < PROGRESS_EVERY_BYTES) continue
      told = bytes
      options.onProgress?.(`${bytes} bytes of ${address}`)
    }
  } finally {
    await file.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}

function checkAgainstLock(archive: LockedArchive, bytes: number, sha256: string): void {
  const goOn =
    'Nothing was installed. If you trust the file, save it and give it with --from and --accept-unverified'
  if (archive.bytes !== undefined && archive.bytes !== bytes) {
    throw new ChartcodeError(
      'release-mismatch',
      `${archive.address}: ${bytes} bytes, the lock file says ${archive.bytes}. ${goOn}`,
    )
  }
  if (archive.sha256 !== undefined && archive.sha256 !== sha256) {
    throw new ChartcodeError(
      'release-mismatch',
      `${archive.address}: SHA-256 ${sha256}, the lock file says ${archive.sha256}. ${goOn}`,
    )
  }
}

function tooLarge(address: string): ChartcodeError {
  return new ChartcodeError(
    'release-mismatch',
    `${address}: more than ${MAX_DOWNLOAD_BYTES} bytes, no archive of a release is as large. Nothing was installed`,
  )
}

function unavailable(address: string, cause: unknown): ChartcodeError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : ''
  const reason = [cause instanceof Error ? cause.message : String(cause), inner].filter(Boolean).join(': ')
  return new ChartcodeError(
    'release-unavailable',
    `${address} does not answer (${reason}). Download it on another machine and give it with --from FILE`,
    { cause },
  )
}

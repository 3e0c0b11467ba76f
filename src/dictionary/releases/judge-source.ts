/**
 * Whether a file may be installed, and as what. Comes in: a source and the lock file. Goes out: a
 * candidate for one part of one year, or a refusal, or "no file of a release", each with its reason.
 * The rule: a file (or its archive) whose SHA-256 the lock file knows is verified. An archive of
 * unknown hash, and a plain file of unknown hash, need `--accept-unverified`. A file that declares
 * itself reconstructed installs as that, unverified, and is shown as that ever after.
 */
import type { ErrorCode } from '../../model/errors.js'
import { fingerprintOf, type Fingerprint } from '../../sources/byte-source.js'
import { HEAD_BYTES, identifySource, type IdentifiedSource, type SourceKind } from '../../sources/identify.js'
import type { SourceFile } from './gather-sources.js'
import { isLockedArchive, lockedMemberByHash, lockedMemberByName, type SourcesLock } from './sources-lock.js'

export interface Candidate {
  readonly verdict: 'candidate'
  readonly file: SourceFile
  readonly fiscalYear: number
  readonly kind: SourceKind
  readonly origin: 'publisher' | 'reconstructed'
  readonly verified: boolean
  readonly fingerprint: Fingerprint
}
export interface Refusal {
  readonly verdict: 'refused'
  readonly file: SourceFile
  readonly code: Extract<ErrorCode, 'release-unverified' | 'release-mismatch' | 'usage'>
  readonly reason: string
}
export interface NoPart {
  readonly verdict: 'ignored'
  readonly file: SourceFile
  readonly reason: string
}

export interface JudgeOptions {
  readonly lock: SourcesLock
  readonly acceptUnverified: boolean
  /** A file of a locked name with another hash is refused whatever the user accepts: the lock file named its address. */
  readonly fromPublisher: boolean
  /** The year of files that do not say theirs. */
  readonly assumeFiscalYear: number | null
}

/** Reads the head of every file, and the whole of those that look like a part of a release. */
export async function judgeSource(
  file: SourceFile,
  options: JudgeOptions,
): Promise<Candidate | Refusal | NoPart> {
  const identified = identifySource(file.baseName, await readHead(file))
  if ('ignored' in identified) return { verdict: 'ignored', file, reason: identified.ignored }
  return judgePart(file, identified, await fingerprintOf(file.open()), options)
}

function judgePart(
  file: SourceFile,
  identified: IdentifiedSource,
  fingerprint: Fingerprint,
  options: JudgeOptions,
): Candidate | Refusal {
  const { lock, acceptUnverified } = options
  const known = lockedMemberByHash(lock, fingerprint.sha256)
  const archiveKnown = file.archive !== null && isLockedArchive(lock, file.archive.sha256)
  const verified = !identified.reconstructed && (known !== null || archiveKnown)
  const fiscalYear = known?.fiscalYear ?? identified.fiscalYear ?? options.assumeFiscalYear
  const refuse = (code: Refusal['code'], reason: string): Refusal => ({
    verdict: 'refused',
    file,
    code,
    reason,
  })

  if (fiscalYear === null) {
    return refuse('usage', 'the file does not say its fiscal year: name it, e.g. install FY2026 --from FILE')
  }
  const misnamed = known === null && lockedMemberByName(lock, file.baseName) !== null
  if (misnamed && (options.fromPublisher || !acceptUnverified) && !identified.reconstructed) {
    return refuse('release-mismatch', mismatchReason(fingerprint))
  }
  if (!identified.reconstructed && !acceptUnverified) {
    if (file.archive !== null && !archiveKnown)
      return refuse('release-unverified', archiveReason(known !== null))
    if (!verified) {
      return refuse(
        'release-unverified',
        'its SHA-256 is not in the lock file: add --accept-unverified to install it',
      )
    }
  }
  const origin = identified.reconstructed ? 'reconstructed' : 'publisher'
  return { verdict: 'candidate', file, fiscalYear, kind: identified.kind, origin, verified, fingerprint }
}

function mismatchReason({ bytes, sha256 }: Fingerprint): string {
  return (
    `${bytes} bytes, SHA-256 ${sha256}: the lock file knows a file of this name with another hash. ` +
    'Get it again from the publisher, or give it with --from and --accept-unverified if you trust this one'
  )
}

function archiveReason(memberKnown: boolean): string {
  const member = memberKnown
    ? ' (the hash of this member is: unpack the archive and give the file itself)'
    : ''
  return `the archive's SHA-256 is not in the lock file${member}: add --accept-unverified to install from it`
}

async function readHead(file: SourceFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of file.open()) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= HEAD_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES)
}

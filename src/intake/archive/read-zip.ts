/**
 * A zip → the raw notes of its members, in the order of its directory, each member read by its own ending
 * and called `archive.zip/member/path`. A member that may not be read, or is damaged, is a reject in its
 * place. Throws `input-archive` where the archive itself is no zip, lies about its sizes or is too large.
 */
import { crc32 } from 'node:zlib'
import * as yauzl from 'yauzl'
import { ChartcodeError } from '../../model/errors.js'
import { hasKnownEnding, kindOfFile, KNOWN_ENDINGS } from '../input-kind.js'
import { MEMBER_LIMIT, UNPACKED_LIMIT } from '../limits.js'
import { rejectOf } from '../note-record.js'
import { openInput } from '../open-input.js'
import type { RawInput } from '../raw-input.js'
import { rejectOfError, type RawNote } from '../raw-note.js'
import { memberName, whyRefused } from './member-name.js'

type ReadRawNotes = (input: RawInput) => AsyncGenerator<RawNote>

export async function* readZip(input: RawInput, read: ReadRawNotes): AsyncGenerator<RawNote> {
  // The directory of a zip is at its end: the stream is read for who hashes it, then the file by its places.
  for await (const _ of input.stream);
  const zip = await openZip(input)
  try {
    yield* readMembers(zip, input, read)
  } finally {
    zip.close()
  }
}

async function openZip({ path, root, id }: RawInput): Promise<yauzl.ZipFile> {
  if (path === undefined) throw refused(id, 'is a zip and no file: give its path')
  const descriptor = openInput(path, root)
  // Names are decoded member by member: one bad name must not refuse the whole archive.
  const options = { autoClose: false, lazyEntries: true, decodeStrings: false }
  const zip = await yauzl.fromFdPromise(descriptor, options).catch((cause: unknown) => {
    throw refused(id, 'is no whole zip file: copy it again', cause)
  })
  if (zip.entryCount <= MEMBER_LIMIT) return zip
  zip.close()
  throw refused(id, `has ${zip.entryCount} members, at most ${MEMBER_LIMIT} are read`)
}

async function* readMembers(
  zip: yauzl.ZipFile,
  input: RawInput,
  read: ReadRawNotes,
): AsyncGenerator<RawNote> {
  let packed = 0
  let unpacked = 0
  let count = 0
  for await (const entry of entriesOf(zip, input.id)) {
    const name = memberName(entry)
    packed += sizeInArchive(entry)
    if (name.endsWith('/') || !hasKnownEnding(name)) continue
    count += 1
    unpacked += entry.uncompressedSize
    if (packed > zip.fileSize) throw refused(input.id, 'has members that lie over each other')
    if (unpacked > UNPACKED_LIMIT) throw refused(input.id, 'unpacks to more than 64 GiB: split it')
    yield* readMember({ zip, entry, name }, input, read)
  }
  if (count === 0)
    throw new ChartcodeError(
      'input-empty',
      `${input.id} holds no file that ends with ${KNOWN_ENDINGS.join(', ')}`,
    )
}

/** Fixed parts of a member's own header and of its line in the directory (APPNOTE.TXT 4.3.7, 4.3.12). */
const HEADER_BYTES = 30 + 46

/** The least that a member takes of the file; together they take no more than there is, or they overlap. */
function sizeInArchive({ compressedSize, fileNameLength }: yauzl.Entry): number {
  return HEADER_BYTES + 2 * fileNameLength + compressedSize
}

interface Member {
  readonly zip: yauzl.ZipFile
  readonly entry: yauzl.Entry
  readonly name: string
}

async function* readMember(member: Member, input: RawInput, read: ReadRawNotes): AsyncGenerator<RawNote> {
  const { entry, name } = member
  const id = `${input.id}/${name}`
  const source = `${input.path}/${name}`
  const why = whyRefused(entry, name)
  if (why !== null) {
    yield { kind: 'reject', source, reject: rejectOf(1, 'input-archive', `a member of ${input.id} ${why}`) }
    return
  }
  const { onControlCount } = input
  try {
    const raws = read({
      kind: kindOfFile(name),
      id,
      stream: unpackMember(member, input.id),
      ...(onControlCount === undefined ? {} : { onControlCount }),
    })
    for await (const raw of raws) yield { ...raw, source }
  } catch (error) {
    yield { kind: 'reject', source, reject: rejectOfError(error, 1, id) }
  }
}

/** yauzl checks that a member inflates to the size it declares; its checksum is checked here. */
async function* unpackMember({ zip, entry }: Member, archive: string): AsyncGenerator<Uint8Array> {
  const damaged = (cause?: unknown): ChartcodeError =>
    refused(archive, 'has a damaged member: copy it again', cause)
  let checksum = 0
  try {
    const stream = await zip.openReadStreamPromise(entry)
    for await (const bytes of stream as AsyncIterable<Uint8Array>) {
      checksum = crc32(bytes, checksum)
      yield bytes
    }
  } catch (cause) {
    throw damaged(cause)
  }
  if (checksum !== entry.crc32) throw damaged()
}

async function* entriesOf(zip: yauzl.ZipFile, archive: string): AsyncGenerator<yauzl.Entry> {
  try {
    yield* zip.eachEntry()
  } catch (cause) {
    throw refused(archive, 'has a damaged directory: copy it again', cause)
  }
}

function refused(archive: string, what: string, cause?: unknown): ChartcodeError {
  return new ChartcodeError('input-archive', `${archive} ${what}`, { cause })
}

/**
 * Writes ZIP archives for the tests, also those no honest tool writes: names that leave the archive,
 * symbolic links, sizes that lie. Layout: APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12, 4.3.16.
 */
import { crc32, deflateRawSync } from 'node:zlib'

export interface InventedMember {
  readonly name: string
  readonly content: string | Uint8Array
  readonly symbolicLink?: boolean
  readonly encrypted?: boolean
  /** What the directory claims the size is. */
  readonly claimedBytes?: number
  readonly claimedChecksum?: number
}

const DEFLATED = 8
const MADE_BY_UNIX = 0x0314
const PLAIN_FILE = 0o100644
const SYMBOLIC_LINK = 0o120777

export function zipOf(members: readonly InventedMember[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const content = Buffer.from(member.content)
    const packed = deflateRawSync(content)
    const fields = {
      member,
      packed,
      checksum: member.claimedChecksum ?? crc32(content),
      bytes: member.claimedBytes ?? content.length,
    }
    const local = Buffer.concat([localHeader(fields), Buffer.from(member.name), packed])
    directory.push(Buffer.concat([directoryHeader(fields, offset), Buffer.from(member.name)]))
    bodies.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  return Buffer.concat([...bodies, central, endRecord(members.length, central.length, offset)])
}

interface Fields {
  readonly member: InventedMember
  readonly packed: Buffer
  readonly checksum: number
  readonly bytes: number
}

function localHeader({ member, packed, checksum, bytes }: Fields): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(member.encrypted === true ? 1 : 0, 6)
  header.writeUInt16LE(DEFLATED, 8)
  header.writeUInt32LE(checksum, 14)
  header.writeUInt32LE(packed.length, 18)
  header.writeUInt32LE(bytes, 22)
  header.writeUInt16LE(Buffer.byteLength(member.name), 26)
  return header
}

function directoryHeader({ member, packed, checksum, bytes }: Fields, offset: number): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(MADE_BY_UNIX, 4)
  header.writeUInt16LE(20, 6)
  header.writeUInt16LE(member.encrypted === true ? 1 : 0, 8)
  header.writeUInt16LE(DEFLATED, 10)
  header.writeUInt32LE(checksum, 16)
  header.writeUInt32LE(packed.length, 20)
  header.writeUInt32LE(bytes, 24)
  header.writeUInt16LE(Buffer.byteLength(member.name), 28)
  header.writeUInt32LE(((member.symbolicLink === true ? SYMBOLIC_LINK : PLAIN_FILE) << 16) >>> 0, 38)
  header.writeUInt32LE(offset, 42)
  return header
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22)
  record.writeUInt32LE(0x06054b50, 0)
  record.writeUInt16LE(count, 8)
  record.writeUInt16LE(count, 10)
  record.writeUInt32LE(size, 12)
  record.writeUInt32LE(offset, 16)
  return record
}

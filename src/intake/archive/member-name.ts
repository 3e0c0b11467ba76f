/**
 * Whether a member of a zip may be read, by what the archive says of it. Nothing is ever unpacked to the
 * disk, so a hostile name could only mislead who reads the results; it is refused all the same, as one
 * error line, for an archive that holds one is not the export it claims to be.
 */
import * as yauzl from 'yauzl'
import { isArchive } from '../input-kind.js'
import { RATIO_LIMIT, RATIO_MATTERS_FROM } from '../limits.js'

const UNIX_FILE_TYPE = 0o170000
const UNIX_REGULAR_FILE = 0o100000

/** The name in the archive, as its flags say it is written. */
export function memberName(entry: yauzl.Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry
  return yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true)
}

/** In words, or null where the member may be read. */
export function whyRefused(entry: yauzl.Entry, name: string): string | null {
  const { uncompressedSize, compressedSize } = entry
  if (name.includes('\0') || yauzl.validateFileName(name) !== null)
    return 'has a name that leads out of the archive'
  if (!isRegularFile(entry)) return 'is no regular file'
  if (entry.isEncrypted()) return 'is encrypted'
  if (isArchive(name)) return 'is an archive in an archive'
  if (!entry.canDecodeFileData()) return 'is compressed in a way that is not known'
  if (uncompressedSize > RATIO_MATTERS_FROM && uncompressedSize > compressedSize * RATIO_LIMIT)
    return `unpacks to more than ${RATIO_LIMIT} times its size: no text does`
  return null
}

/** Programs that are not of Unix leave the upper half empty. */
function isRegularFile({ externalFileAttributes }: yauzl.Entry): boolean {
  const type = (externalFileAttributes >>> 16) & UNIX_FILE_TYPE
  return type === 0 || type === UNIX_REGULAR_FILE
}

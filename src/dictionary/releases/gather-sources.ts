/**
 * The files behind the paths a user names: a file is itself, a directory is every file below it, a
 * ZIP is its members, read in place. Comes in: paths. Goes out: named, readable sources in a fixed
 * order, and what was passed over with the reason. Symbolic links inside directories are not followed.
 */
import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { ChartcodeError } from '../../model/errors.js'
import { openArchive } from '../../sources/archive.js'
import { fingerprintOf, type ByteSource, type Fingerprint } from '../../sources/byte-source.js'

export interface SourceFile {
  /** What messages and the release record call it: the path, or `archive.zip!member`. */
  readonly name: string
  /** The file name without directories. */
  readonly baseName: string
  readonly archive: (Fingerprint & { readonly baseName: string }) | null
  readonly open: () => ByteSource
}

export interface PassedOver {
  readonly name: string
  readonly reason: string
}

export interface GatheredSources {
  readonly files: readonly SourceFile[]
  readonly passedOver: readonly PassedOver[]
  /** Closes the archives; the sources cannot be read after it. */
  readonly close: () => void
}

/** A directory with more files than this is not a publisher's release but somebody's home. */
const MAX_FILES = 10_000
const ZIP_NAME = /\.zip$/i
const ZIP_MAGIC = 'PK'

/** Throws `file-missing` for a path that does not exist and `release-unreadable` for a bad ZIP. */
export async function gatherSources(paths: readonly string[]): Promise<GatheredSources> {
  const gathering = new Gathering()
  try {
    for (const path of paths) await gathering.addNamed(path)
  } catch (error) {
    gathering.close()
    throw error
  }
  return gathering
}

/** Collects sources and guards the archives it opened. */
class Gathering implements GatheredSources {
  readonly files: SourceFile[] = []
  readonly passedOver: PassedOver[] = []
  private readonly openArchives: { close: () => void }[] = []

  async addNamed(path: string): Promise<void> {
    const found = await stat(path).catch((error: unknown) => {
      throw unreadable(path, error)
    })
    if (found.isDirectory()) await this.addDirectory(path)
    else if (!found.isFile())
      throw new ChartcodeError('file-missing', `${path} is neither a file nor a directory`)
    else if (await startsLikeZip(path)) await this.addArchive(path)
    else this.addFile(path)
  }

  close(): void {
    for (const archive of this.openArchives.splice(0)) archive.close()
  }

  private async addDirectory(directory: string): Promise<void> {
    const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
      throw unreadable(directory, error)
    })
    entries.sort((left, right) => (left.name < right.name ? -1 : 1))
    for (const entry of entries) {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) await this.addDirectory(path)
      else if (!entry.isFile()) this.passedOver.push({ name: path, reason: 'not a plain file' })
      else if (ZIP_NAME.test(entry.name)) await this.addFoundArchive(path)
      else this.addFile(path)
    }
  }

  /** A ZIP that only lies in a directory does not stop the rest if it cannot be read. */
  private async addFoundArchive(path: string): Promise<void> {
    try {
      await this.addArchive(path)
    } catch (error) {
      if (!(error instanceof ChartcodeError)) throw error
      this.passedOver.push({ name: path, reason: error.message })
    }
  }

  private async addArchive(path: string): Promise<void> {
    const fingerprint = await fingerprintOf(readFile(path))
    const archive = await openArchive(path, path)
    this.openArchives.push(archive)
    for (const member of archive.members) {
      this.push({
        name: `${path}!${member.name}`,
        baseName: basename(member.name),
        archive: { ...fingerprint, baseName: basename(path) },
        open: member.open,
      })
    }
  }

  private addFile(path: string): void {
    this.push({
      name: path,
      baseName: basename(path),
      archive: null,
      open: () => readFile(path),
    })
  }

  private push(file: SourceFile): void {
    if (this.files.length >= MAX_FILES) {
      throw new ChartcodeError(
        'usage',
        `more than ${MAX_FILES} files: name the directory of the release itself`,
      )
    }
    this.files.push(file)
  }
}

async function* readFile(path: string): ByteSource & AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) yield chunk as Uint8Array
  } catch (error) {
    throw unreadable(path, error)
  }
}

function unreadable(path: string, cause: unknown): ChartcodeError {
  return new ChartcodeError('file-missing', `${path} does not exist or cannot be read`, { cause })
}

async function startsLikeZip(path: string): Promise<boolean> {
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return buffer.toString('latin1', 0, bytesRead) === ZIP_MAGIC
  } finally {
    await file.close()
  }
}

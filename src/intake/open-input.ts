/**
 * Opens an input for reading: regular files only, so that no pipe and no device can hold up a run or fill
 * the memory. Below a directory that was named, no link is followed: the export's own folder decides what
 * is read, not who can write a link into it. Throws `file-missing` with the reason in words.
 */
import { closeSync, constants, fstatSync, openSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { ChartcodeError } from '../model/errors.js'

/** `root`: the directory below which the file was found. A named file may be a link. */
export function openInput(file: string, root?: string): number {
  const descriptor = openAsIs(file, root !== undefined)
  try {
    const status = fstatSync(descriptor)
    if (status.isDirectory())
      throw new ChartcodeError(
        'usage',
        `${file} is a directory: \`chartcode batch ${file} --out DIR\` reads directories`,
      )
    if (!status.isFile()) throw irregular(file)
    if (root !== undefined && !isBelow(file, root)) throw irregular(file)
    return descriptor
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/** Without O_NONBLOCK, opening a pipe waits for its writer. */
function openAsIs(file: string, isFound: boolean): number {
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | (isFound ? constants.O_NOFOLLOW : 0))
  } catch (cause) {
    throw missing(file, cause)
  }
}

/** A folder on the way may have become a link since the directory was searched. */
function isBelow(file: string, root: string): boolean {
  return realpathSync(file).startsWith(realpathSync(root) + path.sep)
}

export function irregular(file: string): ChartcodeError {
  return new ChartcodeError(
    'file-missing',
    `${file} is no regular file: links below a directory, pipes and devices are not read; name the file itself, or pipe it into \`chartcode detect -\``,
  )
}

export function missing(file: string, cause: unknown): ChartcodeError {
  const code = (cause as NodeJS.ErrnoException).code
  if (code === 'ELOOP') return irregular(file)
  const why =
    code === 'ENOENT'
      ? 'there is no such file'
      : code === 'EACCES'
        ? 'it may not be read'
        : `it cannot be read (${code})`
  return new ChartcodeError('file-missing', `${file}: ${why}; check the path`, { cause })
}

/** Looks for canaries in what every user of a machine may see of a process: command line, environment, title. */
import { readFileSync } from 'node:fs'
import type { Scanner } from './scan-bytes.js'
import { scanPlace, type PlacedHit } from './scan-files.js'

const FILES = ['cmdline', 'environ', 'comm'] as const

/** Linux only. A process that is gone shows nothing: look while it works. */
export function scanProcess(scanner: Scanner, pid: number): PlacedHit[] {
  return FILES.flatMap(file => scanPlace(scanner, `${file} of the process`, read(`/proc/${pid}/${file}`)))
}

function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}

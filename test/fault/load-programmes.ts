/**
 * The registry: every file of `programmes/` exports one `programme`, and its name begins with the
 * programme's id (`r3-redis-loses-everything.ts`). A new programme is a new file and nothing else.
 */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Programme } from './programme.js'

const FILE_NAME = /^([a-z]+)(\d+)-[a-z0-9-]+\.ts$/

export async function loadProgrammes(directory: string): Promise<readonly Programme[]> {
  const names = readdirSync(directory).filter(name => FILE_NAME.test(name))
  const programmes = await Promise.all(names.map(name => loadProgramme(directory, name)))
  return programmes.sort((one, other) => order(one.id, other.id))
}

async function loadProgramme(directory: string, name: string): Promise<Programme> {
  const url = pathToFileURL(path.join(directory, name)).href
  const { programme } = (await import(url)) as { readonly programme?: Programme }
  const id = name.slice(0, name.indexOf('-')).toUpperCase()
  if (programme?.id !== id) throw new TypeError(`${name} does not export a programme with the id ${id}`)
  return programme
}

/** R3 before R12. */
function order(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

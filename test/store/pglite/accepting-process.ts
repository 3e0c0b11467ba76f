/**
 * A process that holds an embedded database and accepts notes one after the other, until it is killed.
 * Every id is appended to a file when it was acknowledged, in one write. Arguments: directory, script of the
 * thread, file of ids, prefix of the notes' own ids.
 */
import { appendFileSync } from 'node:fs'
import { openStore } from '../../../src/store/open-store.js'
import { acceptOne, noteOf } from '../store-under-test.js'

const [directory = '', threadFile = '', file = '', prefix = ''] = process.argv.slice(2)
const { store } = await openStore({ directory, threadFile })
process.stdout.write('open\n')
for (let i = 0; ; i++) {
  const { noteId } = await acceptOne(store, noteOf(`${prefix}-${i}`))
  appendFileSync(file, `${noteId}\n`)
}

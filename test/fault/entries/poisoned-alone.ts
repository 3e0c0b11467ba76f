/** The process in which a suspect is coded alone, with the thread that detonates. Ends with its parent. */
import path from 'node:path'
import { serveAlone } from '../../../src/app/work/serve-alone.js'

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
serveAlone(process, path.join(import.meta.dirname, 'poisoned-thread.js'))

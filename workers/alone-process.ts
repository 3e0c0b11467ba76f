/** Entry of the process in which a note is coded alone after its worker died; ends with its parent. */
import { serveAlone } from '../src/app/work/serve-alone.js'

// The parent is gone: nobody reads the answer.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
serveAlone(process)

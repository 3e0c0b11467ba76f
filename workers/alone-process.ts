/** Entry of the process in which a note is coded alone after its worker died; ends with its parent. */
import { serveAlone } from '../src/app/work/serve-alone.js'

process.on('disconnect', () => process.exit())
serveAlone(process as unknown as Parameters<typeof serveAlone>[0])

/** Note → result, with the run's options and defaults. Apart from the command, for it brings the whole engine. */
import { createEngines, type EngineSource } from '../../app/engines.js'
import { ENGINE_VERSION } from '../../app/version.js'
import type { Note } from '../../model/note.js'
import type { NoteResult } from '../../model/result.js'
import { detect } from '../../pipeline/detect.js'
import type { DetectRequest } from './request.js'

export function createDetector(
  source: EngineSource,
  { options, defaults }: DetectRequest,
): (note: Note) => Promise<NoteResult> {
  const engines = createEngines(source)
  return async note => {
    // The note's own setting and date go before those of the run.
    const complete = { ...defaults, ...note }
    return detect(complete, await engines.forDate(complete.dateOfService ?? null), options, ENGINE_VERSION)
  }
}

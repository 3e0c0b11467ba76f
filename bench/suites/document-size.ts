/** The same text as notes of a few kilobytes and as one document of eight megabytes: no step grows faster than the text. */
import { assertAllMatches, openEngine } from '../own-engine.js'
import { charactersOf, mustEqual, readNotes, runSuite } from '../suite.js'
import { timeInTurns } from '../timing.js'

const CHARACTERS = 8_000_000
const QUICK_CHARACTERS = 2_000_000

runSuite(config => {
  const corpus = readNotes(config)
  const wanted = config.quick ? QUICK_CHARACTERS : CHARACTERS
  const notes: string[] = []
  for (let size = 0, i = 0; size < wanted; i++) {
    const note = corpus[i % corpus.length] as string
    notes.push(note)
    size += note.length
  }
  // A rule between the notes keeps the last sentence of one and the first heading of the next apart.
  const large = notes.join('\n\n')
  const engine = openEngine(config.snapshot)
  const small = notes.reduce((sum, note) => sum + assertAllMatches(engine, note), 0)
  mustEqual('matches in one document', assertAllMatches(engine, large), small)
  const contestants = [
    { name: 'notes', pass: () => notes.reduce((sum, note) => sum + assertAllMatches(engine, note), 0) },
    { name: 'one document', pass: () => assertAllMatches(engine, large) },
  ]
  return {
    groups: { size: timeInTurns(contestants, config.rounds) },
    figures: { characters: charactersOf(notes), matches: small },
  }
})

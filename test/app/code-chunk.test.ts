/** A note on which the engine fails: tried twice, put aside, and its neighbours are coded. */
import { describe, expect, it } from 'vitest'
import { assembleChunk } from '../../src/app/coding/assemble-chunk.js'
import { codeChunk } from '../../src/app/coding/code-chunk.js'
import type { Engines } from '../../src/app/engines.js'
import { createExporter } from '../../src/export/create-exporter.js'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'
import { lexiconEngine } from '../support/lexicon-engine.js'

const TEXTS = ['Assessment: gout.', 'Fails. Assessment: asthma.', 'Assessment: migraine.']

async function codeFailing(failures: number) {
  const { engine } = await lexiconEngine()
  let tries = 0
  const failing = {
    ...engine,
    code: (...args: Parameters<typeof engine.code>) => {
      if (args[0].startsWith('Fails') && ++tries <= failures) throw new TypeError(args[0])
      return engine.code(...args)
    },
  }
  const engines: Engines = { forDate: async () => ({ engine: failing, substituted: false, wanted: null }) }
  const notes = TEXTS.map((text, i) => ({
    source: 'notes.ndjson',
    raw: { kind: 'json' as const, line: i + 1, bytes: Buffer.from(JSON.stringify({ id: `n${i}`, text })) },
  }))
  const exporter = createExporter('ndjson', { colour: false, explain: false })
  const outcome = await codeChunk(assembleChunk(0, notes), {
    engines,
    exporter,
    task: { options: DEFAULT_OPTIONS },
  })
  const lines = Buffer.from(outcome.results).toString('utf8').split('\n').slice(0, -1)
  const ids = lines.map(line => (JSON.parse(line) as { id: string }).id)
  return { ...outcome, ids, errorText: Buffer.from(outcome.errors).toString('utf8') }
}

describe('a note on which the engine fails', () => {
  it('is tried twice and put aside, without its words', async () => {
    const { ids, quarantined, errorText, failures } = await codeFailing(2)
    expect(ids).toEqual(['n0', 'n2'])
    expect(quarantined).toEqual([{ unit: 1, reason: 'worker-failed', attempts: 2 }])
    expect(failures).toEqual({ 'worker-failed': 1 })
    expect(errorText).toContain('(TypeError), twice')
    expect(errorText).not.toContain('asthma')
  })

  it('is coded where it fails once', async () => {
    const { ids, quarantined } = await codeFailing(1)
    expect(ids).toEqual(['n0', 'n1', 'n2'])
    expect(quarantined).toEqual([])
  })
})

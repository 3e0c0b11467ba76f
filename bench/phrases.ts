/**
 * Phrases for the match suite, in any number: wordings of the lexicon, titles and Index entries of the newest
 * installed release, shuffled by a fixed seed; what is wanting is put together from their words. The same
 * dictionary and release give the same phrases.
 */
import { findDictionaries } from '../src/app/dictionaries.js'
import { DICTIONARIES } from '../src/app/package-root.js'
import { readLexicon } from '../src/dictionary/lexicon/rows.js'
import { openRelease } from '../src/dictionary/releases/release-store.js'
import { wordsOf } from '../src/text/words.js'

const LONGEST = 12
const SEED = 20_261_001

export async function makePhrases(count: number): Promise<string[]> {
  const phrases = new Set<string>()
  const add = (wording: string): void => {
    const words = wordsOf(wording).filter(word => /^[a-z0-9]+$/.test(word))
    if (words.length > 0 && words.length <= LONGEST) phrases.add(words.join(' '))
  }
  for (const row of readLexicon(DICTIONARIES)) for (const wording of row.phrases) add(wording)
  for await (const wording of releaseWordings()) add(wording)
  const random = createRandom(SEED)
  const pool = shuffle([...phrases].sort(), random)
  const words = [...new Set(pool.flatMap(phrase => phrase.split(' ')))]
  const known = new Set(pool)
  while (pool.length < count) {
    const made = Array.from({ length: 2 + random(4) }, () => words[random(words.length)] as string).join(' ')
    if (known.has(made)) continue
    known.add(made)
    pool.push(made)
  }
  return pool.slice(0, count)
}

async function* releaseWordings(): AsyncIterable<string> {
  const { years, dataDirectory } = await findDictionaries()
  const newest = years.findLast(({ isInstalled }) => isInstalled)
  if (newest === undefined) return
  const release = await openRelease(dataDirectory, newest.fiscalYear)
  for await (const row of release.read('order')) yield row.longTitle
  for await (const row of release.read('index')) yield row.path.map(step => step.title).join(' ')
}

/** Numbers below a limit, from a fixed seed (a linear congruential generator of Numerical Recipes). */
function createRandom(seed: number): (limit: number) => number {
  let state = seed >>> 0
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

function shuffle<Item>(items: Item[], random: (limit: number) => number): Item[] {
  for (let i = items.length - 1; i > 0; i--) {
    const other = random(i + 1)
    const item = items[i] as Item
    items[i] = items[other] as Item
    items[other] = item
  }
  return items
}

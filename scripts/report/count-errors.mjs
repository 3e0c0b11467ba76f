/** Gold and results of one set → what was right, missed and false, by chapter and section, and why. No note text. */
import { categoryOf, goldCodes, stem } from './gold-codes.mjs'

/**
 * @param {object[]} notes gold
 * @param {object[]} results of `detect --explain`
 * @param {(code: string) => string} chapterOf
 */
export function countErrors(notes, results, chapterOf) {
  const byId = new Map(results.map(result => [String(result.id), result]))
  const counted = {
    perNote: [],
    chapters: new Map(),
    sections: new Map(),
    misses: [],
    falseHits: [],
    scored: [],
  }
  for (const note of notes) countNote(goldCodes(note), byId.get(String(note.id)), chapterOf, counted)
  return counted
}

function countNote(gold, result, chapterOf, counted) {
  const candidates = (result?.candidates ?? []).filter(({ system }) => system === 'icd10cm')
  const said = new Set(candidates.map(({ code }) => stem(code)))
  const found = gold.wanted.filter(accept => accept.some(code => said.has(stem(code))))
  const hits = candidates.filter(({ code }) => gold.right.has(stem(code)))
  counted.perNote.push({
    right: hits.length,
    said: candidates.length,
    found: found.length,
    wanted: gold.wanted.length,
  })
  for (const accept of gold.wanted) {
    const line = lineOf(counted.chapters, chapterOf(accept[0]))
    line.wanted++
    if (found.includes(accept)) line.found++
    else
      counted.misses.push({ code: accept[0], cause: causeOfMiss(accept, candidates, result?.notCoded ?? []) })
  }
  for (const candidate of candidates) {
    const isRight = gold.right.has(stem(candidate.code))
    const section = candidate.evidence[0]?.section ?? 'none'
    for (const line of [
      lineOf(counted.chapters, chapterOf(candidate.code)),
      lineOf(counted.sections, section),
    ]) {
      line.said++
      if (isRight) line.right++
    }
    counted.scored.push({ score: candidate.score, right: isRight })
    if (!isRight)
      counted.falseHits.push({
        code: candidate.code,
        display: candidate.display,
        cause: causeOfFalse(candidate, gold),
      })
  }
}

function lineOf(lines, name) {
  const line = lines.get(name) ?? { right: 0, said: 0, found: 0, wanted: 0 }
  lines.set(name, line)
  return line
}

/** The first of these that holds says best what to mend. */
function causeOfMiss(accept, candidates, notCoded) {
  const stems = new Set(accept.map(stem))
  const own = notCoded.find(({ code, codes }) =>
    [code, ...(codes ?? [])].some(each => each !== null && stems.has(stem(each))),
  )
  if (own !== undefined)
    return own.reason === 'below-score' ? 'found, scored too low' : `found, left as ${own.reason}`
  const categories = new Set(accept.map(categoryOf))
  if (candidates.some(({ code }) => categories.has(categoryOf(code)))) return 'another code of its category'
  const near = notCoded.find(({ code }) => code !== null && categories.has(categoryOf(code)))
  return near === undefined ? 'words not found' : `its category was left as ${near.reason}`
}

function causeOfFalse({ code, scoreParts }, gold) {
  const stems = [...gold.right]
  if (stems.some(right => categoryOf(right) === categoryOf(code)))
    return 'another code of the category is right'
  const features = Object.keys(scoreParts ?? {})
  const rule = features.find(name => name.startsWith('rule='))
  if (rule !== undefined) return `added by ${rule.slice('rule='.length).split('.').slice(1).join('.')}`
  const kind = features.find(name => name.startsWith('kind='))
  return kind === undefined ? 'other' : kind.slice('kind='.length).replaceAll('.', ', ')
}

/** The commonest of a list of errors, by cause and by code within. */
export function commonest(errors, most = 12) {
  const causes = new Map()
  for (const { code, cause } of errors) {
    const codes = causes.get(cause) ?? new Map()
    causes.set(cause, codes.set(code, (codes.get(code) ?? 0) + 1))
  }
  return [...causes]
    .map(([cause, codes]) => ({
      cause,
      count: [...codes.values()].reduce((sum, count) => sum + count, 0),
      codes: [...codes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    }))
    .sort((a, b) => b.count - a.count || (a.cause < b.cause ? -1 : 1))
    .slice(0, most)
}

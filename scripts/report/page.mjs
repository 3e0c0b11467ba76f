/** Counted sets → one page of HTML that stands alone: no script, nothing from elsewhere, no note text. */
import { commonest } from './count-errors.mjs'
import { bootstrapF1, f1, totals, wilson } from './intervals.mjs'
import { reliabilityDiagram } from './reliability-diagram.mjs'

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6570; --line: #d5dae0; --paper: #fff; --bar: #2f6fb3; --bad: #b3402f }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --soft: #9aa5b1; --line: #39424c; --paper: #14181d; --bar: #6ea8e6; --bad: #e6836e } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2.5rem; border-bottom: 1px solid var(--line) } h3 { font-size: 1rem; margin-top: 1.5rem }
table { border-collapse: collapse; margin: .5rem 0 } th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th { color: var(--soft); font-weight: 500 } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
.missed { color: var(--bad); font-weight: 600 } .soft { color: var(--soft) } .columns { display: flex; flex-wrap: wrap; gap: 0 3rem }
svg text { fill: var(--soft); font-size: 11px }`

/**
 * @param {{title: string, dictionaries: string[], figures: object[], sets: {name: string, counted: object}[],
 *   reliability: object | undefined, displayOf: (code: string) => string}} report
 */
export function reportPage({ title, dictionaries, figures, sets, reliability, displayOf }) {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style>
<h1>${escaped(title)}</h1>
<p class="soft">${dictionaries.map(escaped).join('<br>')}</p>
<h2>Figures</h2>
<p class="soft">Brackets: 95 % intervals, by Wilson for shares and counts of a set's own rows. The weights of scores are learnt from four fifths of aci-icd10cm-dev and coder-notes-dev among others: their figures are of notes mostly seen.</p>
${table(['set', 'figure', '#precision', '#recall', '#F1 or value', '#goal', ''], figures.map(figureRow))}
${reliability === undefined ? '' : reliabilitySection(reliability)}
${sets.map(set => setSection(set, displayOf)).join('\n')}
</html>
`
}

function figureRow({ set, figure, precision, recall, value, goal, verdict, counts }) {
  const share = (text, right, all) =>
    counts === undefined || text === undefined ? (text ?? '') : `${text} ${interval(wilson(right, all))}`
  return [
    set,
    figure,
    share(precision, counts?.tp, counts?.predicted),
    share(recall, counts?.tp, counts?.gold),
    value ?? '',
    goal ?? '',
    verdict === 'MISSED' ? raw('<span class="missed">missed</span>') : (verdict ?? ''),
  ]
}

function reliabilitySection({ name, count, share, sure, error, bins }) {
  return `<h2>Does a score keep its word?</h2>
<p>${escaped(name)}: ${count} scored codes that the weights have not seen. Of the ${sure} scored .9 and more ${percent(share)} ${interval(wilson(Math.round(share * sure), sure))} are right; the expected calibration error is ${error.toFixed(3)}.</p>
${reliabilityDiagram(bins)}
${table(
  ['score', '#codes', '#mean score', '#right'],
  bins.map((bin, i) => [
    `${(i / bins.length).toFixed(1)}–${((i + 1) / bins.length).toFixed(1)}`,
    bin.count,
    bin.count === 0 ? '' : bin.score.toFixed(2),
    bin.count === 0 ? '' : bin.right.toFixed(2),
  ]),
)}`
}

function setSection({ name, counted }, displayOf) {
  const { right, said, found, wanted } = totals(counted.perNote)
  return `<h2>${escaped(name)}</h2>
<p>${counted.perNote.length} notes; ${said} codes said, ${right} of them right (${percent(right / (said || 1))} ${interval(wilson(right, said))}); ${found} of ${wanted} wanted codes found (${percent(found / (wanted || 1))} ${interval(wilson(found, wanted))}); F1 ${f1(counted.perNote).toFixed(3)} ${interval(bootstrapF1(counted.perNote))} by drawing notes again.</p>
<div class="columns"><div><h3>By chapter</h3>${lines(counted.chapters)}</div><div><h3>By section of the first evidence</h3>${lines(counted.sections)}</div></div>
<h3>Commonest misses, by cause</h3>${causes(counted.misses, displayOf)}
<h3>Commonest false hits, by cause</h3>${causes(counted.falseHits, displayOf)}`
}

function lines(map) {
  const rows = [...map].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
  const cell = (part, whole) => (whole === 0 ? '' : `${part} of ${whole} ${interval(wilson(part, whole))}`)
  return table(
    ['', '#right of said', '#found of wanted'],
    rows.map(([name, { right, said, found, wanted }]) => [name, cell(right, said), cell(found, wanted)]),
  )
}

const MOST_CODES = 8

function causes(errors, displayOf) {
  const rows = commonest(errors).map(({ cause, count, codes }) => [
    cause,
    count,
    raw(
      codes
        .slice(0, MOST_CODES)
        .map(
          ([code, times]) =>
            `<span title="${escaped(displayOf(code))}">${escaped(code)}</span>${times > 1 ? ` ×${times}` : ''}`,
        )
        .join(', ') + (codes.length > MOST_CODES ? ' …' : ''),
    ),
  ])
  return table(['cause', '#count', 'codes'], rows)
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`
}

function interval([low, high]) {
  return `[${low.toFixed(2)}–${high.toFixed(2)}]`
}

/** Names that begin with `#` head columns of numbers. */
function table(names, rows) {
  const isNumber = names.map(name => name.startsWith('#'))
  const cell = (tag, value, at) =>
    `<${tag}${isNumber[at] ? ' class="n"' : ''}>${value?.raw ?? escaped(String(value))}</${tag}>`
  const row = (tag, cells) => `<tr>${cells.map((value, at) => cell(tag, value, at)).join('')}</tr>`
  return `<table>${row(
    'th',
    names.map(name => name.replace('#', '')),
  )}${rows.map(cells => row('td', cells)).join('\n')}</table>`
}

function raw(html) {
  return { raw: html }
}

function escaped(text) {
  return text.replace(
    /[&<>"]/g,
    character => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character],
  )
}

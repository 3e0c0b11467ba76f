/** Bins of scores → a drawing: how often right over how sure, with the line on which scores keep their word. */

const SIZE = 260
const EDGE = 34

export function reliabilityDiagram(bins) {
  const most = Math.max(1, ...bins.map(({ count }) => count))
  const x = score => EDGE + score * SIZE
  const y = share => EDGE / 2 + (1 - share) * SIZE
  const width = SIZE / bins.length
  const bars = bins.map(({ count }, i) => {
    const height = (count / most) * SIZE * 0.25
    return `<rect x="${x(i / bins.length) + 1}" y="${y(0) - height}" width="${width - 2}" height="${height}" fill="var(--line)"/>`
  })
  const dots = bins
    .filter(({ count }) => count > 0)
    .map(
      ({ score, right, count }) =>
        `<circle cx="${x(score)}" cy="${y(right)}" r="${3 + 5 * Math.sqrt(count / most)}" fill="var(--bar)" fill-opacity=".75"/>`,
    )
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    at =>
      `<text x="${x(at)}" y="${y(0) + 16}" text-anchor="middle">${at}</text><text x="${EDGE - 6}" y="${y(at) + 4}" text-anchor="end">${at}</text>`,
  )
  return `<svg width="${SIZE + EDGE + 10}" height="${SIZE + 2 * EDGE}" role="img" aria-label="reliability diagram: share of right codes over score">
<rect x="${EDGE}" y="${EDGE / 2}" width="${SIZE}" height="${SIZE}" fill="none" stroke="var(--line)"/>
${bars.join('')}<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="var(--soft)" stroke-dasharray="4 4"/>
${dots.join('')}${ticks.join('')}
<text x="${x(0.5)}" y="${y(0) + 34}" text-anchor="middle">score; grey: how many codes</text></svg>`
}

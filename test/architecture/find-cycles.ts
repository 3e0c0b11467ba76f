/**
 * Arrows between names → the cycles among them, each once, starting at its smallest name.
 * A depth-first walk that remembers the path: an arrow back into the path closes a cycle.
 */
export interface Arrow {
  readonly from: string
  readonly to: string
}

export function findCycles(arrows: readonly Arrow[]): string[] {
  const targets = new Map<string, string[]>()
  for (const { from, to } of arrows) targets.set(from, [...(targets.get(from) ?? []), to])
  const done = new Set<string>()
  const cycles = new Set<string>()
  const walk = (name: string, trail: readonly string[]): void => {
    const at = trail.indexOf(name)
    if (at >= 0) {
      cycles.add(rotate(trail.slice(at)))
      return
    }
    if (done.has(name)) return
    for (const next of targets.get(name) ?? []) walk(next, [...trail, name])
    done.add(name)
  }
  for (const name of [...targets.keys()].sort()) walk(name, [])
  return [...cycles].sort()
}

function rotate(ring: readonly string[]): string {
  const smallest = [...ring].sort()[0] ?? ''
  const at = ring.indexOf(smallest)
  return [...ring.slice(at), ...ring.slice(0, at), smallest].join(' -> ')
}

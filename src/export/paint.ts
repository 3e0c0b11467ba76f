/** Terminal colours, or none: the same calls, so that layout does not depend on them. */
export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly code: (text: string) => string
  readonly warn: (text: string) => string
}

const PLAIN: Paint = { bold: same, dim: same, code: same, warn: same }
const COLOURED: Paint = { bold: ansi(1, 22), dim: ansi(2, 22), code: ansi(36, 39), warn: ansi(33, 39) }

export function createPaint(colour: boolean): Paint {
  return colour ? COLOURED : PLAIN
}

function same(text: string): string {
  return text
}

function ansi(on: number, off: number): (text: string) => string {
  return text => `\u001b[${on}m${text}\u001b[${off}m`
}

/**
 * Puts something around every method of a port: a call that fails, is late, or is written down. The port is
 * an object of functions, and what comes out is one too, so the program under test notices nothing.
 */
export interface Call {
  readonly method: string
  readonly args: readonly unknown[]
  /** With the arguments as they came, or with others. */
  readonly proceed: (args?: readonly unknown[]) => Promise<unknown>
}

type Method = (...args: readonly unknown[]) => unknown

export function intercept<Port extends object>(port: Port, around: (call: Call) => Promise<unknown>): Port {
  const members = Object.entries(port).map(([method, member]: [string, unknown]) => {
    if (typeof member !== 'function') return [method, member]
    const wrapped = (...args: readonly unknown[]): Promise<unknown> =>
      around({ method, args, proceed: async (others = args) => (member as Method)(...others) })
    return [method, wrapped]
  })
  return Object.fromEntries(members) as Port
}

/** A command's description as data: from it follow its help and how its words are read. */
export interface OptionSpec {
  readonly name: string
  /** Placeholder of the value in help; left out: a flag. */
  readonly value?: string
  readonly description: string
  /** May also be set by `CHARTCODE_<NAME>` or in the config file. */
  readonly configurable?: boolean
}

export interface CommandSpec {
  readonly name: string
  /** Behind the name: `[FILE…|-]`. */
  readonly operands: string
  readonly summary: string
  readonly description: string
  readonly options: readonly OptionSpec[]
  readonly examples: readonly string[]
  /** Paragraphs between options and examples. */
  readonly notes?: readonly string[]
  readonly exitCodes?: Readonly<Record<number, string>>
}

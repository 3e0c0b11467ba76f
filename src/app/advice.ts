/** What a diagnosis found wanting, and the command that mends it. */
export interface Advice {
  readonly severity: 'error' | 'notice'
  readonly what: string
  readonly mend: string
}

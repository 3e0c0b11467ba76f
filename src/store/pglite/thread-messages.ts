/**
 * What the process and the thread of the embedded database say to each other. Statements are numbered and
 * answered in their order; notifications come whenever they come.
 */
export interface DatabaseThreadStart {
  /** Of the database's files. */
  readonly directory: string
}

export type ToThread =
  | {
      readonly kind: 'query'
      readonly number: number
      readonly text: string
      readonly values: readonly unknown[]
    }
  | { readonly kind: 'close' }

export type FromThread =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'rows'
      readonly number: number
      readonly rows: readonly Record<string, unknown>[]
      readonly rowCount: number
    }
  | { readonly kind: 'failed'; readonly number: number; readonly error: ThreadError }
  | { readonly kind: 'notification'; readonly channel: string; readonly payload: string }
  | { readonly kind: 'closed' }

/** SQLSTATE, and a `detail` only where it is a number of the queue's own (SQLSTATE BM001). */
export interface ThreadError {
  readonly code: string | undefined
  readonly detail: string | undefined
}

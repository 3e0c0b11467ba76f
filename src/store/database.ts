/**
 * What the store asks of a database: statements, transactions, and the pool underneath for the queue.
 * PostgreSQL and PGlite are behind it. Values go in and come out in the shapes of `pg`: `bytea` as bytes,
 * `timestamptz` as `Date`, `bigint` as string (so counts are cast to `int`).
 *
 * `query` and `transaction` throw ChartcodeErrors without values or `detail`; what comes from `pool` itself
 * is the database's own error, with its SQLSTATE in `code`.
 */
export interface Rows<Row> {
  readonly rows: readonly Row[]
  readonly rowCount: number
}

export interface Session {
  /** Without values, several statements may stand in one text; the last one's rows come out. */
  readonly query: <Row = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ) => Promise<Rows<Row>>
}

export interface Database extends Session {
  readonly backend: 'postgres' | 'pglite'
  /** Commits what `run` did, or nothing where it throws. Its isolation is READ COMMITTED. */
  readonly transaction: <T>(run: (session: Session) => Promise<T>) => Promise<T>
  readonly pool: DatabasePool
  readonly close: () => Promise<void>
}

export interface PoolRows<Row> {
  rows: Row[]
  rowCount?: number | null
}

export interface Notification {
  channel: string
  payload?: string
}

/** The part of `pg.PoolClient` that the store and BullMQ use. */
export interface PoolClient {
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<PoolRows<Row>>
  release(destroy?: boolean): void
  on(event: 'notification', listener: (message: Notification) => void): this
  on(event: 'error', listener: (error: Error) => void): this
  on(event: 'end', listener: () => void): this
  removeListener(event: 'notification', listener: (message: Notification) => void): this
  removeAllListeners(event?: string): this
}

/** The part of `pg.Pool` that the store and BullMQ use. Unqualified names are looked up in schema `bullmq`. */
export interface DatabasePool {
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<PoolRows<Row>>
  connect(): Promise<PoolClient>
  end(): Promise<void>
  on(event: 'error', listener: (error: Error) => void): this
  on(event: 'connect', listener: (client: PoolClient) => void): this
  removeAllListeners(event?: string): this
}

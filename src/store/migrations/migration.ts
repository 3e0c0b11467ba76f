/**
 * A step from one shape of the database to the next. Steps are numbered without gaps and never changed once
 * released: a database remembers the steps it has taken and takes those that are missing, each in a
 * transaction. The SQL must run on PostgreSQL 13 and on PGlite.
 */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

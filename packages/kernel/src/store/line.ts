import type pg from 'pg'
import { runStatement } from './statement.ts'

/** `name`: a prepared statement. `explain`: its failure in our own words. */
export interface Statement { text: string; values?: unknown[] | undefined; name?: string | undefined; explain?: (error: Error) => Error }

/**
 * One connection as a transaction uses it. A round trip costs more than most statements, so statements that nobody waits for go out at
 * once, and all that is sent in one turn of the event loop travels in one write (`pipeline: true` of pg keeps their order).
 */
export interface Line {
  /** sends and waits; fails with the first failure of what was sent before, since that is the cause of its own */
  run(statement: Statement): Promise<pg.QueryResult>
  /** sends and does not wait: for writes whose answer says nothing. Its failure is that of the next `run`, at the latest of COMMIT. */
  send(statement: Statement): void
  /** forgets the last transaction */
  reset(): void
}

interface Corkable { cork(): void; uncork(): void }
/** pg's own socket; without it statements are only sent one by one */
const socketOf = (client: pg.PoolClient): Corkable | undefined => (client as unknown as { connection?: { stream?: Corkable } }).connection?.stream

const told = (statement: Statement, error: Error): Error => statement.explain?.(error) ?? error

const BACK_TO = /^rollback to /i

const lines = new WeakMap<pg.PoolClient, Line>()

export function lineOf(client: pg.PoolClient): Line {
  const known = lines.get(client)
  if (known) return known
  const socket = socketOf(client)
  let corked = false
  let failed: Error | null = null
  const dispatch = (statement: Statement): Promise<pg.QueryResult> => {
    if (socket && !corked) {
      corked = true
      socket.cork()
      process.nextTick(() => { corked = false; socket.uncork() })
    }
    return runStatement(client, statement.text, statement.values, statement.name)
  }
  const line: Line = {
    async run(statement) {
      let result: pg.QueryResult
      try { result = await dispatch(statement) } catch (error) {
        const cause = failed ?? told(statement, error as Error)
        failed = null
        throw cause
      }
      const cause = failed
      failed = null
      // a savepoint that was gone back to has undone what failed after it
      if (cause && !BACK_TO.test(statement.text)) throw cause
      return result
    },
    send(statement) { dispatch(statement).catch((error: Error) => { failed ??= told(statement, error) }) },
    reset() { failed = null },
  }
  lines.set(client, line)
  return line
}

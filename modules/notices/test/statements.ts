import type { TestApp } from '@quancheng/kernel/testing'

interface Client { query(...args: unknown[]): unknown }

/** The texts of the statements that the application's own connections are given while something runs, in the order in which they go out. */
export async function statementsOf(app: TestApp, run: () => Promise<unknown>): Promise<readonly string[]> {
  const pool = app.runtime.pool as unknown as { connect(): Promise<Client> }
  const asked: string[] = [], connect = pool.connect, restore = new Map<Client, () => void>()
  pool.connect = async () => {
    const client = await connect.call(pool)
    if (!restore.has(client)) {
      const query = client.query
      restore.set(client, () => { client.query = query })
      client.query = (...args) => { const [first] = args; asked.push(typeof first === 'string' ? first : String((first as { text?: string }).text ?? JSON.stringify(first))); return query.apply(client, args) }
    }
    return client
  }
  try { await run() } finally { pool.connect = connect; for (const undo of restore.values()) undo() }
  return asked
}

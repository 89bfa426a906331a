import type { RunningApp } from '../app.ts'

interface Client { query(...args: unknown[]): unknown }

/** What the application sends to its database while something runs: each statement as JSON text, its values with it, in the order in which they go out. */
export async function statementsOf<T>(app: RunningApp, run: () => Promise<T>): Promise<{ answer: T; asked: readonly string[] }> {
  const pool = app.runtime.pool as unknown as { connect(): Promise<Client> }
  const asked: string[] = [], connect = pool.connect, watched = new Map<Client, Client['query']>()
  pool.connect = async () => {
    const client = await connect.call(pool)
    if (!watched.has(client)) {
      const query = client.query
      watched.set(client, query)
      client.query = (...args) => { asked.push(JSON.stringify(args[0])); return query.apply(client, args) }
    }
    return client
  }
  try { return { answer: await run(), asked } } finally {
    pool.connect = connect
    for (const [client, query] of watched) client.query = query
  }
}

import type { TestApp } from '@quancheng/kernel/testing'

type Client = { query: (...args: unknown[]) => unknown }

/** The statements that the application sends while something runs, as text; each once, whichever connection it takes. */
export async function statementsOf<T>(app: TestApp, run: () => Promise<T>): Promise<{ answer: T; asked: string[] }> {
  const asked: string[] = []
  const { pool } = app.runtime
  const connect = pool.connect as unknown as () => Promise<unknown>
  const watched = new Map<Client, Client['query']>()
  pool.connect = (async () => {
    const client = await connect.call(pool) as Client
    if (!watched.has(client)) {
      const query = client.query
      watched.set(client, query)
      client.query = (...args) => { asked.push(JSON.stringify(args[0]).slice(0, 2000)); return query.apply(client, args) }
    }
    return client
  }) as unknown as typeof pool.connect
  try { return { answer: await run(), asked } } finally {
    pool.connect = connect as unknown as typeof pool.connect
    for (const [client, query] of watched) client.query = query
  }
}

import type { RunningApp } from '@quancheng/kernel'

/** `before`: the connection breaks in place of the k-th statement. `answer`: the commit is done, and its answer is lost on the way. */
export interface Fault { how: 'before' | 'answer'; left: number }

interface Client { query: (...args: unknown[]) => unknown; connection: { stream: { destroy(error?: Error): void } } }
interface Sent { text?: string; callback?: (error: Error | null, result: unknown) => void }

/** Lets connections of an application break at a statement: `next` arms it, `null` when it has happened. */
export function breakable(app: Pick<RunningApp, 'runtime'>): { next: Fault | null; statements: number } {
  const plan: { next: Fault | null; statements: number } = { next: null, statements: 0 }
  const lost = () => new Error('Connection terminated unexpectedly')
  const seen = new WeakSet<Client>()
  const watch = (client: Client): void => {
    if (seen.has(client)) return
    seen.add(client)
    const query = client.query.bind(client)
    client.query = (...args: unknown[]) => {
      const sent = args[0] as Sent | string
      // going back after the break is not part of the act
      if (typeof sent === 'string' || !sent.text) return query(...args)
      plan.statements += 1
      const fault = plan.next
      if (!fault) return query(...args)
      if (fault.how === 'before' && (fault.left -= 1) === 0) {
        plan.next = null
        client.connection.stream.destroy(lost())
      } else if (fault.how === 'answer' && sent.text === 'COMMIT') {
        plan.next = null
        const told = sent.callback!
        sent.callback = () => { client.connection.stream.destroy(lost()); told(lost(), null) }
      }
      return query(...args)
    }
  }
  for (const pool of new Set([app.runtime.pool, app.runtime.workPool])) {
    const connect = pool.connect.bind(pool) as () => Promise<Client>
    pool.connect = (async () => { const client = await connect(); watch(client); return client }) as never
  }
  return plan
}

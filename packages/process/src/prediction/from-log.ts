import type { LogCase } from '../log/index.ts'
import type { PastCase } from './types.ts'

/** Cases of an event log as prediction sees them. A status that is no completion (`Accepted` · `In Progress`) is part of what happened. */
export const pastCase = (c: LogCase): PastCase => ({
  id: c.id,
  events: c.events.map(e => {
    const attributes: Record<string, string> = {}
    for (const [key, value] of Object.entries(e.attributes ?? {})) if (typeof value === 'string' || typeof value === 'boolean') attributes[key] = String(value)
    return { activity: e.lifecycle === 'complete' || e.lifecycleRaw === null ? e.activity : `${e.activity} · ${e.lifecycleRaw}`, resource: e.resource, at: e.at.getTime(), attributes }
  }),
})

/** The channel on which committed changes wake workers and live screens. PostgreSQL delivers at commit, to every process. */
export const CHANNEL = 'quancheng'

/** PostgreSQL carries 8000 bytes in a notice: more people than this read for themselves. */
const TOLD = 150

export interface Notice { t: string; e: string; id: string; u: string | null; k: string; at: string; /** the outbox got a row: workers need not wait for their next round */ w?: 1; /** these people are told, whatever else they may read */ p?: string[] }

export const notice = (tenantId: string, entity: string, id: string, unitId: string | null, kind: string, at: Date, wake = false, people: readonly string[] = []): string =>
  JSON.stringify({ t: tenantId, e: entity, id, u: unitId, k: kind, at: at.toISOString(), ...(wake ? { w: 1 } : {}), ...(people.length ? { p: people.slice(0, TOLD) } : {}) } satisfies Notice)

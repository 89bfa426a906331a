/** The channel on which committed changes wake workers and live screens. PostgreSQL delivers at commit, to every process. */
export const CHANNEL = 'quancheng'

export interface Notice { t: string; e: string; id: string; u: string | null; k: string; at: string }

export const notice = (tenantId: string, entity: string, id: string, unitId: string | null, kind: string, at: Date): string =>
  JSON.stringify({ t: tenantId, e: entity, id, u: unitId, k: kind, at: at.toISOString() } satisfies Notice)

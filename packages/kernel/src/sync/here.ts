import type { Runtime } from '../runtime.ts'

/** Which station this program is; null at head office and where nobody has heard of nodes. */
export interface Here { tenantId: string; nodeId: string; unitId: string; unitCode: string }
const HERE = 'sync.here'
export const hereOf = (runtime: Runtime): Here | null => (runtime.services.get(HERE) as Here | undefined) ?? null
export const setHere = (runtime: Runtime, here: Here | null): void => { if (here) runtime.services.set(HERE, here); else runtime.services.delete(HERE) }

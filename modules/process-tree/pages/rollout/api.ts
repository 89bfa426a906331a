import { api, queryClient } from '@quancheng/ui'
import type { Adherence } from '../../rules/adherence.ts'

export type Line = Adherence & { key: string, name: string, newest: number, at: string }
export type UnitLine = { id: string, code: string, name: string, region: string | null, release: number | null, version: number, since: string | null, note: string | null }
export type OneProcess = Adherence & { key: string, name: string, newest: number, versions: Array<{ version: number, at: string, note: string | null }>, behindUnits: UnitLine[], units: UnitLine[] }

export const rolloutKey = ['rollouts'] as const
export const readAll = (signal: AbortSignal) => api.get<{ items: Line[] }>('/rollouts', { signal })
export const readOne = (key: string, signal: AbortSignal) => api.get<OneProcess>(`/rollouts/${encodeURIComponent(key)}`, { signal })
export const roll = (key: string, o: { unitIds: string[], version: number | null, note?: string }) => api.post<{ units: number }>(`/rollouts/${encodeURIComponent(key)}`, o)
export const again = () => queryClient.invalidateQueries({ queryKey: rolloutKey })

import type { Move, Offer, SimulationInput, SimulationResult, Walk } from '@quancheng/process'
import { api } from '@quancheng/ui'

/** JSON lets a form change what the server declares as fixed. */
export type Input = { -readonly [K in keyof SimulationInput]: SimulationInput[K] }
export type Result = SimulationResult & { version: number | 'draft' | 'text', name: string }
export type StepQuestion = { key: string, name: string, kind: string, role: string | null, standard: { minutes: number, clock: string } | null, outcomes: { id: string, label: string, danger: boolean }[], known: number }
export type GatewayQuestion = { key: string, name: string, inclusive: boolean, flows: { id: string, name: string, condition: string | null, otherwise: boolean }[] }
export type Defaults = {
  key: string, name: string, version: number | 'draft', versions: number[], draft: boolean, input: SimulationInput
  steps: StepQuestion[], gateways: GatewayQuestion[], roles: { role: string, name: string, people: number }[], variables: string[], history: { cases: number, from: string | null }
}
export type WalkView = Walk & { version: number | 'draft' | 'text', name: string, xml: string, roles: Record<string, string>, starts: { id: string, name: string, by: string | null }[] }
export type { Move, Offer }

const at = (key: string, what: string) => `/processes/${encodeURIComponent(key)}/${what}`

export const simulationApi = {
  defaults: (key: string, query: { version: string | null, unitId: string | null }, signal: AbortSignal) => api.get<Defaults>(at(key, 'simulation-defaults'), { query, signal }),
  run: (key: string, version: number | 'draft', input: Input) => api.post<Result>(at(key, 'simulate'), { version, ...input }, { timeoutMs: 60_000 }),
  walk: (key: string, o: { version?: string, at?: string | null, variables: Record<string, unknown>, moves: Move[] }) => api.post<WalkView>(at(key, 'walk'), o),
}

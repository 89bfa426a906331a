import type { Filter, Row } from '@quancheng/ui'

export interface Figure { key: string; label: string; entity: string; plural: string; unit: 'count' | 'money'; value: string; alert: boolean; filter: Filter }
export interface Credit { limit: string | null; open: string; parts: { key: string; label: string; amount: string }[]; grade: string | null; score: number | null; onTime: number | null; oldestDays: number; overdue: string; proposed: string }
export interface Head {
  customer: Row; contacts: Row[]; figures: Figure[]; profile: { team: { id: string; name: string } | null; focus: string[] } | null
  preferences: { id: string; topic: string; value: string }[]; credit: Credit | null; mergedFrom: { merge: string; id: string; name: string; at: string }[]; inTree: boolean
}
export interface Event { at: string; kind: string; entity: string; label: string; id: string; title: string; who: string | null; amount: string | null; channel: string | null; state: { label: string; color: string | null } | null; opens: { plural: string; id: string } | null }
export interface Line { items: Event[]; next: string | null; kinds: { key: string; label: string }[] }
export interface Side { id: string; name: string; kind: string; unitId: string; createdAt: string }
export interface Double { why: ('phone' | 'taxNumber' | 'name')[]; likeness: number; a: Side; b: Side }

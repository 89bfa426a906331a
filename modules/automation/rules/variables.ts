import type { CompiledEntity } from '@quancheng/kernel'
import { namesOf } from './condition.ts'

export type Values = Record<string, unknown>

const asNumber = new Set(['integer', 'decimal', 'money'])

/** JSON values of a record as FEEL reads them: amounts are numbers. */
export function numbersAsNumbers(entity: CompiledEntity, row: Values): Values {
  const out: Values = {}
  for (const [name, value] of Object.entries(row)) out[name] = asNumber.has(entity.fields.get(name)?.type ?? '') && typeof value === 'string' ? Number(value) : value
  return out
}

/** The scope of a rule's FEEL: each field by its name and its label, `old` (原值) where the event changed something, the moment of the event. */
export function variablesOf(entity: CompiledEntity, state: { record: Values | null; old: Values | null; at: Date; day: string }): Values {
  const row = numbersAsNumbers(entity, state.record ?? state.old ?? {})
  const old = state.old ? numbersAsNumbers(entity, state.old) : null
  const both = (values: Values): Values => {
    const out: Values = {}
    for (const [name, field] of namesOf(entity)) out[name] = values[field] ?? null
    return out
  }
  const before = old && both(old)
  return { ...both(row), id: row.id ?? null, old: before, 原值: before, now: state.at.toISOString(), today: state.day }
}

import '../automation.css'
import type { EntityMeta } from '@quancheng/ui'
import type { Test } from '../../rules/types.ts'
import { IfBlock } from './IfBlock.tsx'

export interface Conditions { tests: Test[], condition: string | null }

/** The part 如果 by itself. `event`: of what kind of event it is asked (only a change knows “变成”). */
export default function ConditionBlock({ value, onChange, entity, event, disabled }: { value: Conditions, onChange: (value: Conditions) => void, entity: EntityMeta | undefined, event: 'created' | 'changed' | 'removed' | 'act', disabled: boolean }) {
  const draft = { name: '', entity: entity?.name ?? '', event, act: null, fields: [], unitId: null, actions: [], note: null, ...value }
  return <IfBlock draft={draft} entity={entity} disabled={disabled} choices={{ entities: [], roles: [] }} set={more => onChange({ tests: more.tests ?? value.tests, condition: more.condition === undefined ? value.condition : more.condition })} />
}

import { RefPicker } from '@quancheng/ui'
import { Input, Select } from 'antd'
import { EVENTS } from '../../entities/events.ts'
import { ta } from '../texts.ts'
import { Block, fieldOptions, type BlockProps } from './block.tsx'

const ACTS = ['move', 'startProcess'] as const

/** 当: which records, what happens to them, where. */
export function WhenBlock({ draft, set, choices, entity, disabled }: BlockProps) {
  const own = draft.event === 'act' && draft.act !== null && !ACTS.some(a => a === draft.act)
  const events = Object.keys(EVENTS) as Array<keyof typeof EVENTS>
  return (
    <Block word={ta('when')}>
      <div className="au-row">
        <Select className="au-w1" aria-label={ta('entity')} disabled={disabled} showSearch={{ optionFilterProp: 'label' }} value={draft.entity || null} onChange={value => set({ entity: value, tests: [], fields: [], condition: null, actions: [], unitId: null })} options={choices.entities.map(e => ({ value: e.name, label: e.label }))} />
        <Select className="au-w1" aria-label={ta('happens')} disabled={disabled} value={draft.event} onChange={value => set({ event: value, act: value === 'act' ? 'move' : null, fields: [] })} options={events.map(each => ({ value: each, label: ta(each) }))} />
        {draft.event === 'act' && <Select className="au-w1" aria-label={ta('actName')} disabled={disabled} value={own ? 'other' : draft.act} onChange={value => set({ act: value === 'other' ? '' : value })} options={[...ACTS.map(each => ({ value: each as string, label: ta(each) })), { value: 'other', label: ta('otherAct') }]} />}
        {own && <Input className="au-w1 qc-mono" aria-label={ta('otherAct')} disabled={disabled} maxLength={60} placeholder="takeNumber" value={draft.act ?? ''} onChange={event => set({ act: event.target.value.trim() })} />}
      </div>
      {draft.event === 'changed' && <label className="au-field"><span className="qc-soft">{ta('onlyFields')}</span>
        <Select mode="multiple" aria-label={ta('onlyFields')} disabled={disabled} showSearch={{ optionFilterProp: 'label' }} value={draft.fields} onChange={value => set({ fields: value })} options={fieldOptions(entity, f => !['createdAt', 'createdBy', 'updatedAt', 'updatedBy'].includes(f.name))} /></label>}
      {choices.entities.find(e => e.name === draft.entity)?.unit && <label className="au-field"><span className="qc-soft">{ta('unit')}</span>
        <RefPicker entity="unit" ariaLabel={ta('unit')} disabled={disabled} placeholder={ta('unitHint')} value={draft.unitId} onChange={value => set({ unitId: typeof value === 'string' ? value : null })} /></label>}
    </Block>
  )
}

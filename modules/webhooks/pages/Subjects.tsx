import { ConditionBlock } from '@quancheng/automation/web'
import { Icon, Skeleton, useMeta } from '@quancheng/ui'
import { Checkbox, Input, Select } from 'antd'
import { Suspense } from 'react'
import type { Choices, Subject } from './api.ts'
import { eventOptions, labelOf } from './names.ts'
import { tw } from './texts.ts'

interface Props { subjects: Subject[], choices: Choices, disabled: boolean, onChange: (subjects: Subject[]) => void }

/** 通知什么: one part for each kind of record. */
export function Subjects({ subjects, choices, disabled, onChange }: Props) {
  const put = (at: number, more: Partial<Subject>) => onChange(subjects.map((s, i) => i === at ? { ...s, ...more } : s))
  return (
    <section className="qc-panel" aria-label={tw('what')}><header><h2>{tw('what')}</h2></header>
      <div className="qc-panel-pad qc-stack">
        {subjects.map((s, at) => <One key={at} subject={s} choices={choices} disabled={disabled} taken={subjects.map(x => x.entity)} onChange={more => put(at, more)} {...(subjects.length > 1 && !disabled ? { onRemove: () => onChange(subjects.filter((_, i) => i !== at)) } : {})} />)}
        {!disabled && <button type="button" className="qc-link wh-add" onClick={() => onChange([...subjects, { entity: '', events: [], fields: [], processes: [], tests: [], condition: null }])}><Icon name="plus" />{tw('addSubject')}</button>}
      </div>
    </section>
  )
}

function One({ subject, choices, disabled, taken, onChange, onRemove }: { subject: Subject, choices: Choices, disabled: boolean, taken: string[], onChange: (more: Partial<Subject>) => void, onRemove?: () => void }) {
  const meta = useMeta()
  const entity = meta.entities.find(e => e.name === subject.entity)
  const isCase = subject.entity === choices.case.name
  const all = [{ value: choices.case.name, label: choices.case.label }, ...choices.entities.map(e => ({ value: e.name, label: e.label }))]
  const known = eventOptions(subject.entity, choices)
  const other = subject.events.find(e => e.startsWith('act:') && !known.some(k => k.value === e))
  const acts = !isCase && subject.entity !== 'alarm'
  const pickEntity = (name: string) => onChange({ entity: name, events: eventOptions(name, choices).slice(0, 1).map(o => o.value), fields: [], processes: [], tests: [], condition: null })
  return (
    <div className="wh-subject" role="group" aria-label={labelOf(subject.entity, choices) || tw('pickEntity')}>
      <div className="wh-subject-head">
        <Select id="wh-subjects" className="wh-entity" aria-label={tw('pickEntity')} placeholder={tw('pickEntity')} disabled={disabled} showSearch={{ optionFilterProp: 'label' }} value={subject.entity || null} onChange={pickEntity} options={all.map(o => ({ ...o, disabled: o.value !== subject.entity && taken.includes(o.value) }))} />
        {onRemove && <button type="button" className="qc-icon-button" aria-label={tw('removeSubject')} title={tw('removeSubject')} onClick={onRemove}><Icon name="close" /></button>}
      </div>
      {subject.entity && <>
        <Checkbox.Group className="wh-events" disabled={disabled} options={known} value={subject.events.filter(e => e !== other)} onChange={values => onChange({ events: [...values, ...(other ? [other] : [])] })} />
        {acts && <label className="wh-other"><span className="qc-soft">{tw('otherAct')}</span><Input className="qc-mono" disabled={disabled} maxLength={60} placeholder="takeNumber" value={other?.slice(4) ?? ''} onChange={event => { const act = event.target.value.replace(/[^A-Za-z0-9]/g, ''); onChange({ events: [...subject.events.filter(e => e !== other), ...(act ? [`act:${act}`] : [])] }) }} /></label>}
        {acts && subject.events.includes('changed') && <label className="wh-field"><span className="qc-soft">{tw('fields')}</span>
          <Select mode="multiple" aria-label={tw('fields')} disabled={disabled} showSearch={{ optionFilterProp: 'label' }} value={subject.fields} onChange={value => onChange({ fields: value })} options={(entity?.fields ?? []).filter(f => !['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'].includes(f.name)).map(f => ({ value: f.name, label: f.label }))} /></label>}
        {isCase && <label className="wh-field"><span className="qc-soft">{tw('processes')}</span>
          <Select mode="multiple" aria-label={tw('processes')} disabled={disabled} showSearch={{ optionFilterProp: 'label' }} value={subject.processes} onChange={value => onChange({ processes: value })} options={choices.processes.map(p => ({ value: p.key, label: p.name }))} /></label>}
        {!isCase && entity && <Suspense fallback={<Skeleton lines={2} />}><div className="wh-if"><ConditionBlock entity={entity} event={subject.events.includes('changed') ? 'changed' : 'created'} disabled={disabled} value={{ tests: subject.tests, condition: subject.condition }} onChange={onChange} /></div></Suspense>}
      </>}
    </div>
  )
}

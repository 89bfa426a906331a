import { useState } from 'react'
import { askedBefore, flowsFrom, is, parts, ref, text } from '../studio/elements.ts'
import type { Bo, Shape } from '../studio/types.ts'
import { expression, str, type PanelProps } from './common.tsx'
import { Feel } from './Feel.tsx'
import { Choice, Line, Section, Tick, type Option } from './inputs.tsx'
import { tp } from './texts.ts'

const conditionOf = (flow: Bo): string => { const c = ref(flow, 'conditionExpression'); return c ? text(c, 'body') : '' }

function setCondition({ studio }: Pick<PanelProps, 'studio'>, shape: Shape, source: string): void {
  studio.set(shape, { conditionExpression: expression(shape.businessObject, source) })
}

/** The condition of one flow, and whether it is the way for all other cases. */
export function ConditionPanel(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  const source = ref(bo, 'sourceRef')
  if (!source) return null
  const from = studio.services.elementRegistry.get(source.id)
  const isDefault = ref(source, 'default') === bo
  const may = is(source, 'bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway', 'bpmn:UserTask', 'bpmn:ServiceTask', 'bpmn:Task', 'bpmn:ManualTask')
  if (!may) return null
  return (
    <>
      {from && <Tick label={tp('isDefault')} checked={isDefault} disabled={disabled} onChange={on => studio.set(from, { default: on ? bo : undefined })} />}
      {!isDefault && <Condition {...props} asked={askedBefore(source)} onChange={next => setCondition(props, shape, next)} />}
    </>
  )
}

export function Condition({ bo, entity, disabled, asked, onChange }: PanelProps & { asked: readonly Bo[], onChange: (next: string) => void }) {
  const source = conditionOf(bo)
  return (
    <>
      <Feel at={{ bo, entity }} rows={2} label={tp('condition')} value={source} disabled={disabled} hint={source ? tp('conditionOk') : tp('conditionNone')} placeholder={'outcome = "agree"'} onCommit={onChange} />
      {!disabled && <Section name="build" title={tp('build')} open={!source}><Builder source={source} asked={asked} entity={entity} onChange={onChange} /></Section>}
    </>
  )
}

const OPERATORS = ['=', '!=', '>', '<', '>=', '<='] as const
const names: Record<(typeof OPERATORS)[number], Parameters<typeof tp>[0]> = { '=': 'is', '!=': 'isNot', '>': 'more', '<': 'less', '>=': 'atLeast', '<=': 'atMost' }

/** A comparison chosen from lists: the result of the step before, or a field of the record or its form. */
function Builder({ source, asked, entity, onChange }: { source: string, asked: readonly Bo[], entity: PanelProps['entity'], onChange: (next: string) => void }) {
  const [field, setField] = useState<string>('outcome')
  const [operator, setOperator] = useState<(typeof OPERATORS)[number]>('=')
  const [value, setValue] = useState('')
  const outcomes: Option[] = asked.flatMap(task => parts(task, 'qc:Outcome').map(o => ({ value: str(o.id), label: `${str(o.label)}${asked.length > 1 ? `（${task.name ?? ''}）` : ''}` })))
  const known = entity?.fields.find(f => f.name === field)
  const written: Option[] = asked.flatMap(task => parts(task, 'qc:Field').map(f => ({ value: str(f.name), label: str(f.label) || str(f.name) })))
  const fields: Option[] = [{ value: 'outcome', label: tp('outcomeOf') }, ...(entity?.fields.map(f => ({ value: f.name, label: f.label })) ?? written)]
  const choices: Option[] = field === 'outcome' ? outcomes : known?.type === 'boolean' ? [{ value: 'true', label: '是' }, { value: 'false', label: '否' }] : known?.options ?? []
  const numeric = known ? ['integer', 'decimal', 'money'].includes(known.type) : /^-?\d+(\.\d+)?$/.test(value)
  const literal = field !== 'outcome' && (numeric || known?.type === 'boolean') ? value : JSON.stringify(value)
  const built = `${field} ${operator} ${literal}`
  const put = (joint: 'and' | 'or' | null) => { onChange(joint && source ? `${source} ${joint} ${built}` : built); setValue('') }
  return (
    <div className="qd-build">
      <Choice bare search label={tp('field')} value={field} options={uniqueBy(fields)} onChange={next => { setField(next ?? 'outcome'); setValue('') }} />
      <Choice bare label={tp('condition')} value={operator} options={OPERATORS.map(o => ({ value: o, label: tp(names[o]) }))} onChange={next => setOperator((next ?? '=') as typeof operator)} />
      {choices.length ? <Choice bare search label={tp('value')} placeholder={tp('value')} value={value || null} options={uniqueBy(choices)} onChange={next => setValue(next ?? '')} />
        : <input aria-label={tp('value')} placeholder={tp('value')} value={value} inputMode={numeric ? 'decimal' : 'text'} onChange={event => setValue(event.target.value)} />}
      <div className="qc-row">{source
        ? <><button type="button" className="qd-add" disabled={!value} onClick={() => put('and')}>{tp('and')}</button><button type="button" className="qd-add" disabled={!value} onClick={() => put('or')}>{tp('or')}</button><button type="button" className="qd-add" disabled={!value} onClick={() => put(null)}>{tp('put')}</button></>
        : <button type="button" className="qd-add" disabled={!value} onClick={() => put(null)}>{tp('put')}</button>}</div>
    </div>
  )
}

const uniqueBy = (options: readonly Option[]): Option[] => [...new Map(options.map(o => [o.value, o])).values()]

/** Where a gateway leads: every flow with its condition, and the one for all other cases. */
export function GatewayPanel(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  const flows = flowsFrom(bo)
  if (is(bo, 'bpmn:EventBasedGateway')) return <p className="qc-soft">{tp('eventGatewayHint')}</p>
  if (is(bo, 'bpmn:ParallelGateway')) return <p className="qc-soft">{tp('parallelHint')}</p>
  if (flows.length < 2) return <p className="qc-soft">{flows.length ? '' : tp('noBranches')}</p>
  const called = (flow: Bo): string => [flow.name, tp('to', { name: ref(flow, 'targetRef')?.name ?? '' })].filter(Boolean).join(' · ')
  const standard = ref(bo, 'default')
  return (
    <>
      <Choice label={tp('defaultFlow')} clearable placeholder={tp('noDefault')} value={standard?.id ?? null} disabled={disabled} options={flows.map(f => ({ value: f.id, label: called(f) }))}
        onChange={next => studio.set(shape, { default: flows.find(f => f.id === next) })} />
      <h3 className="qd-sub">{tp('branches')}</h3>
      {flows.filter(f => f !== standard).map(flow => {
        const drawn = studio.services.elementRegistry.get(flow.id)
        return drawn && <div key={flow.id} className="qd-branch">
          <div className="qc-row-between"><Line bare label={tp('name')} placeholder={tp('name')} value={flow.name ?? ''} disabled={disabled} onCommit={name => studio.services.modeling.updateLabel(drawn, name)} /><button type="button" className="qc-link" onClick={() => studio.select(flow.id)}>{tp('to', { name: ref(flow, 'targetRef')?.name ?? '' })}</button></div>
          <Condition {...props} shape={drawn} bo={flow} asked={askedBefore(bo)} onChange={next => setCondition(props, drawn, next)} />
        </div>
      })}
    </>
  )
}

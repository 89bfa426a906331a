import { parts, text } from '../studio/elements.ts'
import { AboutArea, type PanelProps } from './common.tsx'
import { Choice, Line, type Option } from './inputs.tsx'
import { tp } from './texts.ts'

/** The process itself: its name, the object it runs on, and the field that shows where a case is. */
export function ProcessPanel(props: PanelProps) {
  const { studio, shape, bo, process, catalogue, entity, disabled } = props
  if (!process) return null
  const [binding] = parts(process, 'qc:Binding')
  const bind = (next: { entity?: string, stageField?: string } | null) => studio.setParts(shape, process, 'qc:Binding', next?.entity ? [next] : [])
  const rename = (name: string) => {
    // the pool carries the name that one sees; both are one name to the person
    const pool = bo.$type === 'bpmn:Participant' ? shape : studio.services.elementRegistry.filter(e => e.type === 'bpmn:Participant')[0]
    studio.together(() => {
      studio.setInner(shape, process, { name })
      if (pool) studio.services.modeling.updateLabel(pool, name)
    })
  }
  const stageFields = entity?.fields.filter(f => f.type === 'choice' || f.type === 'text') ?? []
  const known = typeof binding?.entity === 'string' ? binding.entity : null
  return (
    <>
      {bo.$type !== 'bpmn:Participant' && <p className="qc-field-help">{tp('nothing')}</p>}
      <Line label={tp('name')} value={process.name ?? ''} maxLength={100} disabled={disabled} onCommit={rename} />
      <AboutArea {...props} bo={process} />
      <Choice label={tp('entity')} hint={tp('entityHint')} search clearable placeholder={tp('entityNone')} value={known} disabled={disabled}
        options={withUnknown(catalogue.entities.map(e => ({ value: e.name, label: e.label })), known)} onChange={next => bind(next ? { entity: next } : null)} />
      {known && <Choice label={tp('stageField')} hint={tp('stageFieldHint')} clearable search value={typeof binding?.stageField === 'string' ? binding.stageField : null} disabled={disabled}
        options={withUnknown(stageFields.map(f => ({ value: f.name, label: f.label })), typeof binding?.stageField === 'string' ? binding.stageField : null)} onChange={next => bind({ entity: known, ...(next ? { stageField: next } : {}) })} />}
    </>
  )
}

/** A value of the file that the company does not know is shown, not lost. */
export const withUnknown = (options: readonly Option[], value: string | null, say = (v: string) => v): Option[] => (value && !options.some(o => o.value === value) ? [{ value, label: say(value) }, ...options] : [...options])

export function RoleChoice({ studio, shape, bo, catalogue, disabled, placeholder }: PanelProps & { placeholder: string }) {
  const role = text(bo, 'qc:role') || null
  return <Choice label={tp('role')} search clearable placeholder={placeholder} value={role} disabled={disabled} options={withUnknown(catalogue.roles.map(r => ({ value: r.code, label: r.name })), role, code => tp('roleUnknown', { code }))}
    onChange={next => studio.set(shape, { 'qc:role': next ?? undefined })} />
}

export function LanePanel(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  return <><Line label={tp('name')} value={bo.name ?? ''} maxLength={60} disabled={disabled} onCommit={name => studio.services.modeling.updateLabel(shape, name)} /><RoleChoice {...props} placeholder={tp('roleNone')} /><AboutArea {...props} /></>
}

import '../styles/form.css'
import '../styles/task.css'
import { Checkbox } from 'antd'
import { Fragment, type ReactNode } from 'react'
import type { FormPart, Row, TaskDetail, TaskField } from '../core/types.ts'
import { Field } from '../form/Field.tsx'
import { tf } from '../form/texts.ts'
import { FieldValue } from '../list/FieldValue.tsx'
import { tt } from './texts.ts'

type Content = Pick<TaskDetail, 'script' | 'items' | 'form' | 'layout'>
type Tick = { id: string, label: string, required: boolean, ticked: boolean }

export type TaskFormProps = {
  content: Content
  prefix: string
  /** fields that are not there just now */
  hidden: ReadonlySet<string>
  valueOf: (name: string) => unknown
  errors: Readonly<Record<string, string>>
  /** nothing can be ticked or typed */
  disabled: boolean
  onChange: (field: TaskField, value: unknown) => void
  onTick: (id: string, ticked: boolean) => void
  /** stands around each thing on the form; what designs a form puts its handles there */
  frame?: (part: FormPart, inner: ReactNode) => ReactNode
  /** below the last field */
  end?: ReactNode
}

type Group = { key: string, head: FormPart | null, title: string, parts: FormPart[] }

/** The form in groups: its sections where it has some, else what to say, what to tick, what to fill in. What the company demands beyond the model comes last. */
export function groupsOf({ script, items, form, layout }: Content): Group[] {
  const all: FormPart[] = [...script.map(s => ({ part: 'script' as const, id: s.id })), ...items.map(i => ({ part: 'item' as const, id: i.id })), ...form.map(f => ({ part: 'field' as const, id: f.name }))]
  if (!layout) {
    const of = (part: FormPart['part'], title: string): Group => ({ key: part, head: null, title, parts: all.filter(p => p.part === part) })
    return [of('script', tt('script')), of('item', tt('items')), of('field', tt('form'))].filter(g => g.parts.length > 0)
  }
  const placed = layout.filter(p => p.part === 'section' || all.some(a => a.part === p.part && a.id === p.id))
  const rest = all.filter(a => !placed.some(p => p.part === a.part && p.id === a.id))
  const groups: Group[] = [{ key: '', head: null, title: '', parts: [] }]
  for (const part of placed) {
    if (part.part === 'section') groups.push({ key: part.id, head: part, title: part.label, parts: [] })
    else groups.at(-1)!.parts.push(part)
  }
  groups.push({ key: '+', head: null, title: '', parts: rest })
  return groups.filter(g => g.head || g.parts.length > 0)
}

/** What one does at a step: say, tick, fill in. The same on the page of the task and where the form is designed. */
export function TaskForm(props: TaskFormProps) {
  const { content, hidden, frame, end } = props
  const ticks = new Map<string, Tick>([...content.script.map(s => [`script:${s.id}`, { ...s, label: s.text }] as const), ...content.items.map(i => [`item:${i.id}`, i] as const)])
  const tickOf = (part: FormPart) => ticks.get(`${part.part}:${part.id}`)
  const fieldOf = (part: FormPart) => content.form.find(f => f.name === part.id)!
  const designed = content.layout !== undefined || content.form.some(f => f.width !== undefined)
  const groups = groupsOf(content).map(g => ({ ...g, parts: g.parts.filter(p => p.part !== 'field' || !hidden.has(p.id)) })).filter(g => g.parts.length > 0 || (frame && g.head))
  const around = (part: FormPart, inner: ReactNode) => <Fragment key={`${part.part}:${part.id}`}>{frame ? frame(part, inner) : inner}</Fragment>
  return <>
    {groups.map(group => {
      const shown = group.parts.flatMap(p => tickOf(p) ?? [])
      const onlyTicks = !content.layout && group.parts.every(p => p.part !== 'field')
      const toRead = !content.layout && !frame && !onlyTicks && group.parts.every(p => fieldOf(p).readOnly)
      const title = <h3>{toRead ? tt('facts') : group.title}{onlyTicks && <> <span className="qc-faint qc-number">{shown.filter(each => each.ticked).length}/{shown.length}</span></>}</h3>
      return (
        <section key={group.key} className="qc-form-group">
          {group.title && (group.head && frame ? frame(group.head, title) : title)}
          {onlyTicks ? <ul className="qc-ticks">{group.parts.map(part => <li key={part.id}>{around(part, <OneTick {...props} tick={tickOf(part)!} />)}</li>)}</ul>
            : <div className={designed ? 'qc-form-grid' : 'qc-fields'}>{group.parts.map(part => around(part, part.part === 'field' ? <OneField {...props} field={fieldOf(part)} /> : <div className="qc-ticks qc-field-wide"><OneTick {...props} tick={tickOf(part)!} /></div>))}</div>}
        </section>
      )
    })}
    {end}
  </>
}

function OneTick({ tick, disabled, onTick }: TaskFormProps & { tick: Tick }) {
  return <Checkbox checked={tick.ticked} disabled={disabled} onChange={event => onTick(tick.id, event.target.checked)}>
    {tick.label}{tick.required ? <span className="qc-required" title={tf('required', { label: '' })}> *</span> : <span className="qc-faint"> {tt('optional')}</span>}
  </Checkbox>
}

const OneField = ({ field, prefix, valueOf, disabled, errors, onChange }: TaskFormProps & { field: TaskField }) =>
  <Field prefix={prefix} field={field} width={field.width} value={valueOf(field.name)} disabled={disabled} error={errors[field.name]} onChange={value => onChange(field, value)} {...(field.readOnly ? { required: false } : {})}>
    {/* what is only to be read is text: in a greyed box it looks like an empty one */}
    {field.readOnly && <div id={`${prefix}-${field.name}`} className="qc-field-read"><FieldValue field={field} row={{ [field.name]: valueOf(field.name), $labels: field.valueLabel ? { [field.name]: field.valueLabel } : {} } as unknown as Row} /></div>}
  </Field>

import { FieldDialog } from '@quancheng/org/web'
import { forget, Icon, keys, queryClient, useEntity, type Row } from '@quancheng/ui'
import { Suspense, useState } from 'react'
import type { Form } from '../../rules/form.ts'
import type { CatalogueEntity, CatalogueField } from '../studio/types.ts'
import type { Variable } from '../studio/variables.ts'
import { NEW } from './Canvas.tsx'
import { tg } from './texts.ts'

type Line = { name: string, label: string, custom: boolean }
const ENGINES = /^(outcome|loopCounter|nrOf\w+|numberOf\w+)$/

type Props = { form: Form, entity: CatalogueEntity | null, /** of a process without a record: what is known when a case comes here */ variables: readonly Variable[], disabled: boolean, onAdd: (name: string) => void, onShow: (name: string) => void, onNewVariable: () => void, onNewPart: (part: 'section' | 'item' | 'script') => void }

/** What can stand on the form: the record's fields or the process's variables, those on it marked; and what a form has besides fields. */
export function Fields({ form, entity, variables, disabled, onAdd, onShow, onNewVariable, onNewPart }: Props) {
  const [typed, setTyped] = useState('')
  const [making, setMaking] = useState(false)
  const tenantField = useEntity('tenantField')
  const used = new Set(form.filter(e => e.part === 'field').map(e => e.id))
  const q = typed.trim().toLowerCase()
  // a variable of this form is as good as one from before; what the engine keeps of its rounds is nobody's to fill in
  const known = form.filter(e => e.part === 'field').map(e => ({ name: e.id, label: e.label }))
  const all: Line[] = entity ? entity.fields.map((f: CatalogueField) => ({ name: f.name, label: f.label, custom: f.meta?.custom === true }))
    : [...known, ...variables.filter(v => !ENGINES.test(v.name) && !used.has(v.name))].map(v => ({ ...v, custom: false }))
  const shown = all.filter(f => `${f.label} ${f.name}`.toLowerCase().includes(q))
  const made = async (row: Row) => {
    setMaking(false)
    await Promise.all([forget('tenantField', entity!.name), queryClient.invalidateQueries({ queryKey: keys.meta }), queryClient.invalidateQueries({ queryKey: ['process-catalogue'] })])
    onAdd(String(row.key))
  }
  return (
    <>
      {!disabled && <div className="qf-adds" role="group" aria-label={tg('add')}>
        {(['section', 'item', 'script'] as const).map(part => <button key={part} type="button" className="qd-add" onClick={() => onNewPart(part)}><Icon name="plus" size={13} />{tg(part === 'section' ? 'addSection' : part === 'item' ? 'addItem' : 'addScript')}</button>)}
      </div>}
      <h3>{entity ? tg('ofEntity', { label: entity.label }) : tg('variables')}</h3>
      {!entity && <p className="qc-field-help">{tg('variableHint')}</p>}
      {all.length > 5 && <input className="qf-find" type="search" aria-label={tg('find')} placeholder={tg('find')} value={typed} onChange={event => setTyped(event.target.value)} />}
      {!disabled && (entity ? entity.tenantFields && tenantField?.actions.create && <button type="button" className="qd-add" onClick={() => setMaking(true)}><Icon name="plus" size={13} />{tg('newField')}</button>
        : <button type="button" className="qd-add" onClick={onNewVariable}><Icon name="plus" size={13} />{tg('newVariable')}</button>)}
      <ul className="qf-fields qc-plain">
        {shown.map(f => {
          const on = used.has(f.name)
          return <li key={f.name}><button type="button" data-used={on || undefined} disabled={disabled && !on} draggable={!disabled && !on} title={f.name} onClick={() => (on ? onShow(f.name) : onAdd(f.name))}
            onDragStart={event => { event.dataTransfer.setData('text/plain', NEW + f.name); event.dataTransfer.effectAllowed = 'copy' }}>
            <span>{f.label || f.name}</span>{f.custom && <small>{tg('own')}</small>}{on ? <small className="qf-used"><Icon name="check" size={12} />{tg('used')}</small> : !disabled && <Icon name="plus" size={13} />}</button></li>
        })}
      </ul>
      {q && shown.length === 0 && <p className="qc-soft">{tg('nothing', { q: typed.trim() })}</p>}
      {making && entity && <Suspense fallback={null}><FieldDialog entity={entity.name} row={undefined} position={entity.fields.filter(f => f.meta?.custom).length} onClose={() => setMaking(false)} onSaved={made} /></Suspense>}
    </>
  )
}

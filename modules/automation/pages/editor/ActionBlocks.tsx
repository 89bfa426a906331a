import { Icon } from '@quancheng/ui'
import { Input, InputNumber, Select } from 'antd'
import { MAX_ACTIONS } from '../../rules/limits.ts'
import type { Action } from '../../rules/types.ts'
import { ta } from '../texts.ts'
import { Block, fieldOptions, type BlockProps } from './block.tsx'
import { ChangeFields } from './ChangeFields.tsx'
import { WhomPicker } from './WhomPicker.tsx'

const KINDS = ['todo', 'notice', 'change', 'start'] as const

/** 就: what is done, one after the other. */
export function ActionBlocks(p: BlockProps) {
  const { draft, set, choices, disabled } = p
  const { actions } = draft
  const on = choices.entities.find(e => e.name === draft.entity)
  const kinds = KINDS.filter(kind => kind === 'change' ? on?.change && draft.event !== 'removed' : kind === 'start' ? (on?.processes.length ?? 0) > 0 && draft.event !== 'removed' : true)
  const put = (at: number, action: Action) => set({ actions: actions.map((a, i) => i === at ? action : a) })
  const swap = (at: number, by: number) => { const next = [...actions]; [next[at], next[at + by]] = [next[at + by]!, next[at]!]; set({ actions: next }) }
  const fresh = (kind: Action['do']): Action => {
    const to = { by: 'role' as const, role: choices.roles.find(r => r.code === 'stationManager')?.code ?? choices.roles[0]?.code ?? '' }
    if (kind === 'todo') return { do: 'todo', to, title: '', minutes: 450 }
    if (kind === 'notice') return { do: 'notice', to, text: '' }
    if (kind === 'change') return { do: 'change', fields: [{ field: fieldOptions(p.entity, writable)[0]?.value ?? '', value: '' }] }
    return { do: 'start', process: on?.processes[0]?.key ?? '' }
  }
  return (
    <Block word={ta('then')}>
      {actions.map((action, at) => (
        <article key={at} className="au-action">
          <header>
            <h3>{at + 1}. {ta(action.do)}</h3>
            {!disabled && <span className="au-tools">
              <button type="button" className="qc-icon-button" disabled={at === 0} aria-label={ta('up')} title={ta('up')} onClick={() => swap(at, -1)}><Icon name="up" /></button>
              <button type="button" className="qc-icon-button" disabled={at === actions.length - 1} aria-label={ta('down')} title={ta('down')} onClick={() => swap(at, 1)}><Icon name="down" /></button>
              <button type="button" className="qc-icon-button" aria-label={ta('removeThis')} title={ta('removeThis')} onClick={() => set({ actions: actions.filter((_, i) => i !== at) })}><Icon name="close" /></button>
            </span>}
          </header>
          <One {...p} action={action} put={next => put(at, next)} />
        </article>
      ))}
      {!disabled && actions.length < MAX_ACTIONS && <div className="au-row au-adds" role="group" aria-label={ta('addAction')}>
        {kinds.map(kind => <button key={kind} type="button" className="qc-button" onClick={() => set({ actions: [...actions, fresh(kind)] })}><Icon name="plus" />{ta(kind)}</button>)}
      </div>}
    </Block>
  )
}

const writable = (f: { readOnly: boolean, immutable: boolean, access: string, type: string }): boolean => !f.readOnly && !f.immutable && f.access === 'edit' && f.type !== 'serial'

function One({ action, put, entity, choices, draft, disabled }: BlockProps & { action: Action, put: (next: Action) => void }) {
  const insert = (text: string, done: (text: string) => void) => !disabled && <Select className="au-insert" aria-label={ta('insert')} placeholder={ta('insert')} value={null} showSearch={{ optionFilterProp: 'label' }} options={fieldOptions(entity)} onChange={(_, option) => { const label = (option as { label?: string } | undefined)?.label; if (label) done(`${text}{${label}}`) }} />
  if (action.do === 'start') return <Select className="au-w2" aria-label={ta('process')} disabled={disabled} showSearch={{ optionFilterProp: 'label' }} value={action.process || null} onChange={process => put({ ...action, process })} options={(choices.entities.find(e => e.name === draft.entity)?.processes ?? []).map(p => ({ value: p.key, label: p.name }))} />
  if (action.do === 'change') return <ChangeFields action={action} put={put} entity={entity} options={fieldOptions(entity, writable)} disabled={disabled} />
  const whom = <WhomPicker value={action.to} onChange={to => put({ ...action, to })} entity={entity} roles={choices.roles} disabled={disabled} />
  if (action.do === 'notice') return <>{whom}<div className="au-row"><Input className="au-grow" aria-label={ta('text')} disabled={disabled} maxLength={180} placeholder={ta('text')} value={action.text} onChange={event => put({ ...action, text: event.target.value })} />{insert(action.text, text => put({ ...action, text }))}</div></>
  return (
    <>
      {whom}
      <div className="au-row"><Input className="au-grow" aria-label={ta('what')} disabled={disabled} maxLength={120} placeholder={ta('what')} value={action.title} onChange={event => put({ ...action, title: event.target.value })} />{insert(action.title, title => put({ ...action, title }))}</div>
      <Input.TextArea aria-label={ta('details')} disabled={disabled} autoSize={{ minRows: 1, maxRows: 6 }} maxLength={1000} placeholder={ta('details')} value={action.details ?? ''} onChange={event => put({ ...action, details: event.target.value })} />
      <div className="au-row"><span className="qc-soft">{ta('minutes')}</span><InputNumber className="au-minutes" aria-label={ta('minutes')} disabled={disabled} min={5} max={45000} step={30} value={action.minutes} onChange={minutes => put({ ...action, minutes: minutes ?? 450 })} /><span className="qc-soft">{ta('minutesUnit')}</span></div>
    </>
  )
}

import { Icon, Widget, type FieldMeta } from '@quancheng/ui'
import { Input, Select } from 'antd'
import type { Test } from '../../rules/types.ts'
import { opLabel, opsOf } from '../sentence.ts'
import { ta } from '../texts.ts'
import { Block, fieldOptions, type BlockProps } from './block.tsx'

const nothing = (op: Test['op']): boolean => op === 'empty' || op === 'notEmpty'

/** 如果: simple comparisons, and FEEL for the rest. */
export function IfBlock({ draft, set, entity, disabled }: BlockProps) {
  const options = fieldOptions(entity)
  const put = (at: number, test: Test) => set({ tests: draft.tests.map((t, i) => i === at ? test : t) })
  const add = () => { const field = entity?.fields.find(f => f.name === options[0]?.value); if (field) set({ tests: [...draft.tests, fresh(field, draft.event)] }) }
  return (
    <Block word={ta('ifs')}>
      {draft.tests.length === 0 && !draft.condition && <p className="qc-soft">{ta('always')}</p>}
      {draft.tests.map((test, at) => {
        const field = entity?.fields.find(f => f.name === test.field)
        return (
          <div key={at} className="au-row au-test">
            {at > 0 && <span className="au-and">{ta('and')}</span>}
            <Select className="au-w1" aria-label={ta('field')} disabled={disabled} showSearch={{ optionFilterProp: 'label' }} value={test.field} onChange={name => { const next = entity?.fields.find(f => f.name === name); if (next) put(at, fresh(next, draft.event)) }} options={options} />
            <Select className="au-w0" aria-label={ta('op')} disabled={disabled} value={test.op} onChange={op => put(at, { ...test, op, ...(nothing(op) ? { value: null } : {}) })} options={opsOf(field?.type ?? 'text', draft.event).map(op => ({ value: op, label: opLabel(op, field?.type ?? '') }))} />
            {field && !nothing(test.op) && <span className="au-w1"><Widget id={`test-${at}`} field={single(field)} value={test.value ?? null} disabled={disabled} onChange={value => put(at, { ...test, value: value as Test['value'] })} /></span>}
            {!disabled && <button type="button" className="qc-icon-button" aria-label={ta('removeThis')} title={ta('removeThis')} onClick={() => set({ tests: draft.tests.filter((_, i) => i !== at) })}><Icon name="close" /></button>}
          </div>
        )
      })}
      {!disabled && <button type="button" className="qc-link au-add" onClick={add}><Icon name="plus" />{ta('addTest')}</button>}
      <details className="au-feel" open={Boolean(draft.condition)}>
        <summary>{ta('moreFeel')}</summary>
        <Input.TextArea className="qc-mono" aria-label={ta('moreFeel')} disabled={disabled} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} value={draft.condition ?? ''} onChange={event => set({ condition: event.target.value || null })} />
        <p className="qc-faint">{ta('feelHint')}</p>
      </details>
    </Block>
  )
}

const fresh = (field: FieldMeta, event: string): Test => ({ field: field.name, op: opsOf(field.type, event)[0]!, value: field.type === 'boolean' ? true : null })
/** One value to compare with, whatever the field keeps; nothing that the field itself would insist on. */
const single = (field: FieldMeta): FieldMeta => ({ ...field, multiline: false, required: false, type: field.type === 'choices' ? 'choice' : field.type === 'refs' ? 'ref' : field.type })

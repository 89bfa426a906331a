import { PersonPicker, type EntityMeta } from '@quancheng/ui'
import { Select } from 'antd'
import type { Whom } from '../../rules/types.ts'
import type { Choices } from '../api.ts'
import { ta } from '../texts.ts'

/** To whom: a post near the record, somebody whom the record names, a person. */
export function WhomPicker({ value, onChange, entity, roles, disabled }: { value: Whom, onChange: (next: Whom) => void, entity: EntityMeta | undefined, roles: Choices['roles'], disabled: boolean }) {
  const people = (entity?.fields ?? []).filter(f => f.ref === 'user' && f.type === 'ref').map(f => ({ value: f.name, label: f.label }))
  const ways = [{ value: 'role', label: ta('byRole') }, ...(people.length ? [{ value: 'field', label: ta('byField') }] : []), { value: 'user', label: ta('byUser') }]
  const turn = (by: string) => onChange(by === 'role' ? { by, role: roles[0]?.code ?? '' } : by === 'field' ? { by, field: people[0]?.value ?? '' } : { by: 'user', userId: '' })
  return (
    <div className="au-row">
      <Select className="au-w0" aria-label={ta('to')} disabled={disabled} value={value.by} onChange={turn} options={ways} />
      {value.by === 'role' && <><Select className="au-w1" aria-label={ta('byRole')} disabled={disabled} showSearch={{ optionFilterProp: 'label' }} value={value.role || null} onChange={role => onChange({ by: 'role', role })} options={roles.map(r => ({ value: r.code, label: r.name }))} /><span className="qc-faint">{ta('roleHint')}</span></>}
      {value.by === 'field' && <Select className="au-w1" aria-label={ta('byField')} disabled={disabled} value={value.field || null} onChange={field => onChange({ by: 'field', field })} options={people} />}
      {value.by === 'user' && <span className="au-w1"><PersonPicker label={ta('byUser')} value={value.userId ? [value.userId] : []} onChange={ids => onChange({ by: 'user', userId: ids[0] ?? '' })} /></span>}
    </div>
  )
}

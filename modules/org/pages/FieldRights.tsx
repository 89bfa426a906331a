import { api, forget, t, useEntity, useGuard, useMeta, useSay, type Row } from '@quancheng/ui'
import { Select } from 'antd'
import { useState } from 'react'
import { to } from './texts.ts'

type Level = 'edit' | 'read' | 'mask' | 'none'
const levels: Level[] = ['edit', 'read', 'mask', 'none']
const words = { edit: 'edit', read: 'read', mask: 'mask', none: 'hidden' } as const

/** What a role sees of single fields. A field without a rule may be edited. */
export function FieldRights({ role }: { role: Row }) {
  const say = useSay()
  const meta = useMeta()
  const mayEdit = useEntity('role')?.actions.update ?? false
  const before = (role.fields ?? {}) as Record<string, Level>
  const [rules, setRules] = useState(before)
  const ruled = meta.entities.find(entity => Object.keys(before).some(key => key.startsWith(entity.name + '.')))
  const [name, setName] = useState(ruled?.name ?? meta.entities.find(entity => entity.name === 'customer')?.name ?? meta.entities[0]?.name)
  const entity = meta.entities.find(each => each.name === name)
  const different = [...new Set([...Object.keys(before), ...Object.keys(rules)])].filter(key => before[key] !== rules[key])
  const pass = useGuard(different.length > 0)
  const count = (of: string) => Object.keys(rules).filter(key => key.startsWith(of + '.')).length
  const set = (key: string, level: Level) => {
    const { [key]: _old, ...rest } = rules
    setRules(level === 'edit' && before[key] === undefined ? rest : { ...rest, [key]: level })
  }
  const save = async () => {
    try {
      await api.patch(`/roles/${role.id}`, { fields: rules, version: role.version })
      pass()
      say.ok(t('saved'))
      await forget('role')
    } catch (error) { say.error(error) }
  }
  return (
    <div>
      <div className="qo-bar">
        <Select style={{ width: 240 }} aria-label={to('object')} showSearch={{ optionFilterProp: 'label' }} value={name} onChange={setName} options={meta.entities.map(each => ({ value: each.name, label: count(each.name) > 0 ? `${each.label}（${count(each.name)}）` : each.label }))} />
        <span className="qc-soft">{to('fieldsHint')}</span>
      </div>
      {different.length > 0 && <div className="qo-savebar" role="status">{to('unsaved', { n: different.length })}<div className="qc-grow" /><button type="button" className="qc-button" onClick={() => setRules(before)}>{to('undo')}</button><button type="button" className="qc-button qc-button-primary" onClick={() => void save()}>{t('save')}</button></div>}
      <div className="qo-matrix"><table>
        <thead><tr><th>{to('field')}</th><th>{to('right')}</th></tr></thead>
        <tbody>{(entity?.fields ?? []).map(field => {
          const key = `${name}.${field.name}`
          return <tr key={key}><th scope="row">{field.label}</th><td>
            <select className="qo-select" data-on={rules[key] !== undefined} data-changed={different.includes(key)} disabled={!mayEdit} aria-label={field.label} value={rules[key] ?? 'edit'} onChange={event => set(key, event.target.value as Level)}>
              {levels.map(level => <option key={level} value={level}>{to(words[level])}</option>)}
            </select>
          </td></tr>
        })}</tbody>
      </table></div>
    </div>
  )
}

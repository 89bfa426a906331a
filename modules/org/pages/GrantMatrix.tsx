import { api, ErrorState, forget, Icon, Skeleton, t, useGuard, useMeta, useSay, useEntity, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { changed, choose, matrix, scopes, verbs, widest, type Grants, type Permission, type Scope } from './grants.ts'
import { to } from './texts.ts'

const scopeText = (scope: Scope) => to(scope === 'all' ? 'scopeAll' : scope)

/** Entity × verb → data scope. Changes are collected and saved together. */
export function GrantMatrix({ role }: { role: Row }) {
  const say = useSay()
  const meta = useMeta()
  const mayEdit = useEntity('role')?.actions.update ?? false
  const before = (role.grants ?? {}) as Grants
  const [grants, setGrants] = useState<Grants>(before)
  const [text, setText] = useState('')
  const read = useQuery({ queryKey: ['permissions'], queryFn: async ({ signal }) => { const answer = await api.get<Permission[] | Page<Permission>>('/permissions', { signal }); return Array.isArray(answer) ? answer : answer.items }, staleTime: 60_000 })
  const different = changed(before, grants)
  const pass = useGuard(different.length > 0)
  if (read.isPending) return <Skeleton lines={12} />
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  const wanted = text.trim().toLowerCase()
  const rows = matrix(read.data, name => meta.entities.find(entity => entity.name === name)?.label)
    .filter(row => wanted === '' || [row.label, row.entity, ...row.others.map(each => each.label)].some(each => each.toLowerCase().includes(wanted)))
  const columnLabel = (index: number) => read.data.find(each => each.code.endsWith(':' + verbs[index]))?.label ?? verbs[index]
  const save = async () => {
    try {
      await api.patch(`/roles/${role.id}`, { grants, version: role.version })
      pass()
      say.ok(t('saved'))
      await forget('role')
    } catch (error) { say.error(error) }
  }
  const cell = (permission: Permission, of: string) => (
    <ScopeSelect label={`${of} ${permission.label}`} permission={permission} value={widest(grants, permission.code)} changed={different.includes(permission.code)} disabled={!mayEdit} onChange={scope => setGrants(choose(grants, permission, scope))} />
  )
  const wholeRow = (own: Permission[], scope: Scope | '') => setGrants(own.reduce((all, each) => choose(all, each, scope), grants))
  return (
    <div>
      <div className="qo-bar"><Input style={{ width: 240 }} allowClear prefix={<Icon name="search" />} placeholder={to('findObject')} aria-label={to('findObject')} value={text} onChange={event => setText(event.target.value)} /></div>
      {different.length > 0 && <div className="qo-savebar" role="status">{to('unsaved', { n: different.length })}<div className="qc-grow" /><button type="button" className="qc-button" onClick={() => setGrants(before)}>{to('undo')}</button><button type="button" className="qc-button qc-button-primary" onClick={() => void save()}>{t('save')}</button></div>}
      <div className="qo-matrix" tabIndex={0} role="region" aria-label={to('grants')}>
        <table>
          <thead><tr><th>{to('object')}</th>{verbs.map((verb, i) => <th key={verb}>{columnLabel(i)}</th>)}<th>{to('otherRights')}</th>{mayEdit && <th>{to('wholeRow')}</th>}</tr></thead>
          <tbody>{rows.map(row => {
            const own = [...row.cells.filter(each => each !== undefined), ...row.others]
            return (
              <tr key={row.entity}><th scope="row">{row.label}</th>
                {row.cells.map((permission, i) => <td key={verbs[i]}>{permission && cell(permission, row.label)}</td>)}
                <td><div className="qo-others">{row.others.map(each => <label key={each.code}>{each.label}{cell(each, row.label)}</label>)}</div></td>
                {mayEdit && <td><select className="qo-select" aria-label={`${row.label} ${to('wholeRow')}`} value="?" onChange={event => wholeRow(own, event.target.value as Scope | '')}>
                  <option value="?" disabled>…</option><option value="">{to('none')}</option>{scopes.map(scope => <option key={scope} value={scope}>{scopeText(scope)}</option>)}
                </select></td>}
              </tr>
            )
          })}</tbody>
        </table>
      </div>
    </div>
  )
}

type SelectProps = { label: string, permission: Permission, value: Scope | '', changed: boolean, disabled: boolean, onChange: (scope: Scope | '') => void }

function ScopeSelect({ label, permission, value, changed: different, disabled, onChange }: SelectProps) {
  return (
    <select className="qo-select" data-on={value !== ''} data-changed={different} disabled={disabled} aria-label={label} value={permission.scoped || value === '' ? value : 'all'} onChange={event => onChange(event.target.value as Scope | '')}>
      <option value="">{to('none')}</option>
      {permission.scoped ? scopes.map(scope => <option key={scope} value={scope}>{scopeText(scope)}</option>) : <option value="all">{to('allowed')}</option>}
    </select>
  )
}

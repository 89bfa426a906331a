import './org.css'
import { api, EntityList, EntityPage, forget, Icon, RefPicker, t, useEntity, useMeta, useSay, type Row } from '@quancheng/ui'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { FieldRights } from './FieldRights.tsx'
import { GrantMatrix } from './GrantMatrix.tsx'
import { to } from './texts.ts'

/** A role: rights by entity and verb, rights by field, members. */
export default function RolePage() {
  const id = useParams().id!
  const meta = useMeta()
  return (
    <EntityPage key={id} entity="role" id={id} hideFields={['grants', 'fields']} actions={row => <CopyRole row={row} />}
      tabs={row => [
        { key: 'grants', label: to('grants'), content: <GrantMatrix key={row.version} role={row} /> },
        { key: 'fieldRights', label: to('fieldRights'), content: <FieldRights key={row.version} role={row} /> },
        ...(meta.entities.some(entity => entity.name === 'user') ? [{ key: 'members', label: to('members'), content: <Members role={row} /> }] : []),
      ]} />
  )
}

function CopyRole({ row }: { row: Row }) {
  const say = useSay()
  const navigate = useNavigate()
  const entity = useEntity('role')
  if (!entity?.actions.create) return null
  const copy = async () => {
    try {
      const made = await api.post<Row>('/roles', { code: `${String(row.code).slice(0, 24)}Copy${Math.floor(Math.random() * 900 + 100)}`, name: to('copyOf', { name: String(row.name) }), note: row.note ?? null, grants: row.grants ?? {}, fields: row.fields ?? {} })
      await forget('role')
      await navigate(`/e/roles/${made.id}?edit=1`)
    } catch (error) { say.error(error) }
  }
  return <button type="button" className="qc-button" onClick={() => void copy()}><Icon name="group" />{to('copyRole')}</button>
}

function Members({ role }: { role: Row }) {
  const say = useSay()
  const [adding, setAdding] = useState<string | null>(null)
  const change = async (ids: string[], work: (roles: string[]) => string[]) => {
    try {
      for (const id of ids) {
        const user = await api.get<Row>(`/users/${id}`)
        await api.patch(`/users/${id}`, { roleIds: work((user.roleIds as string[] | null) ?? []), version: user.version })
      }
      await forget('user', 'role')
      setAdding(null)
      say.ok(t('saved'))
    } catch (error) { say.error(error) }
  }
  return (
    <>
      <div className="qo-bar">
        <div style={{ width: 260 }}><RefPicker entity="user" ariaLabel={to('addMember')} placeholder={to('addMember')} value={adding} onChange={value => setAdding(value as string | null)} /></div>
        <button type="button" className="qc-button" disabled={!adding} onClick={() => void change([adding!], roles => [...new Set([...roles, role.id])])}><Icon name="plus" />{to('addMember')}</button>
      </div>
      <EntityList embedded entity="user" filter={{ roleIds: { has: role.id } }} columns={['username', 'name', 'unitId', 'off']}
        batch={(rows, clear) => <button type="button" className="qc-button" onClick={() => void change(rows.map(row => row.id), roles => roles.filter(id => id !== role.id)).then(clear)}>{to('removeMember')}</button>} />
    </>
  )
}

import './org.css'
import { api, EmptyState, ErrorState, forget, Icon, keys, PageFrame, queryClient, Skeleton, t, useEntity, useMeta, useSay, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { FieldDialog } from './FieldDialog.tsx'
import type { FieldSpec, types } from './fieldSpec.ts'
import { to } from './texts.ts'

/** Fields that the company itself adds to its records. */
export default function TenantFields() {
  const say = useSay()
  const meta = useMeta()
  const own = useEntity('tenantField')
  const [params, setParams] = useSearchParams()
  const [editing, setEditing] = useState<Row | 'new' | null>(null)
  const open = meta.entities.filter(entity => entity.tenantFields)
  const name = params.get('entity') ?? (open.find(entity => entity.name === 'customer') ?? open[0])?.name ?? ''
  const entity = open.find(each => each.name === name)
  const read = useQuery({ queryKey: keys.list('tenantField', { of: name }), queryFn: ({ signal }) => api.get<Page<Row>>('/fields', { query: { filter: { entity: name }, sort: 'position', limit: 200 }, signal }), enabled: name !== '' })
  const rows = read.data?.items ?? []
  const again = async () => { await forget('tenantField', name); await queryClient.invalidateQueries({ queryKey: keys.meta }) }
  const attempt = async (work: () => Promise<unknown>) => { try { await work(); await again() } catch (error) { say.error(error) } }
  const move = (index: number, by: number) => attempt(async () => {
    const order = [...rows]
    const [row] = order.splice(index, 1)
    order.splice(index + by, 0, row!)
    for (const [position, each] of order.entries()) if (each.position !== position) await api.patch(`/fields/${each.id}`, { position })
  })
  return (
    <PageFrame title={to('tenantFields')} actions={own?.actions.create && entity && <button type="button" className="qc-button qc-button-primary" onClick={() => setEditing('new')}><Icon name="plus" />{to('newField')}</button>}>
      <section className="qc-panel">
        <div className="qo-bar"><Select style={{ width: 240 }} aria-label={to('object')} showSearch={{ optionFilterProp: 'label' }} value={name} onChange={value => setParams({ entity: value })} options={open.map(each => ({ value: each.name, label: each.label }))} /></div>
        {read.isPending ? <Skeleton lines={4} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : rows.length === 0 ? <EmptyState icon="field" title={to('noFields', { label: entity?.label ?? '' })} hint={to('noFieldsHint')} /> : (
            <div className="qo-scroll"><table className="qo-plain">
              <thead><tr><th>{to('fieldLabel')}</th><th>{to('fieldType')}</th><th>{to('fieldRequired')}</th><th>API</th><th>{to('order')}</th><th /></tr></thead>
              <tbody>{rows.map((row, i) => {
                const spec = row.spec as FieldSpec
                return (
                  <tr key={row.id}><td>{spec.label[0]}{row.off === true && <span className="qc-faint"> {to('fieldOff')}</span>}</td><td>{to(spec.type as (typeof types)[number])} {spec.options && <span className="qc-faint">{spec.options.map(option => option.label[0]).join('、')}</span>}</td><td>{spec.required ? t('yes') : ''}</td><td><code className="qc-mono">{String(row.key)}</code></td>
                    <td><button type="button" className="qc-icon-button" disabled={i === 0} aria-label={to('up')} onClick={() => void move(i, -1)}><Icon name="up" /></button><button type="button" className="qc-icon-button" disabled={i === rows.length - 1} aria-label={to('down')} onClick={() => void move(i, 1)}><Icon name="down" /></button></td>
                    <td><div className="qc-row">{own?.actions.update && <><button type="button" className="qc-link" onClick={() => setEditing(row)}>{t('edit')}</button><button type="button" className="qc-link" onClick={() => void attempt(() => api.patch(`/fields/${row.id}`, { off: row.off !== true }))}>{row.off === true ? to('switchOn') : to('switchOff')}</button></>}</div></td>
                  </tr>
                )
              })}</tbody>
            </table></div>
          )}
      </section>
      {editing && <FieldDialog entity={name} row={editing === 'new' ? undefined : editing} position={rows.length} onClose={() => setEditing(null)} onSaved={async () => { setEditing(null); await again() }} />}
    </PageFrame>
  )
}

import './org.css'
import { api, EmptyState, ErrorState, Field, forget, Icon, keys, PageFrame, queryClient, Skeleton, t, Tag, useEntity, useMeta, useSay, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { draftOf, emptyDraft, hasOptions, previewOf, specOf, types, type Draft, type FieldSpec } from './fieldSpec.ts'
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

function FieldDialog({ entity, row, position, onClose, onSaved }: { entity: string, row: Row | undefined, position: number, onClose: () => void, onSaved: () => Promise<void> }) {
  const say = useSay()
  const meta = useMeta()
  const [draft, setDraft] = useState<Draft>(() => row ? draftOf(row) : emptyDraft)
  const [sample, setSample] = useState<unknown>(null)
  const put = (patch: Partial<Draft>) => setDraft(before => ({ ...before, ...patch }))
  const ready = draft.label.trim() !== '' && (!hasOptions(draft.type) || draft.options.trim() !== '') && (draft.type !== 'ref' || draft.to !== null)
  const save = async () => {
    try {
      const spec = specOf(draft, row?.spec as FieldSpec | undefined)
      if (row) await api.patch(`/fields/${row.id}`, { spec, version: row.version })
      else await api.post('/fields', { entity, spec, position })
      say.ok(t('saved'))
      await onSaved()
    } catch (error) { say.error(error) }
  }
  return (
    <Modal open title={row ? to('changeField') : to('newField')} okText={t('save')} okButtonProps={{ disabled: !ready }} onOk={() => void save()} onCancel={onClose} width={620}>
      <div className="qc-fields">
        <div className="qc-field"><label htmlFor="tf-label">{to('fieldLabel')} *</label><Input id="tf-label" autoFocus maxLength={40} value={draft.label} onChange={event => put({ label: event.target.value })} /></div>
        <div className="qc-field"><label htmlFor="tf-en">{to('fieldLabelEn')}</label><Input id="tf-en" maxLength={40} value={draft.labelEn} onChange={event => put({ labelEn: event.target.value })} /></div>
        <div className="qc-field"><label htmlFor="tf-type">{to('fieldType')} *</label><Select id="tf-type" style={{ width: '100%' }} disabled={row !== undefined} value={draft.type} options={types.map(type => ({ value: type, label: to(type) }))} onChange={type => { put({ type }); setSample(null) }} /><div className="qc-field-help">{to('fieldTypeHint')}</div></div>
        <div className="qc-field"><label htmlFor="tf-help">{to('fieldHelp')}</label><Input id="tf-help" maxLength={40} value={draft.help} onChange={event => put({ help: event.target.value })} /></div>
        {hasOptions(draft.type) && <div className="qc-field qc-field-wide"><label htmlFor="tf-options">{to('fieldOptions')} *</label><Input.TextArea id="tf-options" autoSize={{ minRows: 3 }} value={draft.options} onChange={event => put({ options: event.target.value })} /></div>}
        {draft.type === 'ref' && <div className="qc-field"><label htmlFor="tf-to">{to('fieldTarget')} *</label><Select id="tf-to" style={{ width: '100%' }} showSearch={{ optionFilterProp: 'label' }} value={draft.to} options={meta.entities.map(each => ({ value: each.name, label: each.label }))} onChange={value => put({ to: value })} /></div>}
        {draft.type === 'text' && <div className="qc-field"><label htmlFor="tf-max">{to('fieldMax')}</label><InputNumber id="tf-max" style={{ width: '100%' }} min={1} max={4000} value={draft.max} onChange={max => put({ max })} /></div>}
        <div className="qc-row"><Checkbox checked={draft.required} onChange={event => put({ required: event.target.checked })}>{to('fieldRequired')}</Checkbox>{draft.type === 'text' && <Checkbox checked={draft.multiline} onChange={event => put({ multiline: event.target.checked })}>{to('fieldMultiline')}</Checkbox>}</div>
      </div>
      <div style={{ marginTop: 16, paddingTop: 12, borderTop: '1px solid var(--qc-line)' }}><Tag>{to('preview')}</Tag><Field prefix="preview" field={previewOf(draft)} value={sample} onChange={setSample} /></div>
    </Modal>
  )
}

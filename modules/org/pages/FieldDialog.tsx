import { api, Field, t, Tag, useMeta, useSay, type Row } from '@quancheng/ui'
import { Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { draftOf, emptyDraft, hasOptions, previewOf, specOf, types, type Draft, type FieldSpec } from './fieldSpec.ts'
import { to } from './texts.ts'

/** One field of the company's own: made or changed. Also where forms are designed, so that nobody leaves to add one. */
export function FieldDialog({ entity, row, position, onClose, onSaved }: { entity: string, row: Row | undefined, position: number, onClose: () => void, onSaved: (row: Row) => Promise<void> }) {
  const say = useSay()
  const meta = useMeta()
  const [draft, setDraft] = useState<Draft>(() => row ? draftOf(row) : emptyDraft)
  const [sample, setSample] = useState<unknown>(null)
  const put = (patch: Partial<Draft>) => setDraft(before => ({ ...before, ...patch }))
  const ready = draft.label.trim() !== '' && (!hasOptions(draft.type) || draft.options.trim() !== '') && (draft.type !== 'ref' || draft.to !== null)
  const save = async () => {
    try {
      const spec = specOf(draft, row?.spec as FieldSpec | undefined)
      const saved = row ? await api.patch<Row>(`/fields/${row.id}`, { spec, version: row.version }) : await api.post<Row>('/fields', { entity, spec, position })
      say.ok(t('saved'))
      await onSaved(saved)
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

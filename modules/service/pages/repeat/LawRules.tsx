import './repeat.css'
import { api, can, EntityList, forget, Icon, RefPicker, useSay } from '@quancheng/ui'
import { Modal, Radio } from 'antd'
import { useState } from 'react'
import { tr } from './texts.ts'

/** 三包时限: the limits of each product line; the national ones to begin with, off until somebody has compared them (SP-29). */
export default function LawRules() {
  const [open, setOpen] = useState(false)
  return <><EntityList entity="lawRule" actions={can('lawRule:create') ? <button type="button" className="qc-button" onClick={() => setOpen(true)}><Icon name="download" />{tr('national')}</button> : undefined} />{open && <National onClose={() => setOpen(false)} />}</>
}

function National({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const [productLineId, setLine] = useState<string | null>(null)
  const [category, setCategory] = useState<'computer' | 'phone'>('computer')
  const [busy, setBusy] = useState(false)
  const load = async () => {
    setBusy(true)
    try { const { created } = await api.post<{ created: number }>('/service/law-rules/national', { productLineId, category }); say.ok(tr('loaded', { n: created })); await forget('lawRule'); onClose() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={tr('national')} okText={tr('national')} okButtonProps={{ disabled: !productLineId, loading: busy }} onOk={() => void load()} onCancel={onClose}>
      <div className="re-form">
        <label><span className="qc-soft">{tr('line')}</span><RefPicker entity="productLine" ariaLabel={tr('line')} value={productLineId} onChange={value => setLine(typeof value === 'string' ? value : null)} /></label>
        <div><span className="qc-soft">{tr('category')}</span><br /><Radio.Group aria-label={tr('category')} optionType="button" value={category} onChange={event => setCategory(event.target.value as 'computer' | 'phone')} options={[{ value: 'computer', label: tr('computer') }, { value: 'phone', label: tr('phone') }]} /></div>
      </div>
    </Modal>
  )
}

import { api, messageOf, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Modal, Segmented } from 'antd'
import { useState } from 'react'
import { periodText } from '../../pages/span.ts'
import { tl } from '../../pages/texts.ts'
import { amountText, nameOf } from './Targets.tsx'
import type { Target } from './tree.ts'

type Part = { period: string, unit: string | null, person: string | null, amount: string, before: string }

/** The parts as they would be, then made. */
export function Divide({ target, onClose, onDone }: { target: Target, onClose: () => void, onDone: () => void }) {
  const say = useSay()
  const [over, setOver] = useState<'periods' | 'units' | 'people'>('periods'), [by, setBy] = useState<'even' | 'lastYear'>('even'), [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: ['target-parts', target.id, over, by], retry: false, queryFn: ({ signal }) => api.get<{ parts: Part[] }>(`/targets/${target.id}/parts`, { query: { over, by }, signal }) })
  const parts = read.data?.parts ?? [], count = parts.filter(p => Number(p.amount)).length
  const make = async () => {
    setBusy(true)
    try { await api.post(`/targets/${target.id}/distribute`, { over, by }); say.ok(tl('made', { n: count })); onDone() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={tl('divideTitle', { n: nameOf(target) })} onCancel={onClose} onOk={() => void make()} okText={tl('make', { n: count })} cancelText={tl('cancel')} okButtonProps={{ disabled: count === 0 }} confirmLoading={busy}>
      <div className="pl-form">
        <Segmented aria-label={tl('over')} value={over} onChange={v => setOver(v as typeof over)} options={[{ value: 'periods', label: tl('periods') }, { value: 'units', label: tl('units') }, { value: 'people', label: tl('people') }]} />
        <Segmented aria-label={tl('by')} value={by} onChange={v => setBy(v as typeof by)} options={[{ value: 'even', label: tl('even') }, { value: 'lastYear', label: tl('lastYear') }]} />
        {read.isError ? <p className="pl-wrong" role="alert">{messageOf(read.error)}</p> : <table className="pl-table"><thead><tr><th>{tl('part')}</th><th>{tl('lastYearWas')}</th><th>{tl('amount')}</th></tr></thead>
          <tbody>{parts.map(p => <tr key={`${p.period}${p.unit ?? ''}${p.person ?? ''}`}><th>{p.person ?? p.unit ?? periodText(p.period)}</th><td>{amountText(target, p.before)}</td><td><b>{amountText(target, p.amount)}</b></td></tr>)}</tbody></table>}
      </div>
    </Modal>
  )
}

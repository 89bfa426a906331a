import { api, FieldValue, useEntity, useSay } from '@quancheng/ui'
import { Input } from 'antd'
import { useState } from 'react'
import { FormDialog, unitYuan, yuan } from '../shared.tsx'
import { tk } from '../texts.ts'
import type { Done, GroupData } from './types.ts'

/** Prices of the whole group side by side, and the requests for others with what they would do to it. */
export function Prices({ data, onDone }: { data: GroupData, onDone: Done }) {
  const say = useSay(), state = useEntity('priceRequest')?.fields.find(f => f.name === 'state')
  const [asking, setAsking] = useState<GroupData['prices'][number] | null>(null)
  const decide = async (id: string, accept: boolean) => { try { await api.post(`/price-requests/${id}/decide`, { accept }); onDone(tk('decided')) } catch (error) { say.error(error) } }
  return (
    <div className="qc-stack">
      {data.requests.length > 0 && <section className="qc-panel"><header><h2>{tk('requests')}</h2></header><div className="ka-wrap"><table className="ka-table"><tbody>{data.requests.map(r => (
        <tr key={r.id}><td>{r.branch} · {r.item}<br /><span className="qc-soft">{r.by}：{r.reason}</span></td><td className="ka-n">{unitYuan(r.fromPrice)} → <b>{unitYuan(r.toPrice)}</b></td>
          <td className="ka-less">{tk('effect', { a: yuan(r.amountBefore), b: yuan(r.amountAfter) })}{r.marginBefore && <><br />{tk('margin', { a: r.marginBefore, b: r.marginAfter ?? '—' })}</>}</td>
          <td>{r.state === 'waiting' && data.place.sets ? <div className="qc-row"><button type="button" className="qc-button qc-button-primary" onClick={() => void decide(r.id, true)}>{tk('accept')}</button><button type="button" className="qc-button" onClick={() => void decide(r.id, false)}>{tk('decline')}</button></div> : state ? <FieldValue field={state} row={r as never} /> : r.state}</td></tr>))}</tbody></table></div></section>}
      <section className="qc-panel"><header><h2>{tk('prices')}</h2><span className="qc-soft">{tk('hqOnly')}</span></header><div className="ka-wrap"><table className="ka-table"><thead><tr><th>{tk('item')}</th><th>{tk('branch')}</th><th className="ka-n ka-less">{tk('quantity')}</th><th className="ka-n">{tk('onePrice')}</th><th /></tr></thead>
        <tbody>{data.prices.map(p => <tr key={p.id}><td>{p.item}</td><td>{p.customer}</td><td className="ka-n ka-less">{p.quantity ?? '—'} {p.unit}</td><td className="ka-n">{unitYuan(p.unitPrice)}</td><td className="ka-n"><button type="button" className="qc-link" onClick={() => setAsking(p)}>{tk('ask')}</button></td></tr>)}</tbody></table></div></section>
      {asking && <Ask line={asking} onClose={() => setAsking(null)} onDone={onDone} />}
    </div>
  )
}

function Ask({ line, onClose, onDone }: { line: GroupData['prices'][number], onClose: () => void, onDone: Done }) {
  const [values, setValues] = useState({ toPrice: '', reason: '' })
  const save = async () => { await api.post(`/contract-lines/${line.id}/ask-price`, values, { quiet: true }); onDone(tk('asked')) }
  return <FormDialog title={`${tk('ask')} · ${line.customer} ${line.item} ${unitYuan(line.unitPrice)}`} okText={tk('ask')} required={['toPrice', 'reason']} values={values} onClose={onClose} onSave={save}>{field => <>
    {field('toPrice', tk('toPrice'), <Input id="ka-toPrice" autoFocus inputMode="decimal" value={values.toPrice} onChange={e => setValues(v => ({ ...v, toPrice: e.target.value }))} />)}
    {field('reason', tk('reason'), <Input.TextArea id="ka-reason" rows={3} maxLength={500} value={values.reason} onChange={e => setValues(v => ({ ...v, reason: e.target.value }))} />, true)}
  </>}</FormDialog>
}

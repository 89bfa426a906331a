import { api, EmptyState, listHref } from '@quancheng/ui'
import { Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { FormDialog, unitYuan, yuan } from '../shared.tsx'
import { tk } from '../texts.ts'
import type { Done, GroupData } from './types.ts'

/** The group's agreement with its branches, or (before there is one) what the branches add up to. */
export function Agreements({ data, may, onDone }: { data: GroupData, may: boolean, onDone: Done }) {
  const { agreement, virtual, branches, sums } = data.agreements
  const [signing, setSigning] = useState(false)
  if (!branches.length && !agreement) return <section className="qc-panel"><EmptyState icon="audit" title={tk('noBranches')} hint={tk('noBranchesHint')} /></section>
  const href = listHref('contracts', agreement ? { parentId: agreement.id } : { id: { in: branches.slice(0, 200).map(b => b.id) } })
  return (
    <div className="qc-stack">
      <section className="qc-panel"><header><h2>{virtual ? tk('virtual') : <Link to={`/e/contracts/${agreement!.id}`}>{agreement!.number} {agreement!.title}</Link>}</h2>{virtual && may && sums.length === 1 && <button type="button" className="qc-button qc-button-primary" onClick={() => setSigning(true)}>{tk('sign')}</button>}</header>
        <div className="qc-panel-pad qc-stack"><p className="qc-soft">{virtual ? tk('virtualHint') : `${agreement!.validFrom ?? ''} – ${agreement!.validUntil ?? ''}`}</p>
          {sums.map(s => <div key={s.volumeUnit ?? ''} className="ka-sums"><div><span className="qc-soft">{tk('contract')}</span><b><Link to={href}>{s.count}</Link></b></div><div><span className="qc-soft">{tk('volume')}</span><b><Link to={href}>{yuan(s.volume)} {s.volumeUnit}</Link></b></div><div><span className="qc-soft">{tk('amount')}</span><b><Link to={href}>{yuan(s.amount)}</Link></b></div><div><span className="qc-soft">{tk('unitPrice')}</span><b>{unitYuan(s.unitPrice)}</b></div></div>)}</div></section>
      <section className="qc-panel ka-wrap"><table className="ka-table"><thead><tr><th>{tk('branch')}</th><th>{tk('contract')}</th><th className="ka-n">{tk('volume')}</th><th className="ka-n ka-less">{tk('amount')}</th><th className="ka-n">{tk('unitPrice')}</th><th className="ka-less">{tk('until')}</th></tr></thead>
        <tbody>{branches.map(b => <tr key={b.id}><td><Link to={`/e/customers/${b.customerId}`}>{b.customer}</Link></td><td><Link to={`/e/contracts/${b.id}`}>{b.number}</Link></td><td className="ka-n">{b.volume ? `${yuan(b.volume)} ${b.volumeUnit ?? ''}` : '—'}</td><td className="ka-n ka-less">{yuan(b.amount)}</td><td className="ka-n">{unitYuan(b.unitPrice)}</td><td className="ka-less">{b.validUntil ?? '—'}</td></tr>)}</tbody></table></section>
      {signing && <Sign data={data} onClose={() => setSigning(false)} onDone={onDone} />}
    </div>
  )
}

function Sign({ data, onClose, onDone }: { data: GroupData, onClose: () => void, onDone: Done }) {
  const [values, setValues] = useState({ title: `${data.name}集团协议`, validFrom: data.until, validUntil: '' })
  const set = (patch: Partial<typeof values>) => setValues(v => ({ ...v, ...patch }))
  const save = async () => { const r = await api.post<{ number: string, children: number }>(`/key-accounts/${data.id}/sign`, values, { quiet: true }); onDone(tk('signed', { n: r.number, c: r.children })) }
  return (
    <FormDialog title={tk('sign')} okText={tk('sign')} required={['title', 'validFrom', 'validUntil']} values={values} onClose={onClose} onSave={save}>{field => <>
      <p className="qc-soft ka-wide">{tk('signHint', { n: data.agreements.branches.length })}</p>
      {field('title', tk('titleOf'), <Input id="ka-title" autoFocus maxLength={100} value={values.title} onChange={e => set({ title: e.target.value })} />, true)}
      {field('validFrom', tk('validFrom'), <Input id="ka-validFrom" type="date" value={values.validFrom} onChange={e => set({ validFrom: e.target.value })} />)}
      {field('validUntil', tk('validUntil'), <Input id="ka-validUntil" type="date" value={values.validUntil} onChange={e => set({ validUntil: e.target.value })} />)}
    </>}</FormDialog>
  )
}

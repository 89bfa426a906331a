import './voucher.css'
import { api, dateTimeText, EmptyState, ErrorState, Icon, QrCode, Skeleton, t, useSession, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { trackAddress } from '../shared/tenant.ts'
import { td } from './texts.ts'

const text = (value: unknown): string => typeof value === 'string' ? value : ''

/** What the customer takes home. Made only from the stored record; without customer and phone there is none (SP-12). */
export default function Voucher() {
  const id = useParams().id!
  const session = useSession()
  const navigate = useNavigate()
  const [printedAt] = useState(() => new Date())
  const read = useQuery({
    queryKey: ['entity', 'serviceRequest', 'row', id, 'voucher'],
    queryFn: async ({ signal }) => {
      const row = await api.get<Row>(`/service-requests/${id}`, { signal })
      const unit = await api.get<Row>(`/units/${text(row.unitId)}`, { signal }).catch(() => null)
      return { row, unit }
    },
  })
  const number = text(read.data?.row.number)
  useEffect(() => { document.title = `${td('voucherTitle')} ${number}` }, [number])
  if (read.isPending) return <main className="vo"><Skeleton lines={8} /></main>
  if (read.isError) return <main className="vo"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></main>
  const { row, unit } = read.data
  const back = () => { if (window.opener || history.length <= 1) window.close(); void navigate(`/e/service-requests/${id}`) }
  if (!row.customerId || !row.phone) return <main className="vo"><EmptyState icon="ticket" title={td('notYet')} hint={td('notYetHint')} action={<button type="button" className="qc-button" onClick={back}>{t('back')}</button>} /></main>
  const facts: Array<[string, string]> = [
    ['客户 Customer', text(row.customerName)], ['电话 Phone', text(row.phone)], ['设备 Device', text(row.model)], ['序列号 Serial no.', text(row.serialNo)],
    ['故障 Fault', text(row.faultDescription)], ['外观 Appearance', text(row.appearance)], ['随机配件 Accessories', text(row.accessories)], ['送修时间 Received', dateTimeText(text(row.startedAt))],
  ]
  return (
    <main className="vo">
      <div className="vo-tools"><button type="button" className="qc-button" onClick={back}>{t('close')}</button><button type="button" className="qc-button qc-button-primary" autoFocus onClick={() => window.print()}><Icon name="ticket" />{td('print')}</button></div>
      <article className="vo-paper">
        <header><p>{session.tenant.name} · {text(unit?.name)}</p><h1>{td('voucherTitle')}</h1></header>
        <div className="vo-top">
          <div><p className="vo-number">{number}</p><p className="vo-code">{td('code')} <b>{text(row.trackCode)}</b></p></div>
          <figure><QrCode size={128} label={td('scan')} text={trackAddress(location.origin, number, text(row.trackCode), session.tenant.code)} /><figcaption>{td('scan')}</figcaption></figure>
        </div>
        <dl>{facts.filter(([, value]) => value !== '').map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
        <p className="vo-rule">{td('rule')}</p>
        <footer><span>{td('clerk')}：{session.user.name}</span><span>{td('signature')}：<i /></span></footer>
        <p className="vo-foot">{text(unit?.address)} {text(unit?.phone)} · {td('printedAt')} {dateTimeText(printedAt)}</p>
      </article>
    </main>
  )
}

import { can, Icon, QrCode, useSession, type Row } from '@quancheng/ui'
import { Link } from 'react-router'
import { trackAddress } from '../shared/tenant.ts'
import { tq } from './texts.ts'

/** What a clerk shows or tells the customer: the code to scan, the four digits, the voucher. */
export function ForCustomer({ request }: { request: Row }) {
  const session = useSession()
  const number = String(request.number), code = typeof request.trackCode === 'string' ? request.trackCode : ''
  if (!code) return null
  const address = trackAddress(location.origin, number, code, session.tenant.code)
  return (
    <section className="qc-panel">
      <header><h2>{tq('forCustomer')}</h2>{can('serviceRequest:print') && <Link to={`/voucher/${request.id}`} target="_blank"><Icon name="ticket" /> {tq('voucher')}</Link>}</header>
      <div className="qc-panel-pad sr-customer">
        <QrCode text={address} size={104} label={tq('scan')} />
        <div><p>{tq('scan')}</p><p>{tq('code')} <b className="sr-code">{code}</b></p><a href={address} target="_blank" rel="noreferrer">{tq('openTrack')}</a></div>
      </div>
    </section>
  )
}

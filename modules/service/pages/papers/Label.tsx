import './papers.css'
import { EmptyState, ErrorState, Icon, QrCode, Skeleton, t, useSay } from '@quancheng/ui'
import { Barcode } from '@quancheng/paper/web'
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate, useParams } from 'react-router'
import { tb } from './texts.ts'
import { askPrint, usePaperFacts } from './usePapers.ts'

/** The sticker on the device, 60 × 40 mm. Everybody in the workshop and at the door sees it: no full name, no telephone. */
export default function Label() {
  const id = useParams().id!
  const navigate = useNavigate()
  const say = useSay()
  const read = usePaperFacts(id)
  const [copy, setCopy] = useState<number | null>(null)
  const number = read.data?.number ?? ''
  useEffect(() => { document.title = `${tb('labelTitle')} ${number}` }, [number])
  if (read.isPending) return <main className="la"><Skeleton lines={5} /></main>
  if (read.isError) return <main className="la"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></main>
  const f = read.data, shown = copy ?? f.copies.label
  const back = () => { if (window.opener || history.length <= 1) window.close(); void navigate(`/e/service-requests/${id}`) }
  if (!f.model) return <main className="la"><EmptyState icon="ticket" title={tb('labelTitle')} hint={tb('noModel')} action={<button type="button" className="qc-button" onClick={back}>{t('back')}</button>} /></main>
  const print = async () => {
    try {
      const asked = await askPrint(id, 'label', { by: 'browser' })
      flushSync(() => setCopy(asked.copy))
      window.print()
      setCopy(null)
      await read.refetch()
    } catch (error) { say.error(error) }
  }
  return (
    <main className="la">
      <style>{'@page { size: 60mm 40mm; margin: 0 }'}</style>
      <div className="la-tools"><span>{tb('labelHint')}</span><button type="button" className="qc-button" onClick={back}>{t('close')}</button><button type="button" className="qc-button qc-button-primary" autoFocus onClick={() => void print()}><Icon name="ticket" />{tb('label')}</button></div>
      <article className="la-paper">
        <div className="la-number">{f.number}{shown > 0 && <small> {tb('copy', { n: shown })}</small>}</div>
        <div className="la-bars"><Barcode text={f.number} module={0.25} height={7} /></div>
        <div><p>{f.model}</p><p>SN {f.serialNo || '—'}</p><p>{f.customer}</p><p>{f.takenAt}</p></div>
        <figure><QrCode text={f.number} size={64} label={f.number} /></figure>
      </article>
    </main>
  )
}

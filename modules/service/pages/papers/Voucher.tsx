import './voucher.css'
import { dateTimeText, EmptyState, ErrorState, Icon, QrCode, Skeleton, t, useSay, useSession } from '@quancheng/ui'
import { Barcode } from '@quancheng/paper/web'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate, useParams } from 'react-router'
import { td } from '../desk/texts.ts'
import { tb } from './texts.ts'
import { askPrint, usePaperFacts } from './usePapers.ts'

type Size = 'a5' | 'w80'
const MM_PER_PX = 25.4 / 96, MIN_STRIP = 80, KEPT = 'quancheng.voucher'

/** What the customer takes home, printed by the browser on A5 or 80 mm. Made only from the stored record; without customer and phone there is none (SP-12). */
export default function Voucher() {
  const id = useParams().id!
  const session = useSession()
  const navigate = useNavigate()
  const say = useSay()
  const paper = useRef<HTMLElement>(null)
  const [size, setSize] = useState<Size>(() => (localStorage.getItem(KEPT) === 'w80' ? 'w80' : 'a5'))
  const [printed, setPrinted] = useState<{ copy: number, at: Date } | null>(null)
  const [height, setHeight] = useState(0)
  const [openedAt] = useState(() => new Date())
  const read = usePaperFacts(id)
  const number = read.data?.number ?? ''
  useEffect(() => { document.title = `${td('voucherTitle')} ${number}` }, [number])
  // a strip has no length of its own: it is as long as what stands on it
  useLayoutEffect(() => { setHeight((paper.current?.offsetHeight ?? 0) * MM_PER_PX) }, [size, read.data, printed])
  if (read.isPending) return <main className="vo"><Skeleton lines={8} /></main>
  if (read.isError) return <main className="vo"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></main>
  const f = read.data, copy = printed?.copy ?? f.copies.voucher
  const back = () => { if (window.opener || history.length <= 1) window.close(); void navigate(`/e/service-requests/${id}`) }
  if (!f.ready) return <main className="vo"><EmptyState icon="ticket" title={td('notYet')} hint={td('notYetHint')} action={<button type="button" className="qc-button" onClick={back}>{t('back')}</button>} /></main>
  if (f.unproven) return <main className="vo"><EmptyState icon="ticket" title={td('notYet')} hint={td('unprovenHint')} action={<button type="button" className="qc-button" onClick={back}>{t('back')}</button>} /></main>
  const choose = (next: Size) => { localStorage.setItem(KEPT, next); setSize(next) }
  const print = async () => {
    try {
      const asked = await askPrint(id, 'voucher', { by: 'browser' })
      // the number of the copy must stand on the paper before the browser takes its picture
      flushSync(() => setPrinted({ copy: asked.copy, at: new Date() }))
      window.print()
      setPrinted(null)
      await read.refetch()
    } catch (error) { say.error(error) }
  }
  return (
    <main className={`vo vo-${size}`}>
      <style>{size === 'w80' ? `@page { size: 80mm ${Math.max(MIN_STRIP, Math.ceil(height + 12))}mm; margin: 3mm }` : '@page { size: A5; margin: 8mm }'}</style>
      <div className="vo-tools">
        <div className="vo-sizes" role="radiogroup" aria-label={tb('paper')}>{(['a5', 'w80'] as const).map(each => <button key={each} type="button" role="radio" aria-checked={size === each} className="qc-button" onClick={() => choose(each)}>{each === 'a5' ? 'A5' : '80 mm'}</button>)}</div>
        <button type="button" className="qc-button" onClick={back}>{t('close')}</button><button type="button" className="qc-button qc-button-primary" autoFocus onClick={() => void print()}><Icon name="ticket" />{td('print')}</button>
      </div>
      <article className="vo-paper" ref={paper}>
        <header><p>{f.company} · {f.site.name}</p><h1>{td('voucherTitle')}</h1>{copy > 0 && <p className="vo-copy">{tb('copy', { n: copy })}</p>}</header>
        <div className="vo-top">
          <div><p className="vo-number">{number}</p><p className="vo-code">{td('code')} <b>{f.code}</b></p><Barcode text={number} module={size === 'w80' ? 0.33 : 0.3} height={11} /></div>
          <figure><QrCode size={128} label={td('scan')} text={f.link} /><figcaption>{td('scan')}</figcaption></figure>
        </div>
        <dl>{f.facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
        {f.terms.map(term => <p key={term} className="vo-rule">{term}</p>)}
        <footer><span>{td('clerk')}：{session.user.name}</span><span>{td('signature')}：<i /></span></footer>
        <p className="vo-foot">{f.site.address} {f.site.phone} · {td('printedAt')} {dateTimeText(printed?.at ?? openedAt)}</p>
      </article>
    </main>
  )
}

import { Comments, dateText, ErrorState, fieldOf, Icon, Markdown, PageFrame, parseMarkdown, queryClient, ReasonDialog, Skeleton, Tag, useEntity, useLive, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { imageOf, knowledge, type ArticleView } from './api.ts'
import { Diff, Visible, Worth } from './parts.tsx'
import { tk } from './texts.ts'

const COLOR = { draft: undefined, review: 'gold', published: 'green', withdrawn: 'red' } as const
type Reasoned = 'send-back' | 'withdraw' | 'useless'

/** One article: read it, say whether it helped, see where it did and what became of it; those who may write or approve act here. */
export default function Article() {
  const id = useParams().id!
  const say = useSay()
  const meta = useEntity('article')
  const [asking, setAsking] = useState<Reasoned | null>(null)
  const [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: ['knowledge', 'article', id], queryFn: ({ signal }) => knowledge.view(id, signal) })
  useLive(change => change.id === id, () => void read.refetch())
  if (read.isPending) return <PageFrame title={tk('title')} back="/knowledge"><section className="qc-panel"><Skeleton lines={10} /></section></PageFrame>
  if (read.isError) return <PageFrame title={tk('title')} back="/knowledge"><section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section></PageFrame>
  const a = read.data, { may, open } = a
  const run = async (work: () => Promise<unknown>, text: string) => {
    setBusy(true)
    try { await work(); say.ok(text); await queryClient.invalidateQueries({ queryKey: ['knowledge'] }) } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const act = (name: 'submit' | 'recall' | 'publish') => () => void run(() => knowledge.act(id, name), tk(name === 'submit' ? 'submitted' : 'done'))
  const reasoned = async (reason: string) => { const what = asking!; setAsking(null); await run(() => what === 'useless' ? knowledge.rate(id, false, reason) : knowledge.act(id, what, { reason }), what === 'useless' ? tk('thanks') : tk('done')) }
  return (
    <PageFrame title={a.title} back="/knowledge" subtitle={`${a.number}${a.edition > 0 ? ` · ${tk('edition', { n: a.edition })}` : ''}`} actions={<>
      {may.approve && <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={act('publish')}>{tk('publish')}</button>}
      {may.publish && open?.state === 'review' && <button type="button" className="qc-button" disabled={busy} onClick={() => setAsking('send-back')}>{tk('sendBack')}</button>}
      {may.update && open?.state === 'draft' && <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={act('submit')}>{tk('submit')}</button>}
      {may.update && open?.state === 'review' && may.wrote && <button type="button" className="qc-button" disabled={busy} onClick={act('recall')}>{tk('recall')}</button>}
      {may.update && open?.state !== 'review' && <Link className="qc-button" to={`/knowledge/${id}/edit`}><Icon name="edit" />{tk('edit')}</Link>}
      {may.publish && a.state === 'published' && <button type="button" className="qc-button" disabled={busy} onClick={() => setAsking('withdraw')}>{tk('withdraw')}</button>}
    </>}>
      <div className="kb-article">
        <div>
          {open && <Working a={a} />}
          <article className="qc-panel qc-panel-pad qc-md"><Markdown blocks={parseMarkdown(a.body)} image={imageOf} /></article>
          {a.state === 'published' && <section className="qc-panel qc-panel-pad qc-row"><b>{tk('helped')}</b>
            <button type="button" className="qc-button" aria-pressed={a.myRating?.useful === true} disabled={busy} onClick={() => void run(() => knowledge.rate(id, true), tk('thanks'))}>{a.myRating?.useful === true && <Icon name="check" />}{tk('useful')}</button>
            <button type="button" className="qc-button" aria-pressed={a.myRating?.useful === false} disabled={busy} onClick={() => setAsking('useless')}>{a.myRating?.useful === false && <Icon name="check" />}{tk('useless')}</button></section>}
          <UsedIn a={a} />
          {meta && <section className="qc-panel"><Comments entity={meta} id={id} /></section>}
        </div>
        <div>
          <section className="qc-panel qc-panel-pad"><dl>
            <dt>{meta && fieldOf(meta, 'state')?.label}</dt><dd><Tag color={COLOR[a.state]}>{tk(a.state)}</Tag></dd>
            <dt>{tk('forWhom')}</dt><dd>{a.visibility === 'internal' ? tk('internal') : <Visible of={a.visibility} />}{a.visibility === 'limited' && ` ${[...a.units, ...a.roles].join('、')}`}</dd>
            {a.lines.length > 0 && <><dt>{tk('line')}</dt><dd>{a.lines.join('、')}</dd></>}
            {a.faultCodes.length > 0 && <><dt>{tk('fault')}</dt><dd>{a.faultCodes.map(code => meta && fieldOf(meta, 'faultCodes')?.options?.find(option => option.value === code)?.label || code).join('、')}</dd></>}
            {a.author && <><dt>{tk('author')}</dt><dd>{a.author}</dd></>}
            {a.publishedBy && <><dt>{tk('approved')}</dt><dd>{a.publishedBy} <When at={a.publishedAt} form="absolute" /></dd></>}
            {a.validUntil && <><dt>{tk('validUntil')}</dt><dd>{dateText(a.validUntil)}</dd></>}
            {a.requestId && a.requestNumber && <><dt>{tk('from')}</dt><dd><Link to={`/e/service-requests/${a.requestId}`}>{a.requestNumber}</Link></dd></>}
          </dl><Worth of={a} /></section>
          <Versions id={id} edition={a.edition} />
          {a.complaints.length > 0 && <section className="qc-panel"><header><h2>{tk('complaints')}</h2></header><ul className="kb-list">{a.complaints.map((each, i) => <li key={i} className="kb-row"><span>{each.reason}</span><span className="qc-faint">{each.by}</span></li>)}</ul></section>}
        </div>
      </div>
      {asking && <ReasonDialog open title={asking === 'useless' ? tk('useless') : tk(asking === 'withdraw' ? 'withdraw' : 'sendBack')} hint={asking === 'useless' ? tk('uselessWhy') : tk('why')} onClose={() => setAsking(null)} onOk={reasoned} />}
    </PageFrame>
  )
}

function Working({ a }: { a: ArticleView }) {
  const open = a.open!
  const first = a.state !== 'published'
  return (
    <section className="qc-panel qc-panel-pad">
      <div>{!first && tk(open.state === 'review' ? 'revisionWaits' : 'revising', { by: open.by ?? '' })}{open.state === 'review' && a.may.publish && a.may.wrote && <span className="qc-soft"> {tk('selfWritten')}</span>}{open.note && <span className="qc-soft"> {open.note}</span>}</div>
      {first && <Tag color={COLOR[a.state]}>{tk(a.state)}</Tag>}
      {open.reason && <div className="qc-danger">{tk('wasSentBack', { why: open.reason })}</div>}
      {open.diff && <Diff lines={open.diff} />}
    </section>
  )
}

function UsedIn({ a }: { a: ArticleView }) {
  const others = a.uses - a.usedIn.length
  return (
    <section className="qc-panel"><header><h2>{tk('usedIn')}</h2><span className="qc-soft">{tk('uses', { n: a.uses })}</span></header>
      {a.uses === 0 ? <p className="kb-row qc-soft">{tk('notUsed')}</p> : <ul className="kb-list">
        {a.usedIn.map(each => <li key={each.id} className="kb-row"><span><Link to={`/e/service-requests/${each.id}`}>{each.number}</Link> {each.model} <span className="qc-soft">{each.fault}</span></span><span className="qc-soft">{each.by}</span><span className="qc-faint"><When at={each.at} /></span></li>)}
        {others > 0 && <li className="kb-row qc-soft">{tk('othersUsed', { n: others })}</li>}
      </ul>}</section>
  )
}

function Versions({ id, edition }: { id: string, edition: number }) {
  const [shown, setShown] = useState<number | null>(null)
  const read = useQuery({ queryKey: ['knowledge', 'versions', id, edition], queryFn: ({ signal }) => knowledge.versions(id, signal), enabled: edition > 0 })
  if (!read.data?.items.length) return null
  return (
    <section className="qc-panel"><header><h2>{tk('versions')}</h2></header><ul className="kb-list">{read.data.items.map(version => (
      <li key={version.edition} className="kb-row"><span><b>{tk('edition', { n: version.edition })}</b> {version.note}<br /><span className="qc-soft">{version.by} · {tk('approved')} {version.approved} · <When at={version.at} form="absolute" /></span></span>
        {version.diff && <button type="button" className="qc-link" aria-expanded={shown === version.edition} onClick={() => setShown(shown === version.edition ? null : version.edition)}>{tk('diff')}</button>}
        {shown === version.edition && version.diff && <Diff lines={version.diff} />}</li>
    ))}</ul></section>
  )
}

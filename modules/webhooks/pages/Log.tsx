import './webhooks.css'
import { can, EmptyState, ErrorState, PageFrame, Skeleton, useMeta, useSay, When } from '@quancheng/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Drawer, Segmented, Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { again, hooksApi, hooksKey, logKey, type Delivery } from './api.ts'
import { tw } from './texts.ts'

const STATES = ['all', 'waiting', 'done', 'failed', 'dropped'] as const

/** Each message: to whom, of what, what came of it; what failed is sent again from here. */
export default function Log() {
  const say = useSay()
  const [params, setParams] = useSearchParams()
  const webhookId = params.get('hook') ?? undefined, state = params.get('state') ?? undefined
  const [open, setOpen] = useState<string | null>(null)
  const hooks = useQuery({ queryKey: hooksKey, queryFn: ({ signal }) => hooksApi.hooks(signal) })
  const read = useInfiniteQuery({
    queryKey: [...logKey, webhookId, state], initialPageParam: '', getNextPageParam: (page: { next: string | null }) => page.next,
    queryFn: ({ pageParam, signal }) => hooksApi.log({ webhookId, state, after: pageParam || undefined }, signal), refetchInterval: 10_000,
  })
  const set = (name: string, value: string | undefined) => setParams(before => { const next = new URLSearchParams(before); if (value) next.set(name, value); else next.delete(name); return next }, { replace: true })
  const items = read.data?.pages.flatMap(page => page.items) ?? []
  const hook = hooks.data?.items.find(h => h.id === webhookId)
  const resendAll = async () => {
    if (!hook || !(await say.ask({ title: tw('resendAsk', { n: hook.failed }), okText: tw('resend') }))) return
    try { const { again: n } = await hooksApi.resend({ webhookId: hook.id }); say.ok(tw('resent', { n })); await again() } catch (error) { say.error(error) }
  }
  return (
    <PageFrame title={tw('log')} subtitle={tw('logLead')} back="/webhooks" actions={hook && hook.failed > 0 && hook.mayEdit && can('webhook:edit') ? <button type="button" className="qc-button" onClick={() => void resendAll()}>{tw('resendAll')}</button> : undefined} bar={<div className="qc-row wh-bar">
      <Select className="wh-pick" allowClear showSearch={{ optionFilterProp: 'label' }} aria-label={tw('allHooks')} placeholder={tw('allHooks')} value={webhookId ?? null} onChange={value => set('hook', value ?? undefined)} options={(hooks.data?.items ?? []).map(h => ({ value: h.id, label: h.name }))} />
      <Segmented value={state ?? 'all'} onChange={value => set('state', value === 'all' ? undefined : value)} options={STATES.map(each => ({ value: each, label: tw(each) }))} />
    </div>}>
      <section className="qc-panel">
        {read.isPending ? <Skeleton lines={8} height={20} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : items.length === 0 ? <EmptyState icon="audit" title={tw('noLog')} hint={tw('noLogHint')} />
            : <ul className="qc-plain">{items.map(d => <One key={d.id} delivery={d} onOpen={() => setOpen(d.id)} />)}</ul>}
        {read.hasNextPage && <div className="wh-more"><button type="button" className="qc-button" disabled={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{tw('more')}</button></div>}
      </section>
      {open && <Detail id={open} onEnd={() => setOpen(null)} />}
    </PageFrame>
  )
}

function One({ delivery: d, onOpen }: { delivery: Delivery, onOpen: () => void }) {
  const meta = useMeta()
  const entity = meta.entities.find(e => e.name === d.entity)
  return (
    <li className="wh-one">
      <span className={`wh-state wh-${d.state}`}>{tw(d.state)}</span>
      <button type="button" className="wh-one-main" onClick={onOpen}>
        <span><b>{d.webhookName}</b> · <span className="qc-mono">{d.type}</span>{entity && <span className="qc-soft"> {entity.label} {d.label}</span>}</span>
        {d.error && <span className="qc-danger">{d.error}{d.attempts > 1 && `（${tw('tried', { n: d.attempts })}）`}</span>}
        {d.state === 'waiting' && d.attempts > 0 && d.dueAt && <span className="qc-faint">{tw('nextAt', { at: '' })}<When at={d.dueAt} form="absolute" /></span>}
      </button>
      <span className="wh-one-how qc-faint">{d.status ?? ''}{d.ms !== null && ` ${tw('ms', { n: d.ms })}`}</span>
      <span className="wh-one-at qc-faint"><When at={d.at} form="absolute" /></span>
    </li>
  )
}

const pretty = (text: string): string => { try { return JSON.stringify(JSON.parse(text), null, 2) } catch { return text } }

function Detail({ id, onEnd }: { id: string, onEnd: () => void }) {
  const say = useSay()
  const meta = useMeta()
  const read = useQuery({ queryKey: [...logKey, 'one', id], queryFn: ({ signal }) => hooksApi.delivery(id, signal), refetchInterval: 5_000 })
  const d = read.data, entity = meta.entities.find(e => e.name === d?.entity)
  const resend = async () => { try { const { again: n } = await hooksApi.resend({ ids: [id] }); say.ok(tw('resent', { n })); await again() } catch (error) { say.error(error) } }
  return (
    <Drawer open onClose={onEnd} size={Math.min(680, window.innerWidth)} title={d ? <>{d.webhookName} · <span className="qc-mono">{d.type}</span></> : tw('log')} extra={d && !d.hidden && d.body !== null && (d.state === 'failed' || d.state === 'dropped') && can('webhook:edit') && <button type="button" className="qc-button qc-button-primary" onClick={() => void resend()}>{tw('resend')}</button>}>
      {read.isPending ? <Skeleton lines={8} /> : !d ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <div className="qc-stack wh-detail">
        <p><span className={`wh-state wh-${d.state}`}>{tw(d.state)}</span> {d.error && <span className="qc-danger">{d.error}</span>}</p>
        {entity && d.recordId && <p><Link to={`/e/${entity.plural}/${d.recordId}`}>{entity.label} {d.label}</Link></p>}
        <section><h3>{tw('request')}</h3>
          <pre className="wh-text">{`POST ${d.url}\nwebhook-id: ${d.messageId}`}</pre>
          <pre className="wh-text">{d.body !== null ? pretty(d.body) : tw(d.hidden ? 'hidden' : 'gone')}</pre></section>
        <section><h3>{tw('answer')} {d.status !== null && <span className="qc-mono">{d.status}</span>}</h3><pre className="wh-text">{d.hidden ? tw('hidden') : d.answer === null ? tw('noAnswer') : d.answer || tw('emptyAnswer')}</pre></section>
        {d.tries.length > 0 && <section><h3>{tw('tries')}</h3><ul className="qc-plain">{d.tries.map((t, i) => <li key={i}><When at={t.at} form="absolute" /> · {t.status ?? '—'} · {tw('ms', { n: t.ms })}{t.error && <span className="qc-danger"> {t.error}</span>}</li>)}</ul></section>}
      </div>}
    </Drawer>
  )
}

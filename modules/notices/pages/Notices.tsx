import './notices.css'
import { can, EmptyState, ErrorState, Icon, listHref, PageFrame, Skeleton, shortText, useEntity, useLive, useSay, When, type Page, type Row } from '@quancheng/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { again, noticesApi, noticesKey } from './api.ts'
import { tn } from './texts.ts'

const STATES = ['all', 'waiting', 'sent', 'failed', 'unknown', 'dropped'] as const

/** What customers were told: what went, what waits, what a person must decide. */
export default function Notices() {
  const [params, setParams] = useSearchParams()
  const state = params.get('state') ?? 'all', channel = params.get('channel')
  const meta = useEntity('customerNotice')
  const read = useInfiniteQuery({
    queryKey: [...noticesKey, state, channel], initialPageParam: '', getNextPageParam: (page: Page<Row>) => page.next,
    queryFn: ({ pageParam, signal }) => noticesApi.list({ filter: { ...(state === 'all' ? {} : { state }), ...(channel ? { channel } : {}) }, after: pageParam || undefined }, signal),
  })
  useLive('customerNotice', () => void again())
  const set = (name: string, value: string | null) => setParams(before => { const next = new URLSearchParams(before); if (value) next.set(name, value); else next.delete(name); return next }, { replace: true })
  const label = (field: string, value: unknown) => meta?.fields.find(f => f.name === field)?.options?.find(o => o.value === value)?.label ?? String(value)
  const items = read.data?.pages.flatMap(page => page.items) ?? []
  return (
    <PageFrame title={tn('title')} subtitle={tn('lead')} actions={<><Link className="qc-button" to={listHref('customer-notices')}>{tn('search')}</Link>{can('customerNotice:setUp') && <Link className="qc-button" to="/notices/settings"><Icon name="settings" />{tn('settings')}</Link>}</>}
      bar={<div className="qc-row no-bar"><Segmented value={state} onChange={value => set('state', value === 'all' ? null : value)} options={STATES.map(value => ({ value, label: tn(value) }))} />
        <Select allowClear aria-label={tn('channel')} placeholder={tn('allChannels')} style={{ minWidth: 160 }} value={channel} onChange={value => set('channel', value ?? null)} options={meta?.fields.find(f => f.name === 'channel')?.options ?? []} /></div>}>
      <section className="qc-panel">
        {read.isPending ? <Skeleton lines={8} height={22} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : items.length === 0 ? <EmptyState icon="bell" title={tn('none')} hint={tn('noneHint')} /> : <ul className="qc-plain">{items.map(n => <One key={n.id} n={n} label={label} />)}</ul>}
        {read.hasNextPage && <div className="qc-panel-pad"><button type="button" className="qc-button" disabled={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{tn('more')}</button></div>}
      </section>
    </PageFrame>
  )
}

function One({ n, label }: { n: Row, label: (field: string, value: unknown) => string }) {
  const say = useSay()
  const act = async (verb: 'again' | 'settle' | 'drop', body?: Record<string, unknown>) => { try { await noticesApi.act(n.id, verb, body); say.ok(tn('done')); await again() } catch (error) { say.error(error) } }
  const may = can('customerNotice:send'), state = String(n.state)
  return (
    <li className="no-row">
      <span className={`no-state no-${state}`}>{label('state', state)}</span>
      <div className="no-main">
        <p><b>{label('event', n.event)}</b> · {label('channel', n.channel)} · {String(n.toShown ?? '')}{typeof n.requestId === 'string' && <> · <Link to={`/e/service-requests/${n.requestId}`}>{n.$labels?.requestId ?? ''}</Link></>}</p>
        <p className="qc-soft">{String(n.text ?? '')}</p>
        {typeof n.error === 'string' && <p className="qc-danger">{n.error}{Number(n.attempts) > 1 && `（${tn('tries', { n: Number(n.attempts) })}）`}</p>}
        <p className="qc-faint">{state === 'waiting' && typeof n.dueAt === 'string' ? tn('at', { t: shortText(n.dueAt) }) : <When at={typeof n.sentAt === 'string' ? n.sentAt : n.createdAt} form="absolute" />}</p>
      </div>
      {may && <div className="no-acts">
        {state === 'unknown' && <button type="button" className="qc-button" onClick={() => void act('settle', { sent: true })}>{tn('wasSent')}</button>}
        {state === 'unknown' && <button type="button" className="qc-button" onClick={() => void act('settle', { sent: false })}>{tn('wasNot')}</button>}
        {(state === 'unknown' || state === 'failed') && <button type="button" className="qc-button" onClick={() => void act('again')}>{tn('again')}</button>}
        {(state === 'waiting' || state === 'failed') && <button type="button" className="qc-button" onClick={() => void act('drop')}>{tn('drop')}</button>}
      </div>}
    </li>
  )
}

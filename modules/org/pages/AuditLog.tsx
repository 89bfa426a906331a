import './org.css'
import { api, download, EmptyState, ErrorState, HistoryItem, Icon, PageFrame, RefPicker, Skeleton, t, useMeta, useSay, When, type HistoryEntry, type Page } from '@quancheng/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { DatePicker, Modal, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ta } from './adminTexts.ts'
import { Faults, LastNight, type Fault } from './Verified.tsx'

type Line = HistoryEntry & { entity: string, entityLabel?: string, plural?: string | null, recordId: string, title?: string | null, redacted?: boolean }
type Verification = { ok: boolean, rows: number, broken: Fault[] }

/** Who did what, across the whole company: by person, date, entity; with before and after. */
export default function AuditLog() {
  const say = useSay()
  const meta = useMeta()
  const [params, setParams] = useSearchParams()
  const [result, setResult] = useState<Verification | null>(null)
  const [busy, setBusy] = useState(false)
  const entity = params.get('entity'), actor = params.get('actor'), from = params.get('from'), to = params.get('to')
  const query = { entity, actor, from, to }
  const set = (patch: Record<string, string | null>) => setParams(before => {
    const next = new URLSearchParams(before)
    for (const [name, value] of Object.entries(patch)) if (value) next.set(name, value); else next.delete(name)
    return next
  })
  const read = useInfiniteQuery({
    queryKey: ['audit', query], initialPageParam: '', getNextPageParam: (page: Page<Line>) => page.next,
    queryFn: ({ pageParam, signal }) => api.get<Page<Line>>('/audit', { query: { ...query, after: pageParam }, signal }),
  })
  const lines = read.data?.pages.flatMap(page => page.items) ?? []
  const verify = async () => {
    setBusy(true)
    try { setResult(await api.get<Verification>('/audit/verify', { query: { entity }, timeoutMs: 600_000 })) } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <PageFrame title={ta('audit')} actions={<>
      <button type="button" className="qc-button" title={ta('verifyHint')} disabled={busy} onClick={() => void verify()}><Icon name="check" />{busy ? t('loading') : ta('verify')}</button>
      <button type="button" className="qc-button" onClick={() => void download('/audit/export', query, `${ta('audit')}.xlsx`).catch(say.error)}><Icon name="download" />{ta('exportLog')}</button>
    </>}>
      <LastNight />
      <section className="qc-panel">
        <div className="qo-bar">
          <div style={{ width: 180 }}><RefPicker entity="user" ariaLabel={ta('person')} placeholder={ta('person')} value={actor} onChange={value => set({ actor: value as string | null })} /></div>
          <DatePicker.RangePicker aria-label={ta('period')} allowEmpty={[true, true]} value={[from ? dayjs(from) : null, to ? dayjs(to) : null]} onChange={dates => set({ from: dates?.[0]?.format('YYYY-MM-DD') ?? null, to: dates?.[1]?.format('YYYY-MM-DD') ?? null })} />
          <Select style={{ width: 180 }} allowClear showSearch={{ optionFilterProp: 'label' }} aria-label={ta('object')} placeholder={ta('allObjects')} value={entity} onChange={(value: string | undefined) => set({ entity: value ?? null })} options={meta.entities.map(each => ({ value: each.name, label: each.label }))} />
        </div>
        {read.isPending ? <Skeleton lines={8} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : lines.length === 0 ? <EmptyState icon="audit" title={ta('noLines')} hint={ta('noLinesHint')} />
            : <ol className="qo-audit">{lines.map(line => {
                const target = meta.entities.find(each => each.name === line.entity)
                const plural = line.plural ?? target?.plural
                const label = [line.entityLabel ?? target?.label ?? line.entity, line.title].filter(Boolean).join(' ')
                return (
                  <li key={`${line.entity}/${line.recordId}/${line.seq}`}>
                    <When at={line.at} form="absolute" />
                    <span>{plural ? <Link to={`/e/${plural}/${line.recordId}`}>{label}</Link> : label}</span>
                    <div><HistoryItem time={false} entry={line} fields={target?.fields ?? []} />{line.redacted && <span className="qc-faint">{ta('redacted')}</span>}</div>
                  </li>
                )
              })}</ol>}
        {read.hasNextPage && <div style={{ padding: 12, textAlign: 'center' }}><button type="button" className="qc-button" disabled={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('loadMore')}</button></div>}
      </section>
      <Modal open={result !== null} title={ta('verify')} footer={null} onCancel={() => setResult(null)}>
        {result && <div className="qc-stack">
          <p className={result.ok ? '' : 'qc-danger'}><Icon name={result.ok ? 'check' : 'warn'} /> {result.ok ? ta('verifyOk', { n: result.rows }) : ta('verifyBad', { n: result.rows, bad: result.broken.length })}</p>
          {result.broken.length > 0 && <Faults faults={result.broken.slice(0, 50)} all={result.broken.length} />}
        </div>}
      </Modal>
    </PageFrame>
  )
}

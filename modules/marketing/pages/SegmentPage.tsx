import './marketing.css'
import { api, can, EmptyState, EntityPage, fieldOf, FilterBar, findEntity, forget, Skeleton, useGuard, useMeta, useSay, type Filter, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { tm } from './texts.ts'

type Words = { behaviours: Array<{ name: string, label: string, unit: string, measure: string, text: boolean }>, groups: Array<{ key: string, label: string, count: number }> }
type Term = { behaviour: string, days?: string, months?: number[], text?: string, perYear?: boolean, gte?: string, lte?: string }
type Draft = { mode: 'all' | 'any', filter: Filter, terms: Term[], rfm: string[], rest: unknown[] }
type Preview = { count: number, rows: Array<{ id: string, name: string, tier: string | null, city: string | null, unit: string | null }> }

export default function SegmentPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="segment" id={id} hideFields={['rule']} top={row => <div className="mk-top"><RuleEditor row={row} /></div>} />
}

/** The saved rule as the editor shows it; combinations that it cannot show are carried along untouched. */
export function draftOf(rule: unknown): Draft {
  const r = (rule ?? { all: [] }) as Record<string, unknown>, mode = Array.isArray(r.any) ? 'any' : 'all'
  const list = (Array.isArray(r[mode]) ? r[mode] : [r]) as Array<Record<string, unknown>>
  const draft: Draft = { mode, filter: {}, terms: [], rfm: [], rest: [] }
  for (const n of list) {
    // either-or fields are terms of their own; a filter bar's conditions all hold
    if ('field' in n && (mode === 'all' || !Object.keys(draft.filter).length)) Object.assign(draft.filter, n.field)
    else if ('behaviour' in n) draft.terms.push({ ...n, ...Object.fromEntries(['days', 'gte', 'lte'].filter(k => n[k] !== undefined).map(k => [k, String(n[k])])) } as unknown as Term)
    else if ('rfm' in n && !draft.rfm.length) draft.rfm = n.rfm as string[]
    else draft.rest.push(n)
  }
  return draft
}

const number = (text: string | undefined): number | undefined => (text?.trim() ? Number(text) : undefined)
export const ruleOf = (d: Draft): Record<string, unknown> => ({ [d.mode]: [
  ...(Object.keys(d.filter).length ? [{ field: d.filter }] : []),
  ...d.terms.map(t => ({ behaviour: t.behaviour, ...(number(t.days) === undefined ? {} : { days: number(t.days) }), ...(t.months?.length ? { months: t.months } : {}), ...(t.text?.trim() ? { text: t.text.trim() } : {}), ...(t.perYear ? { perYear: true } : {}), ...(number(t.gte) === undefined ? {} : { gte: number(t.gte) }), ...(number(t.lte) === undefined ? {} : { lte: number(t.lte) }) })),
  ...(d.rfm.length ? [{ rfm: d.rfm }] : []), ...d.rest,
] })

const MONTHS = Array.from({ length: 12 }, (_, i) => ({ value: i + 1, label: `${i + 1} 月` }))

function RuleEditor({ row }: { row: Row }) {
  const say = useSay(), customer = findEntity(useMeta(), 'customer'), may = can('segment:update')
  const [d, setD] = useState<Draft>(() => draftOf(row.rule)), [touched, setTouched] = useState(false), [busy, setBusy] = useState(false)
  const [seen, setSeen] = useState(row.version), changed = touched && row.version !== seen
  // saved by others: shown, unless something is being written here
  if (!touched && row.version !== seen) { setSeen(row.version); setD(draftOf(row.rule)) }
  useGuard(touched)
  const words = useQuery({ queryKey: ['entity', 'segment', 'words'], queryFn: ({ signal }) => api.get<Words>('/segments/words', { signal }) })
  const rule = ruleOf(d), whole = d.terms.every(t => (t.gte ?? '').trim() || (t.lte ?? '').trim())
  const preview = useQuery({ queryKey: ['entity', 'segment', 'preview', JSON.stringify(rule)], queryFn: ({ signal }) => api.post<Preview>('/segments/preview', { rule }, { signal }), enabled: whole, retry: false, placeholderData: before => before })
  const set = (patch: Partial<Draft>) => { setD({ ...d, ...patch }); setTouched(true) }
  const term = (i: number, patch: Partial<Term>) => set({ terms: d.terms.map((t, at) => (at === i ? { ...t, ...patch } : t)) })
  const save = async () => {
    if (!whole || busy) return
    setBusy(true)
    try { await api.post(`/segments/${row.id}/rule`, { rule }); await forget('segment'); setTouched(false); say.ok(tm('saved')) } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  if (!customer || words.isPending) return <section className="qc-panel"><Skeleton lines={5} /></section>
  const known = words.data?.behaviours ?? [], tiers = fieldOf(customer, 'tier')?.options ?? []
  return (
    <section className="qc-panel"><header><h2>{tm('rule')}</h2><Segmented value={d.mode} disabled={!may} onChange={mode => set({ mode: mode as Draft['mode'] })} options={[{ value: 'all', label: tm('all') }, { value: 'any', label: tm('any') }]} /></header>
      <form className="qc-panel-pad qc-stack" onSubmit={event => {
        // a condition's own form lies over this one: what is entered there is not yet this rule to be kept
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        void save()
      }}>
        <p className="qc-soft">{tm('ruleHint')}</p>
        <b>{tm('fields')}</b>
        <div className="mk-fields"><FilterBar entity={customer} filter={d.filter} onChange={filter => set({ filter })} /></div>
        <div className="mk-bar"><b>{tm('behaviours')}</b>{may && <Select aria-label={tm('addBehaviour')} placeholder={tm('addBehaviour')} value={null} style={{ width: 160 }} options={known.map(b => ({ value: b.name, label: b.label }))} onChange={(name: string | null) => { if (name) set({ terms: [...d.terms, { behaviour: name }] }) }} />}</div>
        {d.terms.map((t, i) => {
          const b = known.find(x => x.name === t.behaviour), input = (key: 'days' | 'gte' | 'lte' | 'text', label: string) => <label>{label}<Input size="small" aria-label={`${b?.label ?? ''} ${label}`} inputMode={key === 'text' ? 'text' : 'decimal'} maxLength={key === 'text' ? 40 : 12} disabled={!may} value={t[key] ?? ''} onChange={event => term(i, { [key]: event.target.value })} /></label>
          return (
            <div className="mk-row" key={i}><b>{b?.label ?? t.behaviour}</b>{b?.measure !== 'lastDays' && input('days', tm('days'))}{b?.text && input('text', tm('word'))}
              {b?.measure === 'count' && <label>{tm('months')}<Select mode="multiple" size="small" aria-label={tm('months')} disabled={!may} style={{ minWidth: 110 }} value={t.months ?? []} options={MONTHS} onChange={(months: number[]) => term(i, { months })} /></label>}
              {b?.measure === 'count' && <label>{tm('perYear')}<input type="checkbox" style={{ width: 18, height: 22 }} disabled={!may} checked={t.perYear ?? false} onChange={event => term(i, { perYear: event.target.checked })} /></label>}
              {input('gte', `${tm('gte')}（${t.perYear ? '年' : b?.unit ?? ''}）`)}{input('lte', tm('lte'))}
              {may && <button type="button" className="qc-link" onClick={() => set({ terms: d.terms.filter((_, at) => at !== i) })}>{tm('remove')}</button>}
              {!(t.gte ?? '').trim() && !(t.lte ?? '').trim() && <p className="mk-wrong" role="alert">{tm('numberPlease')}</p>}
            </div>)
        })}
        {Boolean(words.data?.groups.length) && <label className="qc-stack"><b>{tm('groups')}</b><Select mode="multiple" aria-label={tm('groups')} disabled={!may} value={d.rfm} options={words.data!.groups.map(g => ({ value: g.key, label: `${g.label}（${g.count}）` }))} onChange={(rfm: string[]) => set({ rfm })} /></label>}
        {d.rest.length > 0 && <p className="qc-soft">{tm('more', { n: d.rest.length })}</p>}
        <div className="mk-bar">{may && <button type="submit" className="qc-button qc-button-primary" disabled={busy || !touched || !whole}>{tm('save')}</button>}{touched && <span className="qc-soft" role="status">{tm('unsaved')}</span>}</div>
        {changed && !busy && <p className="mk-wrong" role="alert">{tm('changedMeanwhile')}</p>}
        {preview.isError && <p className="mk-wrong" role="alert">{preview.error.message}</p>}
        {preview.data && !preview.isError && (preview.data.count === 0 ? <EmptyState icon="user" title={tm('nobody')} /> : <div><h3 data-testid="segment-count">{tm('count', { n: preview.data.count })}</h3>
          <table className="mk-table"><caption className="qc-soft" style={{ textAlign: 'left' }}>{tm('first20')}</caption><thead><tr><th>{tm('customer')}</th><th>{fieldOf(customer, 'tier')?.label}</th><th>{fieldOf(customer, 'city')?.label}</th><th>{fieldOf(customer, 'unitId')?.label}</th></tr></thead><tbody>{preview.data.rows.map(r => <tr key={r.id}><td><Link to={`/e/customers/${r.id}`}>{r.name}</Link></td><td>{tiers.find(o => o.value === r.tier)?.label ?? '—'}</td><td>{r.city ?? '—'}</td><td>{r.unit ?? '—'}</td></tr>)}</tbody></table></div>)}
      </form></section>
  )
}

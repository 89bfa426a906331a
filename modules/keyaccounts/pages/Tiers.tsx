import { api, can, dateTimeText, EmptyState, FieldValue, forget, listHref, PageFrame, useEntity, useLive, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Modal, Progress, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Answered, yuan } from './shared.tsx'
import { tk } from './texts.ts'

interface Overview {
  levels: Array<{ level: number, n: number, below: number, ours: string }>, packages: Array<{ id: string, level: number, name: string, tier: string, services: string }>
  run: { state: string, total: number, done: number, changed: number, mean: string, tableVersion: number, startedAt: string } | null, version: number, draft: boolean
}
interface Preview { version: number, accounts: number, up: number, down: number, moves: Array<{ from: number, to: number, n: number }>, items: Array<{ id: string, name: string, from: number, to: number, explanation: string }> }

/** 客户分级: how many accounts stand on each level, the last pass over all of them, and what another table would do. */
export default function Tiers() {
  const say = useSay()
  const [trying, setTrying] = useState(false)
  const read = useQuery({ queryKey: ['tiers'], queryFn: ({ signal }) => api.get<Overview>('/key-accounts/tiers', { signal }), refetchInterval: q => (q.state.data?.run?.state === 'running' ? 1000 : false) })
  useLive('tierRun', () => { void read.refetch(); void forget('customerStanding') })
  const act = async (path: string) => { try { await api.post(`/key-accounts/tiers/${path}`, {}); say.ok(tk('started')); void read.refetch() } catch (error) { say.error(error) } }
  // the draft may have been begun since this page was read: what the dialog starts with is asked for first
  const tryIt = async () => { await read.refetch(); setTrying(true) }
  const run = read.data?.run
  return (
    <PageFrame title={tk('title')} subtitle={tk('lead')} actions={<>
      {can('decision:read') && <Link className="qc-button" to="/decisions/customer-level">{tk('table')}</Link>}
      {can('tierRun:start') && <button type="button" className="qc-button" onClick={() => void tryIt()}>{tk('preview')}</button>}
      {can('tierRun:start') && (run?.state === 'running' ? <button type="button" className="qc-button" onClick={() => void act('stop')}>{tk('stop')}</button> : <button type="button" className="qc-button qc-button-primary" onClick={() => void act('recompute')}>{tk('recompute')}</button>)}
    </>}>
      <Answered read={read}>{data => (
        <div className="qc-stack">
          {run && <section className="qc-panel qc-panel-pad">{run.state === 'running' ? <><p>{tk('running', { done: run.done, total: run.total })}</p><Progress percent={run.total ? Math.floor(run.done / run.total * 100) : 0} /></> : <p className="qc-soft">{tk('lastRun', { at: dateTimeText(run.startedAt), total: run.total, changed: run.changed, mean: yuan(run.mean) })}</p>}
            {run.state !== 'running' && run.tableVersion < data.version && <p className="qc-danger" role="status">{tk('newTable', { v: data.version, o: run.tableVersion })}</p>}</section>}
          {data.levels.length === 0 && <section className="qc-panel"><EmptyState icon="star" title={tk('none')} hint={tk('noneHint')} /></section>}
          <Levels data={data} />
        </div>
      )}</Answered>
      {trying && <Try draft={read.data?.draft ?? false} onClose={() => setTrying(false)} />}
    </PageFrame>
  )
}

function Levels({ data }: { data: Overview }) {
  const meta = useEntity('tierPackage'), tier = meta?.fields.find(f => f.name === 'tier')
  return (
    <section className="qc-panel ka-wrap"><table className="ka-table">
      <thead><tr><th>{tk('level')}</th><th>{tk('package')}</th><th className="ka-less">{tk('tier')}</th><th className="ka-n">{tk('accounts')}</th><th className="ka-n">{tk('below')}</th><th className="ka-n ka-less">{tk('ours')}</th></tr></thead>
      <tbody>{data.packages.map(p => {
        const l = data.levels.find(x => x.level === p.level)
        return <tr key={p.id}><td>{tk('levelN', { n: p.level })}</td><td><Link to={`/e/tier-packages/${p.id}`}>{p.name}</Link> <span className="qc-soft">{p.services.split('\n').filter(Boolean).length}</span></td><td className="ka-less">{tier ? <FieldValue field={tier} row={p as never} /> : p.tier}</td>
          <td className="ka-n">{l ? <Link to={listHref('customer-standings', { level: p.level })}>{l.n}</Link> : '·'}</td><td className="ka-n">{l?.below ? <Link to={listHref('customer-standings', { level: p.level, below: true })}>{l.below}</Link> : '·'}</td><td className="ka-n ka-less">{l ? <Link to={listHref('customer-standings', { level: p.level })}>{yuan(l.ours)}</Link> : '·'}</td></tr>
      })}</tbody></table></section>
  )
}

/** 试算: by the draft of the table, or as published with the figures of today. */
function Try({ draft, onClose }: { draft: boolean, onClose: () => void }) {
  const [chosen, setTable] = useState<'draft' | 'published' | null>(null), table = chosen ?? (draft ? 'draft' : 'published')
  const read = useQuery({ queryKey: ['tier-preview', table], queryFn: () => api.post<Preview>('/key-accounts/tiers/preview', { table }, { quiet: true }), retry: false, staleTime: 0 })
  return (
    <Modal open title={tk('previewTitle')} footer={null} width={760} onCancel={onClose}>
      <div className="qc-stack">
        <Segmented value={table} onChange={setTable} options={[{ value: 'draft', label: tk('byDraft'), disabled: !draft }, { value: 'published', label: tk('byPublished') }]} />
        <Answered read={read}>{p => <>
          <p role="status">{tk('previewSum', { n: p.accounts, up: p.up, down: p.down })}</p>
          {p.items.length === 0 ? <p className="qc-soft">{tk('noMoves')}</p> : <div className="ka-wrap"><table className="ka-table"><thead><tr><th>{tk('accounts')}</th><th className="ka-n">{tk('from')}</th><th className="ka-n">{tk('to')}</th><th className="ka-less">{tk('because')}</th></tr></thead>
            <tbody>{p.items.map(i => <tr key={i.id}><td><Link to={`/e/customers/${i.id}`}>{i.name}</Link></td><td className="ka-n">{i.from}</td><td className="ka-n">{i.to}</td><td className="ka-less">{i.explanation}</td></tr>)}</tbody></table></div>}
        </>}</Answered>
      </div>
    </Modal>
  )
}

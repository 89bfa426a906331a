import './nodes.css'
import { can, EmptyState, ErrorState, Icon, PageFrame, RefPicker, Skeleton, useNow, usePhone, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { CLOCK_LIMIT_MS, nodesApi, nodesKey, SILENT_MS, type Code, type Conflict, type NodeLine } from './api.ts'
import { tn } from './texts.ts'

const REFRESH_MS = 5000

/** 站点节点: the stations that run their own machine, how they are doing, and what two places said differently (SP-15). */
export default function Nodes() {
  const say = useSay(), phone = usePhone()
  const [adding, setAdding] = useState(false)
  const [code, setCode] = useState<Code | null>(null)
  const read = useQuery({ queryKey: nodesKey, queryFn: ({ signal }) => nodesApi.list(signal), refetchInterval: REFRESH_MS })
  const may = can('syncNode:create') && read.data?.here === null
  const after = async (run: () => Promise<unknown>, done?: string) => {
    try { await run(); if (done) say.ok(done); await read.refetch() } catch (error) { say.error(error) }
  }
  const newCode = async (node: NodeLine) => { if (await say.ask({ title: tn('newCode'), content: tn('newCodeAsk'), okText: tn('newCode') })) await after(async () => setCode(await nodesApi.code(node.id))) }
  const takeBack = async (node: NodeLine) => {
    if (await say.ask({ title: tn('takeBackAsk', { name: node.name }), content: tn('takeBackNote', { n: node.waiting ?? 0 }), okText: tn('takeBack'), danger: true })) await after(() => nodesApi.takeBack(node.id), tn('takenBack'))
  }
  const buttons = (node: NodeLine) => may && (node.state === 'waiting' || node.state === 'active')
    ? <div className="no-acts"><button type="button" className="qc-button" onClick={() => void newCode(node)}><Icon name="key" />{tn('newCode')}</button><button type="button" className="qc-button" onClick={() => void takeBack(node)}>{tn('takeBack')}</button></div> : null
  return (
    <PageFrame title={tn('title')} actions={may ? <button type="button" className="qc-button qc-button-primary" onClick={() => setAdding(true)}><Icon name="plus" />{tn('add')}</button> : null}>
      {read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <>
        <section className="qc-panel">
          {read.data.here ? <EmptyState icon="link" title={tn('here', { code: read.data.here })} /> : read.data.items.length === 0 ? <EmptyState icon="link" title={tn('none')} hint={tn('noneHint')} />
            : phone ? <ul className="no-cards">{read.data.items.map(node => <li key={node.id}><div className="no-head"><b>{node.name}</b><State node={node} /></div><Facts node={node} version={read.data.version} />{buttons(node)}</li>)}</ul>
              : <ul className="no-list">{read.data.items.map(node => <li key={node.id}><div className="no-head"><b>{node.name}</b><span className="qc-soft">{node.unit.code}</span><State node={node} /><div className="qc-grow" />{buttons(node)}</div><Facts node={node} version={read.data.version} /></li>)}</ul>}
        </section>
        {read.data.conflicts.length > 0 && <section className="qc-panel no-conflicts"><h2>{tn('conflicts')}</h2><p className="qc-soft">{tn('conflictsHint')}</p>{read.data.conflicts.map(c => <OneConflict key={c.id} of={c} {...(can('syncNode:create') ? { onSeen: () => void after(() => nodesApi.seen(c.id)) } : {})} />)}</section>}
      </>}
      {adding && <Add onClose={made => { setAdding(false); if (made) { setCode(made); void read.refetch() } }} />}
      {code && <Shown code={code} onClose={() => setCode(null)} />}
    </PageFrame>
  )
}

function State({ node }: { node: NodeLine }) {
  const now = useNow()
  const silent = node.state === 'active' && (!node.heardAt || now.getTime() - new Date(node.heardAt).getTime() > SILENT_MS)
  const kind = node.error ? 'bad' : silent ? 'warn' : node.state === 'active' ? 'good' : 'none'
  return <span className={`no-state no-${kind}`}>{silent ? tn('silent') : tn(`${node.state}_s`)}</span>
}

function Facts({ node, version }: { node: NodeLine, version: string }) {
  if (node.state === 'waiting') return <p className="qc-soft">{node.codeUntil && <>{tn('codeUntil')} <When at={node.codeUntil} form="absolute" /></>}</p>
  const off = node.clockMs === null ? null : Math.round(Math.abs(node.clockMs) / 1000)
  const wrong = node.clockMs !== null && Math.abs(node.clockMs) > CLOCK_LIMIT_MS
  return (
    <>
      <dl className="no-facts">
        <div><dt>{tn('heard')}</dt><dd>{node.heardAt ? <When at={node.heardAt} /> : tn('never')}</dd></div>
        <div><dt>{tn('upTo')}</dt><dd>{node.upTo ? <When at={node.upTo} form="absolute" /> : '—'}</dd></div>
        <div><dt>{tn('waiting')}</dt><dd>{node.waiting ?? '—'}</dd></div>
        <div><dt>{tn('behind')}</dt><dd>{node.behind}</dd></div>
        <div><dt>{tn('version')}</dt><dd className={node.version && node.version !== version ? 'no-warn-text' : ''}>{node.version ?? '—'}</dd></div>
        <div><dt>{tn('clock')}</dt><dd className={wrong ? 'no-warn-text' : ''}>{off === null ? '—' : off < 1 ? '0' : tn(node.clockMs! > 0 ? 'fast' : 'slow', { n: off })}</dd></div>
        <div><dt>{tn('conflictsN')}</dt><dd>{node.conflicts}</dd></div>
      </dl>
      {wrong && <p className="no-warn-text">{tn('clockWrong', { n: off! })}</p>}
      {node.error && <p className="no-bad-text" role="alert">{node.error.replace(/^[A-Z_]+ /, '')}</p>}
    </>
  )
}

const words = (value: unknown): string => (value === null || value === undefined || value === '' ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value))

function OneConflict({ of, onSeen }: { of: Conflict, onSeen?: () => void }) {
  return (
    <article className="no-conflict">
      <div className="no-head"><span className="qc-soft">{of.kind}</span>{of.plural ? <Link to={`/e/${of.plural}/${of.recordId}`}>{of.label}</Link> : <b>{of.label}</b>}<span className="qc-soft">{of.node} · <When at={of.at} form="absolute" /> · {tn(of.winner === 'hq' ? 'hqWon' : 'stationWon')}</span><div className="qc-grow" />{onSeen && <button type="button" className="qc-button" onClick={onSeen}>{tn('seen')}</button>}</div>
      {of.fields.length > 0 && <table className="no-fields"><thead><tr><th>{tn('field')}</th><th>{tn('stands')}</th><th>{tn('lost')}</th></tr></thead><tbody>{of.fields.map(f => <tr key={f.name}><td>{f.label}</td><td>{words(f.stands)}</td><td className="qc-soft">{words(f.lost)}</td></tr>)}</tbody></table>}
    </article>
  )
}

function Add({ onClose }: { onClose: (made: Code | null) => void }) {
  const [unitId, setUnitId] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const save = async () => {
    if (!unitId || busy) return
    setBusy(true)
    try { onClose(await nodesApi.add({ unitId, ...(name.trim() ? { name: name.trim() } : {}) })) } catch (error) { setProblem((error as Error).message); setBusy(false) }
  }
  return (
    <Modal open title={tn('add')} okText={tn('create')} okButtonProps={{ disabled: !unitId, loading: busy }} onOk={() => void save()} onCancel={() => onClose(null)}>
      <div className="no-form">
        <label><span className="qc-soft">{tn('station')}</span><RefPicker entity="unit" ariaLabel={tn('station')} filter={{ kind: 'station' }} value={unitId} onChange={value => { setUnitId(typeof value === 'string' ? value : null); setProblem('') }} />{problem && <span className="no-bad-text" role="alert">{problem}</span>}</label>
        <label><span className="qc-soft">{tn('name')}</span><Input maxLength={60} placeholder={tn('nameHint')} value={name} onChange={event => setName(event.target.value)} onPressEnter={() => void save()} /></label>
      </div>
    </Modal>
  )
}

function Shown({ code, onClose }: { code: Code, onClose: () => void }) {
  const command = `npm start -- --join ${location.origin} ${code.code}`
  return (
    <Modal open title={tn('codeOnce')} footer={null} onCancel={onClose}>
      <p className="no-code" aria-label={tn('code')}>{code.code}</p>
      <p className="qc-soft">{tn('codeUntil')} <When at={code.until} form="absolute" /></p>
      <p>{tn('codeHow')}</p>
      <pre className="no-command">{command}</pre>
    </Modal>
  )
}

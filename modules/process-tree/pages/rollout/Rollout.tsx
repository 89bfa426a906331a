import './rollout.css'
import { can, dateText, EmptyState, ErrorState, PageFrame, Skeleton, useLive, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { tp } from '../texts.ts'
import { again, readOne, roll, rolloutKey, type OneProcess, type UnitLine } from './api.ts'
import { Share } from './Rollouts.tsx'

/** One process: which version every unit works on, who is behind, and what brings them up. */
export default function Rollout() {
  const key = useParams().key!
  const read = useQuery({ queryKey: [...rolloutKey, key], queryFn: ({ signal }) => readOne(key, signal) })
  useLive('processRollout', () => void again())
  const data = read.data
  return (
    <PageFrame title={data?.name ?? key} documentTitle={tp('rollout')} subtitle={data && `${tp('newest')} ${tp('version', { n: data.newest })} · ${tp('units', { n: data.units.length })}`} back="/standards" actions={<Link className="qc-button" to={`/processes/${encodeURIComponent(key)}`}>{tp('openProcess')}</Link>}>
      {read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : !data ? <div className="qc-panel"><Skeleton lines={8} /></div> : <>
        <section className="qc-panel qc-panel-pad ro-sum">
          <div><span className="qc-soft">{tp('adherence')}</span><Share percent={data.percent} /></div>
          {data.inForce.map(each => <div key={each.version}><span className="qc-soft">{tp('version', { n: each.version })}</span><b className="qc-number">{tp('units', { n: each.units })}</b></div>)}
        </section>
        <Units key={data.behindUnits.length} data={data} />
      </>}
    </PageFrame>
  )
}

function Units({ data }: { data: OneProcess }) {
  const say = useSay()
  const [all, setAll] = useState(data.behindUnits.length === 0)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [holding, setHolding] = useState(false)
  const may = can('processRollout:publish')
  const shown = all ? data.units : data.behindUnits
  const behind = [...chosen].filter(id => data.units.some(u => u.id === id && u.release !== null))
  const tick = (ids: string[], on: boolean) => setChosen(before => { const next = new Set(before); for (const id of ids) if (on) next.add(id); else next.delete(id); return next })
  const take = async (unitIds: string[], version: number | null, note?: string) => {
    try {
      const done = await roll(data.key, { unitIds, version, ...(note ? { note } : {}) })
      say.ok(tp('rolled', { n: done.units }))
      setChosen(new Set()); setHolding(false)
      await again()
    } catch (error) { say.error(error) }
  }
  const newest = async () => { if (await say.ask({ title: tp('rollAsk', { n: behind.length }), content: tp('rollText') })) await take(behind, null) }
  return (
    <section className="qc-panel">
      <header>
        <div className="qc-row" role="tablist">
          <button type="button" role="tab" aria-selected={!all} className="qc-button ro-tab" onClick={() => setAll(false)}>{tp('behindList')} {data.behindUnits.length}</button>
          <button type="button" role="tab" aria-selected={all} className="qc-button ro-tab" onClick={() => setAll(true)}>{tp('allUnits')} {data.units.length}</button>
        </div>
        {may && <div className="qc-row">
          <button type="button" className="qc-button" disabled={chosen.size === 0 || data.versions.length < 2} onClick={() => setHolding(true)}>{tp('hold')}</button>
          <button type="button" className="qc-button qc-button-primary" disabled={behind.length === 0} onClick={() => void newest()}>{tp('toNewest', { n: behind.length })}</button>
        </div>}
      </header>
      {shown.length === 0 ? <EmptyState icon="check" title={tp('allNewest')} /> : <>
        {may && <label className="ro-unit ro-all"><Checkbox checked={shown.every(u => chosen.has(u.id))} indeterminate={shown.some(u => chosen.has(u.id)) && !shown.every(u => chosen.has(u.id))} onChange={event => tick(shown.map(u => u.id), event.target.checked)} />{tp('chooseAll')}</label>}
        <ul className="qc-plain">{shown.map(unit => <UnitRow key={unit.id} unit={unit} newest={data.newest} checked={chosen.has(unit.id)} {...(may ? { onTick: (on: boolean) => tick([unit.id], on) } : {})} />)}</ul>
      </>}
      {holding && <Hold data={data} count={chosen.size} onClose={() => setHolding(false)} onHold={(version, note) => void take([...chosen], version, note)} />}
    </section>
  )
}

function UnitRow({ unit, newest, checked, onTick }: { unit: UnitLine, newest: number, checked: boolean, onTick?: (on: boolean) => void }) {
  return (
    <li><label className="ro-unit">
      {onTick && <Checkbox checked={checked} aria-label={unit.name} onChange={event => onTick(event.target.checked)} />}
      <span className="ro-who"><b>{unit.name}</b><span className="qc-code">{unit.code}</span><span className="qc-faint">{unit.region}</span></span>
      <span className={unit.version < newest ? 'ro-behind' : ''}>{tp('version', { n: unit.version })}{unit.release === null && <span className="qc-faint"> · {tp('follows')}</span>}</span>
      <span className="qc-faint">{unit.since ? `${tp('since')} ${dateText(unit.since)}` : ''}</span><span className="qc-soft ro-note">{unit.note}</span>
    </label></li>
  )
}

function Hold({ data, count, onClose, onHold }: { data: OneProcess, count: number, onClose: () => void, onHold: (version: number, note: string) => void }) {
  const older = data.versions.filter(v => v.version < data.newest)
  const [version, setVersion] = useState(older[0]?.version ?? data.newest)
  const [note, setNote] = useState('')
  return (
    <Modal open title={tp('holdTitle', { n: count })} okText={tp('hold').replace('…', '')} onOk={() => onHold(version, note.trim())} onCancel={onClose}>
      <div className="qc-stack">
        <Select aria-label={tp('inForce')} value={version} onChange={setVersion} options={older.map(v => ({ value: v.version, label: `${tp('version', { n: v.version })} · ${dateText(v.at)}${v.note ? ` · ${v.note}` : ''}` }))} />
        <Input aria-label={tp('noteCol')} placeholder={tp('noteCol')} maxLength={200} value={note} onChange={event => setNote(event.target.value)} />
      </div>
    </Modal>
  )
}

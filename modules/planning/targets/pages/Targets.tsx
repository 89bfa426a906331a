import '../../pages/planning.css'
import { api, can, EmptyState, EntityForm, findEntity, moneyText, PageFrame, useMeta } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Modal, Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Read } from '../../pages/Read.tsx'
import { periodText } from '../../pages/span.ts'
import { tl } from '../../pages/texts.ts'
import { Divide } from './Divide.tsx'
import { rowsOf } from './rows.ts'
import { inTree, isMoney, type Shown, type Target } from './tree.ts'

type Answer = { year: number, today: string, items: Target[] }
export const amountText = (t: Pick<Target, 'measure'>, n: string): string => (isMoney(t.measure) ? moneyText(n) : String(Number(n)))
export const nameOf = (t: Target): string => [periodText(t.period), t.person ?? t.unit, t.product].filter(Boolean).join(' · ')

/** Targets as a tree, each with its light; the figures open what they are counted from (SA-09). */
export default function Targets() {
  const [params, setParams] = useSearchParams(), year = params.get('year'), measure = params.get('measure')
  const read = useQuery({ queryKey: ['entity', 'target', 'tree', year, measure], queryFn: ({ signal }) => api.get<Answer>('/targets/tree', { query: { ...(year ? { year } : {}), ...(measure ? { measure } : {}) }, signal }) })
  const measures = findEntity(useMeta(), 'target')?.fields.find(f => f.name === 'measure')?.options ?? []
  const [dividing, setDividing] = useState<Target | null>(null), [adding, setAdding] = useState(false)
  const set = (more: Record<string, string>): void => setParams(Object.fromEntries(Object.entries({ ...Object.fromEntries(params), ...more }).filter(([, v]) => v)), { replace: true })
  // the uppermost are open until somebody folds them
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set()), isOpen = (t: Target, depth: number): boolean => (depth === 0) !== turned.has(t.id)
  const turn = (id: string): void => setTurned(before => new Set(before.has(id) ? [...before].filter(x => x !== id) : [...before, id]))
  const shown = read.data?.year ?? Number(year)
  const add = can('target:create') ? <button type="button" className="qc-button qc-button-primary" onClick={() => setAdding(true)}>{tl('newTarget')}</button> : undefined
  return (
    <PageFrame title={`${tl('targets')} ${shown || ''}`} actions={add} bar={<div className="pl-bar">
      <button type="button" className="qc-button" disabled={!shown} onClick={() => set({ year: String(shown - 1) })}>{tl('previous')}</button><button type="button" className="qc-button" disabled={!shown} onClick={() => set({ year: String(shown + 1) })}>{tl('next')}</button>
      <Select style={{ minWidth: 140 }} aria-label={tl('allMeasures')} value={measure ?? ''} onChange={value => set({ measure: value })} options={[{ value: '', label: tl('allMeasures') }, ...measures.map(m => ({ value: m.value, label: m.label }))]} />
    </div>}>
      <Read read={read}>{a => <section className="qc-panel">{a.items.length === 0 ? <EmptyState icon="gauge" title={tl('noTargets', { y: a.year })} hint={tl('noTargetsHint')} action={add} />
        : <ul className="pl-tree">{inTree(a.items, isOpen).map(t => <Line key={t.id} t={t} open={isOpen(t, t.depth)} onTurn={() => turn(t.id)} label={measures.find(m => m.value === t.measure)?.label ?? t.measure} onDivide={() => setDividing(t)} />)}</ul>}</section>}</Read>
      {dividing && <Divide target={dividing} onClose={() => setDividing(null)} onDone={() => { setDividing(null); void read.refetch() }} />}
      {adding && <Modal open title={tl('newTarget')} footer={null} onCancel={() => setAdding(false)}><EntityForm entity="target" initial={{ period: String(shown) }} onSaved={() => { setAdding(false); void read.refetch() }} onCancel={() => setAdding(false)} /></Modal>}
    </PageFrame>
  )
}

function Line({ t, open, onTurn, label, onDivide }: { t: Shown, open: boolean, onTurn: () => void, label: string, onDivide: () => void }) {
  const hint = (n: string | null, less: 'lessPeriods' | 'lessPeople', more: 'morePeriods' | 'morePeople') => (n === null || Number(n) === 0 ? [] : [tl(n.startsWith('-') ? less : more, { n: amountText(t, n.replace('-', '')) })])
  const hints = [...hint(t.overPeriods, 'lessPeriods', 'morePeriods'), ...hint(t.overPeople, 'lessPeople', 'morePeople')]
  return (
    <li style={{ paddingLeft: 16 + Math.min(t.depth, 4) * 18 }}>
      <span className="pl-name">{t.parts > 0 && <button type="button" className="pl-turn" aria-expanded={open} aria-label={tl(open ? 'fold' : 'unfold', { n: nameOf(t) })} onClick={onTurn}><span aria-hidden="true">{open ? '▾' : '▸'}</span></button>}<Link to={`/e/targets/${t.id}`}>{nameOf(t)}</Link> <span className="qc-soft">{label}</span></span>
      <span className="pl-num"><Link to={rowsOf(t)} aria-label={tl('rows')}>{amountText(t, t.done)}</Link> / {amountText(t, t.amount)}</span>
      <span className="pl-meter" data-light={t.light} title={tl('dueShare', { n: t.elapsed })}><b style={{ width: `${Math.min(100, t.percent)}%` }} /><i style={{ left: `${Math.min(99, t.elapsed)}%` }} /></span>
      <span className="pl-bar"><span className="pl-light" data-light={t.light}><i />{t.percent}% {tl(t.light)}</span>{can('target:create') && <button type="button" className="qc-button" onClick={onDivide}>{tl('divide')}</button>}</span>
      <span className="pl-hint">{[tl('dueShare', { n: t.elapsed }), ...hints].join('；')}</span>
    </li>
  )
}

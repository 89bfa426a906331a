import './usage.css'
import { api, can, EmptyState, EntityList, ErrorState, forget, listHref, PageFrame, ReasonDialog, RefPicker, Skeleton, Tag, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { tu } from './texts.ts'

interface Kind { entity: string, plural: string, label: string, count: number, filter: Record<string, string> }
interface Has { person: { id: string, name: string, off: boolean, unitName: string | null }, kinds: Kind[], tasks: number, total: number }

/** 工作交接: what a person has, kind by kind, to one receiver or several; and what was handed over before. */
export default function Handover() {
  const [params, setParams] = useSearchParams(), asked = params.get('from') ?? '', from = /^[0-9a-f-]{36}$/i.test(asked) ? asked : null
  const read = useQuery({ queryKey: ['handover', from], enabled: from !== null, queryFn: ({ signal }) => api.get<Has>(`/users/${from}/belongings`, { signal }) })
  return (
    <PageFrame title={tu('handover')} subtitle={tu('handoverLead')}>
      <section className="qc-panel qc-panel-pad"><div className="us-form">
        <label htmlFor="ha-from">{tu('from')} *<RefPicker entity="user" id="ha-from" value={from} {...(read.data ? { labels: { [read.data.person.id]: read.data.person.name } } : {})} onChange={v => setParams(v ? { from: v as string } : {}, { replace: true })} /></label>
        {!from ? <EmptyState icon="swap" title={tu('pickFrom')} hint={tu('pickFromHint')} /> : read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <Give key={from} has={read.data} again={() => void read.refetch()} />}
      </div></section>
      {can('handover:read') && <section><h2 className="us-bar" style={{ fontSize: 16, margin: '16px 0 8px' }}>{tu('past')}</h2><EntityList entity="handover" embedded /></section>}
    </PageFrame>
  )
}

function Give({ has, again }: { has: Has, again: () => void }) {
  const say = useSay(), id = has.person.id
  const [toId, setTo] = useState<string | null>(null), [off, setOff] = useState<Set<string>>(new Set()), [others, setOthers] = useState<Record<string, string>>({}), [tasks, setTasks] = useState(true), [reason, setReason] = useState(''), [asked, setAsked] = useState(false), [busy, setBusy] = useState(false), [dialog, setDialog] = useState<'freeze' | 'unfreeze' | null>(null)
  const chosen = has.kinds.filter(k => !off.has(k.entity)), total = chosen.reduce((n, k) => n + k.count, 0) + (tasks ? has.tasks : 0)
  const submit = async () => {
    setAsked(true)
    if (!toId) return
    setBusy(true)
    try {
      const made = await api.post<{ number: string, records: number, tasks: number, left: string[] }>('/handovers/make', { fromId: id, toId, kinds: chosen.map(k => k.entity), receivers: Object.fromEntries(Object.entries(others).filter(([kind, to]) => to && !off.has(kind))), tasks, reason: reason.trim() || null })
      await forget('handover', 'task', ...chosen.map(k => k.entity))
      say.ok(tu('done', { n: made.number, r: made.records, t: made.tasks }) + (made.left.length ? ` ${tu('left', { l: made.left.join('、') })}` : ''))
      again()
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const account = async (act: 'freeze' | 'unfreeze', why: string) => {
    try {
      await api.post(`/users/${id}/${act}`, { reason: why })
      await forget('user')
      say.ok(tu(act === 'freeze' ? 'didFreeze' : 'didUnfreeze'))
      setDialog(null)
      again()
    } catch (error) { say.error(error) }
  }
  return (
    <form className="us-form" onSubmit={event => { event.preventDefault(); void submit() }}>
      <div className="us-bar"><b>{has.person.name}</b><span className="qc-soft">{has.person.unitName}</span>{has.person.off && <Tag color="red">{tu('frozen')}</Tag>}
        {!has.person.off && can('user:freeze') && <button type="button" className="qc-button" title={tu('freezeHint')} onClick={() => setDialog('freeze')}>{tu('freeze')}</button>}{has.person.off && can('user:unfreeze') && <button type="button" className="qc-button" onClick={() => setDialog('unfreeze')}>{tu('unfreeze')}</button>}</div>
      {has.total + has.tasks === 0 ? <EmptyState icon="check" title={tu('nothing')} /> : <>
        <label htmlFor="ha-to">{tu('to')} *<RefPicker entity="user" id="ha-to" value={toId} filter={{ off: { ne: true } }} onChange={v => setTo((v as string | null) ?? null)} /></label>
        {asked && !toId && <p className="qc-danger" role="alert">{tu('choose')}</p>}
        <div className="us-kinds">
          {has.kinds.map(k => [
            <Checkbox key={k.entity} checked={!off.has(k.entity)} onChange={event => setOff(old => { const next = new Set(old); if (event.target.checked) next.delete(k.entity); else next.add(k.entity); return next })}>{k.label}</Checkbox>,
            <Link key={`${k.entity}-n`} to={listHref(k.plural, k.filter as never)}>{k.count}</Link>,
            <RefPicker key={`${k.entity}-to`} entity="user" ariaLabel={`${k.label} ${tu('to')}`} placeholder={tu('sameReceiver')} disabled={off.has(k.entity)} value={others[k.entity] ?? null} onChange={v => setOthers(old => ({ ...old, [k.entity]: (v as string | null) ?? '' }))} />,
          ])}
          {has.tasks > 0 && [<Checkbox key="t" checked={tasks} onChange={event => setTasks(event.target.checked)}>{tu('tasks')}</Checkbox>, <span key="tn">{has.tasks}</span>, <span key="tt" />]}
        </div>
        <label htmlFor="ha-why">{tu('reason')}<Input id="ha-why" maxLength={300} value={reason} onChange={event => setReason(event.target.value)} /></label>
        <div><button type="submit" className="qc-button qc-button-primary" disabled={busy || total === 0}>{tu('submit', { n: total })}</button></div>
      </>}
      {dialog && <ReasonDialog open title={tu(dialog)} hint={dialog === 'freeze' ? tu('freezeHint') : undefined} onClose={() => setDialog(null)} onOk={why => account(dialog, why)} />}
    </form>
  )
}

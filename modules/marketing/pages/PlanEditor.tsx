import { api, ApiError, dateTimeText, ErrorState, fieldOf, findEntity, forget, RefPicker, Skeleton, useGuard, useMeta, useSay, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { tm } from './texts.ts'

type Step = { kind: 'message' | 'task', channel: 'usual' | 'sms' | 'mail' | 'wecom', afterDays: number | string, onlyIf: 'always' | 'noReply', subject: string | null, text: string }
type Plan = { trigger: 'time' | 'stage', triggerStage: string | null, segmentId: string | null, segment: string | null, controlPercent: number | string, purpose: 'marketing' | 'service', startAt: string | null, offer: string | null, frozenAt?: string | null, target?: number | null, control?: number | null }
type Kept = { plan: Plan | null, steps: Step[] }

const FIRST: Plan = { trigger: 'time', triggerStage: null, segmentId: null, segment: null, controlPercent: 10, purpose: 'marketing', startAt: null, offer: null }
const STEP: Step = { kind: 'message', channel: 'usual', afterDays: 0, onlyIf: 'noReply', subject: null, text: '' }

export function PlanEditor({ row, onUnsaved }: { row: Row, onUnsaved: (unsaved: boolean) => void }) {
  const read = useQuery({ queryKey: ['entity', 'campaign', 'row', row.id, 'plan'], queryFn: ({ signal }) => api.get<Kept>(`/campaigns/${row.id}/plan`, { signal }) })
  if (read.isPending) return <section className="qc-panel"><Skeleton lines={5} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  return <Edited row={row} kept={read.data} onUnsaved={onUnsaved} />
}

/** What is being written stays as it is while others save: it is told, not taken away. */
function Edited({ row, kept, onUnsaved }: { row: Row, kept: Kept, onUnsaved: (unsaved: boolean) => void }) {
  const [held, setHeld] = useState<Kept | null>(null)
  const shown = held ?? kept, name = JSON.stringify(shown)
  useGuard(held !== null)
  return <Editor key={name} row={row} kept={shown} changed={held !== null && JSON.stringify(kept) !== name} unsaved={held !== null} onDirty={() => { setHeld(shown); onUnsaved(true) }} onSaved={() => { setHeld(null); onUnsaved(false) }} />
}

function Editor({ row, kept, changed, unsaved, onDirty, onSaved }: { row: Row, kept: Kept, changed: boolean, unsaved: boolean, onDirty: () => void, onSaved: () => void }) {
  const say = useSay(), stages = fieldOf(findEntity(useMeta(), 'campaignPlan')!, 'triggerStage')?.options ?? []
  const [p, setP] = useState<Plan>(kept.plan ?? FIRST), [steps, setSteps] = useState<Step[]>(kept.steps), [wrong, setWrong] = useState<Record<string, string>>({}), [busy, setBusy] = useState(false)
  const may = row.state === 'draft' || row.state === 'paused', fixed = row.state !== 'draft'
  const set = (patch: Partial<Plan>) => { setP({ ...p, ...patch }); setWrong({}); onDirty() }
  const put = (next: Step[]) => { setSteps(next); setWrong({}); onDirty() }
  const step = (i: number, patch: Partial<Step>) => put(steps.map((s, at) => (at === i ? { ...s, ...patch } : s)))
  const save = async () => {
    if (!may || busy) return
    setBusy(true)
    try {
      await api.post(`/campaigns/${row.id}/plan`, { trigger: p.trigger, triggerStage: p.triggerStage, segmentId: p.segmentId, controlPercent: p.controlPercent, purpose: p.purpose, startAt: p.startAt, offer: p.offer, steps: steps.map(s => ({ kind: s.kind, channel: s.channel, afterDays: s.afterDays, onlyIf: s.onlyIf, subject: s.subject, text: s.text })) })
      say.ok(tm('saved'))
      await forget('campaign')
      onSaved()
    } catch (error) {
      if (error instanceof ApiError && error.fields.length) { const found = Object.fromEntries(error.fields.map(f => [f.field, f.message])); setWrong(found); requestAnimationFrame(() => document.getElementById(`mk-${Object.keys(found)[0]}`)?.focus()) } else say.error(error)
    } finally { setBusy(false) }
  }
  const say2 = (name: string) => wrong[name] !== undefined && <p className="mk-wrong" role="alert">{wrong[name]}</p>
  const options = (list: Array<[string, string]>) => list.map(([value, label]) => ({ value, label }))
  return (
    <section className="qc-panel"><header><h2>{tm('plan')}</h2>{p.frozenAt && <span className="qc-soft">{tm('fixed', { t: p.target ?? 0, c: p.control ?? 0, d: dateTimeText(p.frozenAt) })}</span>}</header>
      <form className="qc-panel-pad qc-stack" onSubmit={event => { event.preventDefault(); void save() }}>
        <div className="mk-grid">
          <label>{tm('trigger')}<Select aria-label={tm('trigger')} disabled={!may || fixed} value={p.trigger} options={options([['time', tm('byTime')], ['stage', tm('byStage')]])} onChange={trigger => set({ trigger })} /></label>
          {p.trigger === 'stage' && <label>{tm('stage')} *<Select aria-label={tm('stage')} disabled={!may || fixed} value={p.triggerStage} options={[...stages]} onChange={triggerStage => set({ triggerStage })} /></label>}
          <label>{tm('segment')}{p.trigger === 'time' && ' *'}<RefPicker entity="segment" style={{ width: '100%' }} ariaLabel={tm('segment')} disabled={!may || fixed} value={p.segmentId} labels={p.segmentId && p.segment ? { [p.segmentId]: p.segment } : {}} onChange={v => set({ segmentId: (v as string | null) ?? null })} /></label>
          {p.trigger === 'time' && <label htmlFor="mk-controlPercent">{tm('control')}<Input id="mk-controlPercent" inputMode="numeric" disabled={!may || fixed} status={wrong.controlPercent ? 'error' : ''} value={p.controlPercent} onChange={event => set({ controlPercent: event.target.value })} />{say2('controlPercent')}</label>}
          {p.trigger === 'time' && <label>{tm('startAt')}<DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" aria-label={tm('startAt')} disabled={!may} value={p.startAt ? dayjs(p.startAt) : null} onChange={d => set({ startAt: d ? d.toISOString() : null })} /></label>}
          <label>{tm('purpose')}<Select aria-label={tm('purpose')} disabled={!may} value={p.purpose} options={options([['marketing', tm('forMarketing')], ['service', tm('forService')]])} onChange={purpose => set({ purpose })} /></label>
          <label htmlFor="mk-offer">{tm('offer')}<Input id="mk-offer" maxLength={200} disabled={!may} value={p.offer ?? ''} onChange={event => set({ offer: event.target.value || null })} /></label>
        </div>
        <b>{tm('steps')}</b>
        {steps.length === 0 && <p className="qc-soft">{tm('noSteps')}</p>}
        {steps.map((s, i) => (
          <div className="mk-step" key={i}>
            <div className="mk-step-top"><b>{tm('step', { n: i + 1 })}</b>
              <Select size="small" aria-label={`${tm('step', { n: i + 1 })} ${tm('message')}`} disabled={!may} style={{ width: 110 }} value={s.kind} options={options([['message', tm('message')], ['task', tm('task')]])} onChange={kind => step(i, { kind })} />
              {s.kind === 'message' && <Select size="small" aria-label={tm('channel')} disabled={!may} style={{ width: 110 }} value={s.channel} options={options([['usual', tm('usual')], ['sms', tm('sms')], ['mail', tm('mail')], ['wecom', tm('wecom')]])} onChange={channel => step(i, { channel })} />}
              <span>{tm('after')} <Input size="small" id={`mk-steps.${i}.afterDays`} aria-label={tm('after')} inputMode="numeric" style={{ width: 56 }} disabled={!may} status={wrong[`steps.${i}.afterDays`] ? 'error' : ''} value={s.afterDays} onChange={event => step(i, { afterDays: event.target.value })} /></span>
              <Select size="small" aria-label={`${tm('step', { n: i + 1 })} ${tm('noReply')}`} disabled={!may} style={{ width: 130 }} value={s.onlyIf} options={options([['noReply', tm('noReply')], ['always', tm('always')]])} onChange={onlyIf => step(i, { onlyIf })} />
              {may && <button type="button" className="qc-link" onClick={() => put(steps.filter((_, at) => at !== i))}>{tm('remove')}</button>}</div>
            {say2(`steps.${i}.afterDays`)}
            {(s.kind === 'task' || s.channel !== 'sms') && <label htmlFor={`mk-steps.${i}.subject`}>{tm('subject')}<Input id={`mk-steps.${i}.subject`} maxLength={100} disabled={!may} value={s.subject ?? ''} onChange={event => step(i, { subject: event.target.value || null })} /></label>}
            <label htmlFor={`mk-steps.${i}.text`}>{tm('text')} *<Input.TextArea id={`mk-steps.${i}.text`} count={{ show: true, max: 1000 }} autoSize={{ minRows: 2 }} disabled={!may} status={wrong[`steps.${i}.text`] ? 'error' : ''} value={s.text} onChange={event => step(i, { text: event.target.value })} onKeyDown={event => { if (event.key === 'Enter' && event.ctrlKey) void save() }} />{say2(`steps.${i}.text`)}</label>
          </div>))}
        {may && <><p className="qc-soft">{tm('textHint')}</p><div className="mk-bar"><button type="button" className="qc-button" onClick={() => put([...steps, { ...STEP, afterDays: steps.length ? 3 : 0 }])}>{tm('addStep')}</button><button type="submit" className="qc-button qc-button-primary" disabled={busy}>{tm('savePlan')}</button>{unsaved && <span className="qc-soft" role="status">{tm('planUnsaved')}</span>}</div>{changed && <p className="mk-wrong" role="alert">{tm('changedMeanwhile')}</p>}</>}
      </form></section>
  )
}

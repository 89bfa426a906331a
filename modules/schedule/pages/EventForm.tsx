import { ApiError, NumberInput, numberOf, useDebounced, useLeave, usePhone, useSay, useSession, Widget, type FieldMeta } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Modal, Segmented, Select } from 'antd'
import { useEffect, useState } from 'react'
import { scheduleApi, type Calendars, type EventPage, type How } from './api.ts'
import { Conflicts } from './Conflicts.tsx'
import { Field } from './Field.tsx'
import { People } from './People.tsx'
import { Repeat } from './Repeat.tsx'
import { ts } from './texts.ts'
import { isDay } from '../rules/days.ts'
import { at, clock, clockOf, dayOfInstant, minuteOf } from './time.ts'

const KINDS = ['meeting', 'visit', 'out', 'training', 'duty', 'activity', 'other'] as const
const REMIND = [null, 0, 5, 15, 30, 60, 1440]
type Values = { title: string, kind: string, fromDay: string, fromTime: string, toDay: string, toTime: string, allDay: boolean, free: boolean, place: string, calendar: string, resourceId: string | null, people: string[], rule: string | null, skip: boolean, remind: number | null, visibility: string, note: string, budget: string | null }
export type Start = { day: string, from: number, to: number, calendar?: string, resourceId?: string }

const remindText = (n: number | null): string => (n === null ? ts('remindNo') : n === 0 ? ts('remind0') : n === 1440 ? ts('remindD') : n >= 60 && n % 60 === 0 ? ts('remindH', { n: n / 60 }) : ts('remindM', { n }))
/** An all-day event ends at midnight: what people mean by its last day is the one before. */
const valuesOf = (e: EventPage): Values => {
  const end = e.allDay ? new Date(new Date(e.endsAt).getTime() - 60_000) : e.endsAt
  return { title: e.title, kind: e.kind, fromDay: dayOfInstant(e.startsAt), fromTime: e.allDay ? '09:00' : clock(e.startsAt), toDay: dayOfInstant(end), toTime: e.allDay ? '10:00' : clock(e.endsAt), allDay: e.allDay, free: e.free, place: e.place ?? '', calendar: e.unitId ? `team:${e.unitId}` : `person:${e.ownerId}`, resourceId: e.resourceId, people: e.people.map(p => p.id), rule: e.rule, skip: e.skipHolidays, remind: e.reminderMinutes, visibility: e.visibility, note: e.note ?? '', budget: e.budget }
}
const fresh = (s: Start, me: string): Values => ({ title: '', kind: 'meeting', fromDay: s.day, fromTime: clockOf(s.from), toDay: dayOfInstant(at(s.day, s.to)), toTime: clockOf(minuteOf(at(s.day, s.to))), allDay: false, free: false, place: '', calendar: s.calendar ?? `person:${me}`, resourceId: s.resourceId ?? null, people: [], rule: null, skip: true, remind: 15, visibility: 'public', note: '', budget: null })

const DAY: FieldMeta = { name: 'day', type: 'date', label: '', required: true, readOnly: false, immutable: false, custom: false, access: 'edit', filter: [], sortable: false }
const FIELD_OF: Record<string, string> = { startsAt: 'from', endsAt: 'to', attendeeIds: 'people', reminderMinutes: 'remind' }

/** Makes an event, or changes one; while it is typed it says who has no time. */
export function EventForm({ start, event, calendars, onClose }: { start?: Start, event?: EventPage, calendars: Calendars, onClose: (savedId: string | null) => void }) {
  const say = useSay(), phone = usePhone(), me = useSession().user.id
  const [v, setV] = useState<Values>(() => (event ? valuesOf(event) : fresh(start!, me))), [how, setHow] = useState<How>('this'), [problems, setProblems] = useState<Record<string, string>>({}), [tries, setTries] = useState(0), [busy, setBusy] = useState(false), [count, setCount] = useState(false), [more, setMore] = useState(false)
  const [first] = useState(v), leave = useLeave(JSON.stringify(v) !== JSON.stringify(first), () => onClose(null))
  useEffect(() => { if (tries > 0) document.querySelector<HTMLElement>('.sc-form [data-problem] :is(input, textarea)')?.focus() }, [tries])
  const set = (next: Partial<Values>): void => { setV(before => ({ ...before, ...next })); setProblems(({ ...left }) => { for (const key of Object.keys(next)) delete left[key.replace(/(Day|Time)$/, '')]; return left }) }
  const wrong = (found: Record<string, string>): void => { setProblems(found); setTries(n => n + 1); if (found.budget ?? found.note ?? found.visibility) setMore(true) }
  const from = good(v.fromDay) && (v.allDay || v.fromTime) ? at(v.fromDay, v.allDay ? 0 : minutes(v.fromTime)) : null, to = good(v.toDay) && (v.allDay || v.toTime) ? at(v.toDay, v.allDay ? 1440 : minutes(v.toTime)) : null
  const series = event?.rule !== null && event !== undefined, part = series && how === 'this', [kind, id] = v.calendar.split(':') as [string, string]
  const who = [...new Set([...v.people, ...(kind === 'person' ? [id] : [])])], asked = useDebounced(from && to && to > from ? `${who.join(',')}|${from}|${to}` : '', 300)
  const times = useQuery({ queryKey: ['schedule', 'free', asked, event?.id], enabled: asked !== '', staleTime: 0, queryFn: ({ signal }) => { const [people, a, b] = asked.split('|') as [string, string, string]; return scheduleApi.freeBusy(people.split(','), a, b, event?.id ?? null, signal) } })
  const save = async (): Promise<void> => {
    const found: Record<string, string> = { ...(v.title.trim() ? tooLong('title', v.title, 120) : { title: ts('titleNeeded') }), ...tooLong('place', v.place, 120), ...tooLong('note', v.note, 4000), ...(from ? {} : { from: ts(v.fromDay && !good(v.fromDay) ? 'dayWrong' : 'fromNeeded') }), ...(to ? from && to <= from ? { to: ts('order') } : {} : { to: ts(v.toDay && !good(v.toDay) ? 'dayWrong' : 'toNeeded') }), ...(v.budget !== null && numberOf(v.budget) === null ? { budget: ts('budgetNumber') } : {}), ...(count ? { rule: ts('countWrong') } : {}), ...(v.people.length > 100 ? { people: ts('manyPeople') } : {}) }
    if (Object.keys(found).length > 0) return wrong(found)
    const body = { title: v.title.trim(), kind: v.kind, startsAt: from, endsAt: to, allDay: v.allDay, free: v.free, place: v.place.trim() || null, unitId: kind === 'team' ? id : null, ...(kind === 'person' ? { ownerId: id } : {}), resourceId: v.resourceId, attendeeIds: v.people, reminderMinutes: v.remind, visibility: v.visibility, note: v.note.trim() || null, budget: v.budget, ...(part ? {} : { rule: v.rule, skipHolidays: v.rule !== null && v.skip }) }
    setBusy(true)
    try {
      const saved = event ? await scheduleApi.change(event.id, { ...body, seen: event.version, ...(series ? { how, day: event.day } : {}) }) : await scheduleApi.add(body)
      say.ok(ts('saved'))
      onClose(saved.id)
    } catch (error) {
      if (error instanceof ApiError && error.fields.length > 0) wrong(Object.fromEntries(error.fields.map(f => [FIELD_OF[f.field] ?? f.field, f.message])))
      else if (error instanceof ApiError && error.code === 'RESOURCE_TAKEN') wrong({ resourceId: error.message })
      else say.error(error)
    } finally { setBusy(false) }
  }
  const mine = [{ value: `person:${me}`, label: ts('myCalendar') }, ...calendars.people.filter(p => p.access === 'write').map(p => ({ value: `person:${p.id}`, label: p.name })), ...calendars.teams.filter(t => t.plan).map(t => ({ value: `team:${t.id}`, label: t.name }))]
  if (!mine.some(o => o.value === v.calendar)) mine.push({ value: v.calendar, label: event?.unitName ?? event?.ownerName ?? '' })
  return (
    <Modal open title={event ? ts('change') : ts('add')} okText={ts('save')} confirmLoading={busy} onOk={() => void save()} onCancel={leave} width={phone ? '100%' : 640} style={{ top: phone ? 0 : 40 }} destroyOnHidden>
      <form className="sc-form" onSubmit={e => { e.preventDefault(); void save() }}>
        {series && <Field label={ts('how')} problem={undefined} group><Segmented aria-label={ts('how')} block value={how} onChange={setHow} options={(['this', 'following', 'all'] as const).map(value => ({ value, label: ts(value) }))} /></Field>}
        <Field label={ts('name')} problem={problems.title}><Input autoFocus value={v.title} status={problems.title ? 'error' : ''} onChange={e => set({ title: e.target.value })} /></Field>
        <div className="sc-two">
          <Field label={ts('from')} problem={problems.from} group><Moment label={ts('from')} day={v.fromDay} time={v.fromTime} allDay={v.allDay} wrong={problems.from !== undefined} onChange={(fromDay, fromTime) => set({ fromDay, fromTime, ...(!v.toDay || v.toDay < fromDay || v.toDay === v.fromDay ? { toDay: fromDay } : {}), ...later(v, fromDay, fromTime) })} /></Field>
          <Field label={ts('to')} problem={problems.to ?? problems.endsAt} group><Moment label={ts('to')} day={v.toDay} time={v.toTime} allDay={v.allDay} wrong={problems.to !== undefined} onChange={(toDay, toTime) => set({ toDay, toTime })} /></Field>
        </div>
        <Checkbox checked={v.allDay} onChange={e => set({ allDay: e.target.checked })}>{ts('allDay')}</Checkbox>
        {!part && good(v.fromDay) && <Repeat day={v.fromDay} value={v.rule} skip={v.skip} onChange={(rule, skip) => set({ rule, skip })} problem={problems.rule} onWrong={setCount} />}
        <Field label={ts('people')} problem={problems.people} group><People label={ts('people')} value={v.people} onChange={people => set({ people })} known={[...(event?.people ?? []), ...calendars.members]} /></Field>
        <Conflicts times={asked ? times.data?.people : undefined} pending={times.isFetching && asked !== ''} alone={v.people.length === 0} />
        <div className="sc-two">
          <Field label={ts('place')} problem={problems.place}><Input status={problems.place ? 'error' : ''} value={v.place} onChange={e => set({ place: e.target.value })} /></Field>
          <Field label={ts('resource')} problem={problems.resourceId} group><Select aria-label={ts('resource')} allowClear status={problems.resourceId ? 'error' : ''} showSearch={{ optionFilterProp: 'label' }} value={v.resourceId} options={calendars.resources.map(r => ({ value: r.id, label: r.unitName ? `${r.name} · ${r.unitName}` : r.name }))} onChange={next => set({ resourceId: next ?? null })} /></Field>
          <Field label={ts('kind')} problem={problems.kind} group><Select aria-label={ts('kind')} value={v.kind} options={KINDS.map(value => ({ value, label: ts(value) }))} onChange={next => set({ kind: next })} /></Field>
          <Field label={ts('remind')} problem={problems.remind} group><Select aria-label={ts('remind')} value={v.remind ?? -1} options={[...new Set([...REMIND, v.remind])].map(n => ({ value: n ?? -1, label: remindText(n) }))} onChange={n => set({ remind: n < 0 ? null : n })} /></Field>
        </div>
        {mine.length > 1 && <Field label={ts('calendar')} problem={problems.unitId} group><Select aria-label={ts('calendar')} disabled={part} showSearch={{ optionFilterProp: 'label' }} value={v.calendar} options={mine} onChange={calendar => set({ calendar })} /></Field>}
        {more ? <>
          <div className="sc-two">
            <Field label={ts('visibility')} problem={problems.visibility} group><Select aria-label={ts('visibility')} value={v.visibility} options={(['public', 'busy', 'private'] as const).map(value => ({ value, label: ts(value) }))} onChange={visibility => set({ visibility })} /></Field>
            <Field label={ts('budget')} problem={problems.budget}><NumberInput scale={2} prefix="¥" ariaLabel={ts('budget')} status={problems.budget ? 'error' : ''} value={v.budget} onChange={budget => set({ budget: budget === null ? null : String(budget) })} /></Field>
          </div>
          <Field label={ts('note')} problem={problems.note}><Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} status={problems.note ? 'error' : ''} value={v.note} onChange={e => set({ note: e.target.value })} /></Field>
          <Checkbox checked={v.free} onChange={e => set({ free: e.target.checked })}>{ts('free')}</Checkbox>
        </> : <button type="button" className="qc-link sc-more" onClick={() => setMore(true)}>{ts('moreFields')}：{ts('visibility')}、{ts('budget')}、{ts('note')}</button>}
        <button type="submit" hidden />
      </form>
    </Modal>
  )
}

/** A day of a year in which a business lives; anything else is a slip of the finger. */
const good = (day: string): boolean => isDay(day) && Number(day.slice(0, 4)) >= 1900 && Number(day.slice(0, 4)) <= 2200
/** A text that was pasted is not cut in silence. */
const tooLong = (name: string, text: string, max: number): Record<string, string> => ([...text.trim()].length > max ? { [name]: ts('tooLong', { n: max }) } : {})
const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
/** The end keeps its distance when the start of the same day moves. */
function later(v: Values, fromDay: string, fromTime: string): Partial<Values> {
  if (v.fromDay !== v.toDay || !fromTime || !v.fromTime || !v.toTime || fromTime === v.fromTime) return {}
  const end = minutes(fromTime) + Math.max(0, minutes(v.toTime) - minutes(v.fromTime))
  return end < 1440 ? { toTime: clockOf(end), toDay: fromDay } : {}
}

/** A time as it is typed: 9, 930, 9:30 and 09:30 are all half past or nine o'clock; null: no time. */
function timeOf(text: string): string | null {
  const m = /^(\d{1,2})(?:[:：.]?(\d{2}))?$/.exec(text.trim()), [h, min] = [Number(m?.[1]), Number(m?.[2] ?? 0)]
  return m && h < 24 && min < 60 ? clockOf(h * 60 + min) : null
}

function Moment({ label, day, time, allDay, wrong, onChange }: { label: string, day: string, time: string, allDay: boolean, wrong: boolean, onChange: (day: string, time: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <div className="sc-moment">
      <span role="group" aria-label={`${label}日期`}><Widget raw field={DAY} id={`sc-${label}`} value={day || null} invalid={wrong} onChange={value => onChange(typeof value === 'string' ? value : '', time)} /></span>
      {!allDay && <Input aria-label={`${label}时间`} placeholder="09:00" inputMode="numeric" maxLength={5} status={wrong ? 'error' : ''} value={typed ?? time}
        onChange={e => { setTyped(e.target.value); const full = /^\d{2}[:：]\d{2}$/.test(e.target.value) ? timeOf(e.target.value) : null; if (full) onChange(day, full) }}
        onBlur={() => { if (typed !== null) { onChange(day, timeOf(typed) ?? ''); setTyped(null) } }} onPressEnter={e => { const t = timeOf(e.currentTarget.value); if (t) onChange(day, t) }} />}
    </div>
  )
}

import './schedule.css'
import { ErrorState, Icon, PageFrame, presentTime, Skeleton, useLive, usePhone, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { scheduleApi, type Calendars, type EventPage, type How, type Item, type Shape } from './api.ts'
import type { Spot } from './drag.ts'
import { EventForm, type Start } from './EventForm.tsx'
import { EventView } from './EventView.tsx'
import { Grid } from './Grid.tsx'
import { List, Month } from './Month.tsx'
import { Moved } from './Moved.tsx'
import { Settings } from './Settings.tsx'
import { ts } from './texts.ts'
import { at, clockOf, dayOfInstant, daysShown, heading, minuteOf, step, weekdayName } from './time.ts'
import { Who } from './Who.tsx'
import { isDay } from '../rules/days.ts'

const SHAPES: Shape[] = ['day', 'week', 'month', 'list'], ON_PHONE: Shape[] = ['list', 'day']
type Doing = { what: 'new', start: Start } | { what: 'change', event: EventPage } | { what: 'settings' | 'who' } | null

/** 日程 (CA-01, CA-02): mine, a team's, a room's; day, week, month, list. The address says what is looked at. */
export default function Schedule() {
  const phone = usePhone(), say = useSay(), navigate = useNavigate(), [params, setParams] = useSearchParams(), [doing, setDoing] = useState<Doing>(null)
  const today = dayOfInstant(presentTime()), asked = params.get('date'), date = asked && isDay(asked) ? asked : today, which = params.get('cal') ?? 'mine'
  const wished = params.get('as') as Shape | null, offered = phone ? ON_PHONE : SHAPES, shape = wished && offered.includes(wished) ? wished : phone ? 'list' : 'week'
  const days = daysShown(shape, date), from = at(days[0]!, 0), to = at(days.at(-1)!, 1440)
  const page = useQuery({ queryKey: ['schedule', 'page', which, from, to], queryFn: ({ signal }) => scheduleApi.page(which, from, to, signal), placeholderData: previous => previous })
  const calendars = useQuery({ queryKey: ['schedule', 'calendars'], queryFn: ({ signal }) => scheduleApi.calendars(signal) })
  useLive(['calendarEvent', 'booking', 'absence', 'todo'], () => void page.refetch())
  const go = (next: Record<string, string | null>, replace = true): void => setParams(before => { const now = new URLSearchParams(before); for (const [key, value] of Object.entries(next)) if (value === null) now.delete(key); else now.set(key, value); return now }, { replace })
  const begin = (day: string, low?: number, high?: number): void => {
    const hour = day === today ? Math.max(540, Math.min(22 * 60, Math.ceil((minuteOf(presentTime()) + 1) / 60) * 60)) : 540, [kind, id] = which.split(':')
    const mayPlan = kind === 'team' && calendars.data?.teams.some(t => t.id === id && t.plan), mayKeep = kind === 'person' && calendars.data?.people.some(p => p.id === id && p.access === 'write')
    setDoing({ what: 'new', start: { day, from: low ?? hour, to: high ?? (low ?? hour) + 60, ...(mayPlan || mayKeep ? { calendar: which } : {}), ...(kind === 'resource' && id ? { resourceId: id } : {}) } })
  }
  const open = (item: Item): void => { if (item.href) void navigate(item.href); else if (item.id) go({ event: item.id, day: item.repeats ? item.day : null }) }
  const [asking, setAsking] = useState<{ item: Item, spot: Spot } | null>(null), [placed, setPlaced] = useState<{ key: string, from: string, to: string } | null>(null)
  const spotText = (s: Spot): string => `${weekdayName(s.day)} ${Number(s.day.slice(5, 7))}月${Number(s.day.slice(8))}日 ${clockOf(s.from)}–${clockOf(s.to % 1440)}`
  /** Saved at once and shown there meanwhile; refused, it is back where it was. Undone, the times are the old ones again. */
  const moved = async (item: Item, spot: Spot, how: How): Promise<void> => {
    const from = at(spot.day, spot.from), to = at(spot.day, spot.to), part = item.repeats ? { how, day: item.day } : {}
    setAsking(null)
    setPlaced({ key: item.key, from, to })
    try {
      const saved = await scheduleApi.change(item.id!, { startsAt: from, endsAt: to, ...part })
      const undo = async (): Promise<void> => {
        try { await scheduleApi.change(saved.id, { startsAt: item.from, endsAt: item.to, ...(item.repeats && how !== 'this' ? { how: 'all', day: spot.day } : {}) }); say.ok(ts('undone')) } catch (error) { say.error(error) }
        await page.refetch()
      }
      say.undo(ts('movedTo', { when: spotText(spot) }), ts('undo'), () => void undo())
      await page.refetch()
    } catch (error) { say.error(error) } finally { setPlaced(null) }
  }
  const move = (item: Item, spot: Spot): void => { if (item.repeats) setAsking({ item, spot }); else void moved(item, spot, 'this') }
  const eventId = params.get('event'), typing = doing !== null || eventId !== null || asking !== null
  useEffect(() => {
    const key = (event: KeyboardEvent): void => {
      if (typing || event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).closest('input, textarea, [contenteditable], [role=combobox], [role=radiogroup]')) return
      const act: Record<string, () => void> = { ArrowLeft: () => go({ date: step(shape, date, -1) }), ArrowRight: () => go({ date: step(shape, date, 1) }), t: () => go({ date: null }), n: () => begin(date) }
      const run = act[event.key]
      if (run) { event.preventDefault(); run() }
    }
    window.addEventListener('keydown', key)
    return () => window.removeEventListener('keydown', key)
  })
  const shown = page.data && (placed ? { ...page.data, items: page.data.items.map(i => (i.key === placed.key ? { ...i, from: placed.from, to: placed.to } : i)) } : page.data), common = shown && { days, page: shown, onOpen: open }
  return (
    <PageFrame title={ts('title')} padded
      actions={<><button type="button" className="qc-button" aria-label={ts('who')} title={ts('who')} onClick={() => setDoing({ what: 'who' })}><Icon name="customers" />{!phone && ts('who')}</button><button type="button" className="qc-button" aria-label={ts('settings')} title={ts('settings')} onClick={() => setDoing({ what: 'settings' })}><Icon name="share" />{!phone && ts('settings')}</button>
        <button type="button" className="qc-button qc-button-primary" title={ts('keys')} onClick={() => begin(date)}><Icon name="plus" />{ts('add')}</button></>}
      bar={<div className="sc-barline">
        <div className="sc-move"><button type="button" className="qc-button" aria-label={ts('before')} onClick={() => go({ date: step(shape, date, -1) })}><Icon name="left" /></button><button type="button" className="qc-button" disabled={date === today} onClick={() => go({ date: null })}>{ts('today')}</button><button type="button" className="qc-button" aria-label={ts('after')} onClick={() => go({ date: step(shape, date, 1) })}><Icon name="right" /></button><b aria-live="polite">{heading(shape, date)}</b></div>
        <div className="sc-look"><Which value={which} calendars={calendars.data} onChange={cal => go({ cal: cal === 'mine' ? null : cal })} /><Segmented aria-label={ts('shape')} value={shape} onChange={as => go({ as })} options={offered.map(value => ({ value, label: ts(value) }))} /></div>
      </div>}>
      {page.isPending ? <Skeleton lines={8} /> : page.isError ? <ErrorState error={page.error} onRetry={() => void page.refetch()} /> : common && (
        shape === 'month' ? <Month {...common} month={date.slice(0, 7)} onNew={begin} onDay={day => go({ as: 'day', date: day }, false)} />
          : shape === 'list' ? <List {...common} onNew={() => begin(date)} />
            : <Grid key={shape} {...common} onNew={begin} onMove={phone ? undefined : move} onDay={day => go({ as: 'day', date: day }, false)} />)}
      {asking && <Moved name={asking.item.title} when={spotText(asking.spot)} onChoose={how => { if (how) void moved(asking.item, asking.spot, how); else setAsking(null) }} />}
      {eventId && doing === null && <EventView id={eventId} day={params.get('day')} onClose={() => go({ event: null, day: null })} onChange={event => setDoing({ what: 'change', event })} />}
      {doing?.what === 'new' && calendars.data && <EventForm start={doing.start} calendars={calendars.data} onClose={() => setDoing(null)} />}
      {doing?.what === 'change' && calendars.data && <EventForm event={doing.event} calendars={calendars.data} onClose={saved => { setDoing(null); if (saved) go({ event: null, day: null }) }} />}
      {doing?.what === 'settings' && calendars.data && <Settings calendars={calendars.data} onClose={() => setDoing(null)} />}
      {doing?.what === 'who' && <Who unitId={which.startsWith('team:') ? which.slice(5) : null} onClose={() => setDoing(null)} />}
    </PageFrame>
  )
}

/** 我的 · 团队 · 资源, and people: those who share theirs, and colleagues whose 忙闲 may be seen. */
function Which({ value, calendars, onChange }: { value: string, calendars: Calendars | undefined, onChange: (which: string) => void }) {
  const group = (label: string, list: Array<{ value: string, label: string }>) => (list.length > 0 ? [{ label, options: list }] : []), c = calendars, known = new Set(c?.people.map(p => p.id))
  const options = [{ value: 'mine', label: ts('mine') }, ...group(ts('sharedWithMe'), (c?.people ?? []).map(p => ({ value: `person:${p.id}`, label: p.name }))), ...group(ts('teams'), (c?.teams ?? []).map(t => ({ value: `team:${t.id}`, label: t.name }))),
    ...group(ts('things'), c?.resources.length ? [{ value: 'resource', label: ts('allThings') }, ...c.resources.map(r => ({ value: `resource:${r.id}`, label: r.unitName ? `${r.name} · ${r.unitName}` : r.name }))] : []), ...group(ts('colleagues'), (c?.members ?? []).filter(m => m.id !== c?.me.id && !known.has(m.id)).map(m => ({ value: `person:${m.id}`, label: m.name })))]
  return <Select aria-label={ts('which')} className="sc-which" showSearch={{ optionFilterProp: 'label' }} value={value} options={options} onChange={onChange} />
}

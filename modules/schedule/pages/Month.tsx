import { EmptyState, Icon, presentTime, Tag } from '@quancheng/ui'
import type { Item, Page } from './api.ts'
import { Chip, DayMark } from './Grid.tsx'
import { ts } from './texts.ts'
import { clock, dayOfInstant, onDay, timeText, weekdayName } from './time.ts'

const FEW = 3
type Props = { days: string[], page: Page, onOpen: (item: Item) => void }

export function Month({ days, page, onOpen, onNew, onDay: goTo, month }: Props & { month: string, onNew: (day: string) => void, onDay: (day: string) => void }) {
  const today = dayOfInstant(presentTime())
  return (
    <section className="sc-month qc-panel">
      {days.slice(0, 7).map(day => <span key={day} className="sc-weekday">{weekdayName(day)}</span>)}
      {days.map(day => {
        const items = onDay(page.items, day)
        return (
          <div key={day} className="sc-cell" data-day={day} data-other={day.slice(0, 7) !== month || undefined} data-today={day === today || undefined} data-kind={page.days[day]} onClick={event => { if (event.target === event.currentTarget) onNew(day) }}>
            <button type="button" className="sc-number" onClick={() => goTo(day)}>{Number(day.slice(8))}<DayMark kind={page.days[day]} /></button>
            {items.slice(0, FEW).map(i => <Chip key={i.key} item={i} onOpen={onOpen} time />)}
            {items.length > FEW && <button type="button" className="qc-link" onClick={() => goTo(day)}>{ts('more', { n: items.length - FEW })}</button>}
          </div>)
      })}
    </section>
  )
}

export function List({ days, page, onOpen, onNew }: Props & { onNew: () => void }) {
  const today = dayOfInstant(presentTime()), filled = days.map(day => ({ day, items: onDay(page.items, day) })).filter(d => d.items.length > 0 || page.days[d.day] === 'off')
  if (!filled.some(d => d.items.length)) return <section className="qc-panel"><EmptyState icon="calendar" title={ts('none')} hint={ts('noneHint')} action={<button type="button" className="qc-button" onClick={onNew}><Icon name="plus" />{ts('add')}</button>} /></section>
  return (
    <ol className="sc-list qc-panel">{filled.map(({ day, items }) => (
      <li key={day} data-today={day === today || undefined}>
        <div className="sc-date"><b>{Number(day.slice(5, 7))}月{Number(day.slice(8))}日</b><span>{weekdayName(day)}</span>{day === today && <span>{ts('today')}</span>}<DayMark kind={page.days[day]} /></div>
        <ul>{items.map(i => (
          <li key={i.key}><button type="button" data-kind={i.kind} data-answer={i.answer} disabled={!i.id && !i.href} onClick={() => onOpen(i)}>
            <span className="sc-when">{i.source && !i.allDay ? clock(i.from) : timeText(i, ts('allDay'))}</span><span className="sc-what"><b>{i.title}</b>{i.who && <span>{i.who}</span>}{i.place && <span>{i.place}</span>}{i.unitName && <span>{i.unitName}</span>}{i.source && <Tag>{i.source}</Tag>}{i.answer === 'waiting' && <Tag color="gold">{ts('waiting')}</Tag>}{i.repeats && <Icon name="refresh" size={13} label={ts('repeats')} />}</span>
          </button></li>))}</ul>
      </li>))}</ol>
  )
}

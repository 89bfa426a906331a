import { ErrorState, Icon, PersonPicker, Skeleton, Tag, usePhone, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Drawer, Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { scheduleApi, type EventPage, type How } from './api.ts'
import { ts } from './texts.ts'
import { dayOfInstant, timeText, weekdayName } from './time.ts'

const ANSWER = { waiting: ['waiting', undefined], yes: ['accepted', 'green'], maybe: ['tentative', 'gold'], no: ['declined', 'red'] } as const
const STAGE = { todo: 'taskOpen', done: 'taskDone', dropped: 'taskDropped' } as const

/** One event: when, where, with whom, what is to be done for it; one's own answer. */
export function EventView({ id, day, onClose, onChange }: { id: string, day: string | null, onClose: () => void, onChange: (event: EventPage) => void }) {
  const phone = usePhone()
  const read = useQuery({ queryKey: ['schedule', 'event', id, day], queryFn: ({ signal }) => scheduleApi.event(id, day, signal), retry: false })
  return (
    <Drawer open title={read.data?.title ?? ts('title')} onClose={onClose} size={phone ? '100%' : 460} destroyOnHidden>
      {read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <Shown event={read.data} onClose={onClose} onChange={() => onChange(read.data)} />}
    </Drawer>
  )
}

function Shown({ event: e, onClose, onChange }: { event: EventPage, onClose: () => void, onChange: () => void }) {
  const say = useSay(), [cancelling, setCancelling] = useState(false)
  const answer = async (value: string): Promise<void> => { try { await scheduleApi.answer(e.id, value); say.ok(ts('answered')) } catch (error) { say.error(error) } }
  const first = dayOfInstant(e.startsAt)
  return (
    <div className="sc-view">
      <p className="sc-time"><b>{first} {weekdayName(first)}</b> {timeText({ from: e.startsAt, to: e.endsAt, allDay: e.allDay }, ts('allDay'))}</p>
      {e.ruleText && <p><Icon name="refresh" size={14} /> {e.ruleText}{e.skipHolidays && `，${ts('skip')}`}</p>}
      <dl>
        <dt>{ts('kind')}</dt><dd>{ts(e.kind as 'meeting')}</dd>
        {(e.place ?? e.resourceName) && <><dt>{ts('place')}</dt><dd>{[e.place, e.resourceName].filter(Boolean).join(' · ')}</dd></>}
        <dt>{ts('calendar')}</dt><dd>{e.unitName ?? e.ownerName}</dd>{e.unitName && <><dt>{ts('owner')}</dt><dd>{e.ownerName}</dd></>}
        {e.about && <><dt>{ts('about')}</dt><dd>{e.aboutHref ? <Link to={e.aboutHref}>{e.about}</Link> : e.about}</dd></>}
        {e.budget && <><dt>{ts('budget')}</dt><dd className="qc-number">¥ {e.budget}</dd></>}
        {e.note && <><dt>{ts('note')}</dt><dd className="sc-note">{e.note}</dd></>}
      </dl>
      {e.mine && <Segmented block aria-label={ts('answered')} value={e.mine} onChange={value => void answer(value)} options={[{ value: 'yes', label: ts('yesAnswer') }, { value: 'maybe', label: ts('maybe') }, { value: 'no', label: ts('no') }]} />}
      {e.people.length > 0 && <section><h3>{ts('people')}</h3><ul className="sc-people">{e.people.map(p => { const [text, color] = ANSWER[p.answer as 'yes']; return <li key={p.id}>{p.name} <Tag color={color}>{ts(text)}</Tag></li> })}</ul></section>}
      <Tasks event={e} />
      {e.level === 'write' && <div className="sc-acts"><button type="button" className="qc-button qc-button-primary" onClick={onChange}><Icon name="edit" />{ts('change')}</button><button type="button" className="qc-button" onClick={() => setCancelling(true)}><Icon name="trash" />{ts('cancelIt')}</button></div>}
      {cancelling && <CancelDialog event={e} onClose={gone => { setCancelling(false); if (gone) onClose() }} />}
    </div>
  )
}

function CancelDialog({ event: e, onClose }: { event: EventPage, onClose: (gone: boolean) => void }) {
  const say = useSay(), [how, setHow] = useState<How>('this'), [busy, setBusy] = useState(false)
  const go = async (): Promise<void> => { setBusy(true); try { await scheduleApi.cancel(e.id, e.rule ? how : 'all', e.day); say.ok(ts('cancelled')); onClose(true) } catch (error) { say.error(error); setBusy(false) } }
  return (
    <Modal open title={ts('cancelIt')} okText={ts('yes')} cancelText={ts('back')} okButtonProps={{ danger: true, loading: busy }} onOk={() => void go()} onCancel={() => onClose(false)}>
      <p>{ts('sureCancel', { name: e.title })}</p>
      {e.rule && <Segmented block aria-label={ts('how')} value={how} onChange={setHow} options={(['this', 'following', 'all'] as const).map(value => ({ value, label: ts(value) }))} />}
    </Modal>
  )
}

/** 事件计划 (CA-03): what has to be done for it, as ordinary to-dos; how far it is. */
function Tasks({ event: e }: { event: EventPage }) {
  const say = useSay(), [adding, setAdding] = useState(false), [title, setTitle] = useState(''), [to, setTo] = useState<string[]>([])
  if (e.level !== 'write' && e.tasks.length === 0) return null
  const add = async (): Promise<void> => { if (!title.trim()) return; try { await scheduleApi.addTask(e.id, title.trim(), to[0] ?? null); setTitle(''); setTo([]) } catch (error) { say.error(error) } }
  return (
    <section>
      <h3>{ts('tasks')}{e.done !== null && <span className="sc-done">{ts('done', { n: e.done })}</span>}</h3>
      {e.done !== null && <div className="sc-bar" aria-hidden><i style={{ width: `${e.done}%` }} /></div>}
      {e.tasks.length === 0 && !adding && <p className="qc-soft">{ts('taskNone')}</p>}
      <ul className="sc-tasks">{e.tasks.map(task => <li key={task.id} data-stage={task.stage}><Link to={`/e/todos/${task.id}`}>{task.title}</Link><span>{task.ownerName} <Tag color={task.stage === 'done' ? 'green' : undefined}>{ts(STAGE[task.stage as 'todo'])}</Tag></span></li>)}</ul>
      {e.level === 'write' && (adding
        ? <form className="sc-form" onSubmit={event => { event.preventDefault(); void add() }}><Input autoFocus aria-label={ts('taskWhat')} placeholder={ts('taskWhat')} maxLength={120} value={title} onChange={event => setTitle(event.target.value)} /><PersonPicker label={ts('taskWho')} value={to} onChange={setTo} /><button type="submit" className="qc-button" disabled={!title.trim()}>{ts('addTask')}</button></form>
        : <button type="button" className="qc-button" onClick={() => setAdding(true)}><Icon name="plus" />{ts('addTask')}</button>)}
    </section>
  )
}

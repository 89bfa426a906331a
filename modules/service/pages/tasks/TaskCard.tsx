import { durationText, EtaText, Icon, Lateness, When } from '@quancheng/ui'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { TaskItem } from '../shared/types.ts'
import { ti } from './texts.ts'

type Props = { task: TaskItem, to: string, current: boolean, done: boolean, action?: ReactNode }

/** One task: what, on whose device, how much time is left. */
export function TaskCard({ task, to, current, done, action }: Props) {
  return (
    <li className={`st-card sv-late-${done && task.lateness === 'warn' ? 'ok' : task.lateness}`} aria-current={current || undefined}>
      <Link to={to} preventScrollReset replace={current}>
        <span className="st-top"><b>{task.process ? `${task.process} · ${task.name}` : task.name}</b>
          {done ? <span className={task.lateness === 'late' ? 'qc-late qc-late-late' : 'qc-late'}>{task.lateness === 'late' && <Icon name="warn" size={13} />}{ti(task.lateness === 'late' ? 'late' : 'onTime')}</span>
            : task.state === 'paused' ? <span className="qc-late"><Icon name="pause" size={13} />{ti('paused', { why: task.pausedFor ?? '' })}</span>
              : <Lateness lateness={task.lateness} dueAt={task.dueAt ?? null} minutesLeft={task.minutesLeft ?? null} tentative={task.tentative ?? false} />}</span>
        <span className="st-title">{task.title}</span>
        <span className="st-sub">{[task.starterName, task.subtitle].filter(Boolean).join(' · ')}</span>
        {!done && task.eta && <span className="st-eta"><EtaText eta={task.eta} /></span>}
        <span className="st-foot">{done ? <><When at={task.finishedAt ?? task.enteredAt} /><span>{ti('used', { d: durationText(task.minutesUsed ?? 0) })}</span></> : <><When at={task.enteredAt} form="relative" /><span>{task.urgedAt ? <b className="qc-late qc-late-warn"><Icon name="bell" size={12} />{ti('urged')}</b> : task.unitName}</span></>}</span>
      </Link>
      {action}
    </li>
  )
}

import './tasks.css'
import { Lateness, When, type Task } from '@quancheng/ui'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

/** Tasks as people scan them: what, for whom, how late. */
export function TaskRows({ tasks, action, done = false }: { tasks: Task[], action?: (task: Task) => ReactNode, done?: boolean }) {
  return (
    <ul className="qt-rows">
      {tasks.map(task => (
        <li key={task.id} className={`qt-row qt-${done ? 'ok' : task.lateness}`}>
          <Link to={`/tasks/${task.id}`}>
            <span className="qt-name">{task.process ?? task.name}</span>
            <span className="qt-title"><span>{task.title}</span>{task.starterName && <span> {task.starterName}</span>}{task.subtitle && <span className="qc-faint"> {task.subtitle}</span>}</span>
            <span className="qt-unit qc-soft">{task.unitName}</span>
            <span className="qt-late">{done ? <When at={task.startedAt ?? task.enteredAt} /> : <Lateness lateness={task.lateness} dueAt={task.dueAt ?? null} minutesLeft={task.minutesLeft ?? null} tentative={task.tentative ?? false} />}</span>
          </Link>
          {action?.(task)}
        </li>
      ))}
    </ul>
  )
}

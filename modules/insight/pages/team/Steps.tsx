import { api, durationText, EmptyState, ErrorState, shortText, Skeleton, usePhone } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { Link } from 'react-router'
import { tt } from './texts.ts'
import type { Asked, StepLine } from './types.ts'

const LABEL = { open: 'open', late: 'late', warn: 'warn', paused: 'paused', pool: 'pool', done: 'doneToday', doneLate: 'late', onTime: 'onTime' } as const

/** The steps that a figure counted; each leads to its request. */
export function Steps({ unitId, asked, who, onClose }: { unitId: string | null, asked: Asked | null, who: string, onClose: () => void }) {
  const phone = usePhone()
  const what = asked && (asked.day ? tt('doneOf', { day: asked.day }) : tt(LABEL[asked.what]))
  return (
    <Drawer open={asked !== null} onClose={onClose} title={what && tt('rowsOf', { who, what })} placement={phone ? 'bottom' : 'right'} {...(phone ? { height: '80%' } : { width: 520 })} styles={{ body: { padding: 0 } }}>
      {asked && <List unitId={unitId} asked={asked} />}
    </Drawer>
  )
}

function List({ unitId, asked }: { unitId: string | null, asked: Asked }) {
  const read = useQuery({ queryKey: ['insight', 'team', 'rows', unitId, asked], queryFn: ({ signal }) => api.get<{ total: number, items: StepLine[] }>('/insight/team/rows', { query: { unitId, userId: asked.userId, what: asked.what, day: asked.day }, signal }) })
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton lines={8} />
  const { total, items } = read.data
  if (total === 0) return <EmptyState icon="list" title={tt('nothing')} />
  return (
    <>
      <p className="it-rows-head qc-soft">{tt(items.length < total ? 'shownFirst' : 'shown', { n: total, shown: items.length })}</p>
      <ul className="qc-plain">{items.map(each => (
        <li key={each.taskId} className="it-row">
          <b><Link to={`/e/service-requests/${each.id}`}>{each.number}</Link></b><span className={each.late ? 'qc-danger' : ''}>{each.stage}{each.late && ` · ${tt('late')}`}</span>
          <span className="qc-faint">{[each.who ?? tt('pool'), each.model, each.finishedAt ? `${tt('done')} ${shortText(each.finishedAt)}` : `${tt('entered')} ${shortText(each.enteredAt)}`, each.finishedAt || !each.dueAt ? null : tt('due', { t: shortText(each.dueAt) })].filter(Boolean).join(' · ')}</span>
          <span className="qc-faint">{each.minutes === null ? '' : durationText(each.minutes)}</span>
        </li>
      ))}</ul>
    </>
  )
}

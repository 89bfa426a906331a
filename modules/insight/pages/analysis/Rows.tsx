import { api, download, durationText, EmptyState, ErrorState, Icon, messageOf, moneyText, shortText, Skeleton, usePhone, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Drawer, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ta } from './texts.ts'
import type { Asked, RowLine } from './types.ts'

const SORTS = { minutes: 'byTime', cost: 'byCost', startedAt: 'byDate' } as const

/** The requests behind a figure. */
export function Rows({ question, asked, onClose }: { question: Record<string, string>, asked: Asked | null, onClose: () => void }) {
  const phone = usePhone()
  return (
    <Drawer open={asked !== null} onClose={onClose} title={asked?.title} placement={phone ? 'bottom' : 'right'} {...(phone ? { height: '84%' } : { width: 600 })} styles={{ body: { padding: 0 } }}>
      {asked && <List key={JSON.stringify(asked)} question={question} asked={asked} />}
    </Drawer>
  )
}

function List({ question, asked }: { question: Record<string, string>, asked: Asked }) {
  const say = useSay()
  const { title: _, more, ...what } = asked
  const [sort, setSort] = useState<keyof typeof SORTS>(asked.sort ?? 'minutes')
  const [limit, setLimit] = useState(100)
  const query = { ...question, ...more, ...what, sort }
  const read = useQuery({ queryKey: ['insight', 'service', 'rows', query, limit], queryFn: ({ signal }) => api.get<{ total: number, items: RowLine[] }>('/insight/service/rows', { query: { ...query, limit }, signal, timeoutMs: 60_000 }), placeholderData: previous => previous })
  const save = async () => { try { await download('/insight/service/rows/file', query, `${ta('title')}.csv`) } catch (error) { say.error(messageOf(error)) } }
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton lines={8} />
  const { total, items } = read.data
  if (total === 0) return <EmptyState icon="list" title={ta('nothing')} />
  return (
    <>
      <div className="ia-rows-head"><span className="qc-soft">{ta(items.length < total ? 'rowsFirst' : 'rows', { n: total, shown: items.length })}</span>
        <Select aria-label={ta('byTime')} value={sort} onChange={setSort} options={(Object.keys(SORTS) as Array<keyof typeof SORTS>).map(value => ({ value, label: ta(SORTS[value]) }))} />
        <button type="button" className="qc-button" onClick={() => void save()}><Icon name="download" />{ta('rowsFile')}</button></div>
      <ul className="qc-plain">{items.map(each => (
        <li key={each.id} className="ia-row">
          <b><Link to={`/e/service-requests/${each.id}`}>{each.number}</Link></b><b className={each.late ? 'qc-danger' : ''}>{durationText(each.minutes)}{each.late && ` · ${ta('late')}`}</b>
          <span className="qc-faint">{[each.station, each.line, each.model, each.fault, each.person, shortText(each.startedAt), each.endedAt ? null : ta('openNow'), each.cameBack ? ta('repeatMark') : null].filter(Boolean).join(' · ')}</span>
          <span className="qc-faint">{Number(each.cost) > 0 ? moneyText(each.cost) : ''}</span>
        </li>
      ))}</ul>
      {items.length < total && limit < 500 && <p className="ia-more"><button type="button" className="qc-button" onClick={() => setLimit(limit + 100)}>{ta('more')}</button></p>}
    </>
  )
}

import { api, Icon, useMeta, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { ta } from './adminTexts.ts'

export type Fault = { seq: number, why: string, entity: string, recordId: string }
type Night = { begunAt: string, endedAt: string, entries: number, faults: number, broken: Fault[] }

/** What does not fit, one sentence each: which record, which entry of it, what is wrong, and what that means. */
export function Faults({ faults, all }: { faults: Fault[], all: number }) {
  const meta = useMeta()
  const beside: Record<string, string> = { comment: ta('comment'), attachment: ta('attachment') }
  return (
    <div className="qc-stack">
      <p>{ta('faultMeans')}</p>
      <ul className="qo-faults">{faults.map((each, i) => {
        const target = meta.entities.find(entity => entity.name === each.entity)
        const what = `${target?.label ?? beside[each.entity] ?? each.entity} ${each.recordId.slice(-8)}`
        return <li key={i}>{target ? <Link to={`/e/${target.plural}/${each.recordId}`}>{what}</Link> : what} {ta('faultAt', { n: each.seq })}{each.why}</li>
      })}</ul>
      {all > faults.length && <p className="qc-soft">{ta('faultMore', { n: all - faults.length })}</p>}
    </div>
  )
}

/** The nightly walk through the log: when it last was, how much it read, what it found (SP-23). */
export function LastNight() {
  const [open, setOpen] = useState(false)
  const read = useQuery({ queryKey: ['audit', 'nights'], queryFn: ({ signal }) => api.get<{ items: Night[] }>('/audit/nights', { signal, quiet: true }) })
  if (!read.data) return null
  const [last] = read.data.items
  if (!last) return <p className="qc-soft qo-night">{ta('nightNone')}</p>
  return (
    <section className="qc-panel qc-panel-pad qo-night" data-bad={last.faults > 0 || undefined}>
      <p><Icon name={last.faults ? 'warn' : 'check'} /> <When at={last.endedAt} form="absolute" /> {last.faults ? <b className="qc-danger">{ta('nightBad', { n: last.entries, bad: last.faults })}</b> : ta('nightOk', { n: last.entries })}
        {read.data.items.length > 1 && <> <button type="button" className="qc-link" aria-expanded={open} onClick={() => setOpen(!open)}>{ta('nightAll')}</button></>}</p>
      {last.faults > 0 && <Faults faults={last.broken} all={last.faults} />}
      {open && <ul className="qo-faults">{read.data.items.slice(1).map(night => <li key={night.begunAt}><When at={night.endedAt} form="absolute" /> {night.faults ? <span className="qc-danger">{ta('nightBad', { n: night.entries, bad: night.faults })}</span> : ta('nightOk', { n: night.entries })}</li>)}</ul>}
    </section>
  )
}

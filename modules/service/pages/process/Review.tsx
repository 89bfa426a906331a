import { api, Chart, durationText, EmptyState, ErrorState, Skeleton, usePhone } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import type { Filter } from './HeatPicture.tsx'
import { dotsOf, matrixOf, weeksOf } from './reviewCharts.ts'
import { tp } from './texts.ts'
import type { CaseQuestion, Load, ReviewView } from './types.ts'

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`

/** How much comes in and goes out, what is done again, how work changes hands and who carries it. */
export function Review({ processKey, filter, onCases }: { processKey: string, filter: Filter, onCases: (question: CaseQuestion) => void }) {
  const read = useQuery({ queryKey: ['processes', processKey, 'review', filter], queryFn: ({ signal }) => api.get<ReviewView>(`/processes/${encodeURIComponent(processKey)}/review`, { query: filter, signal }), placeholderData: previous => previous })
  const phone = usePhone()
  const data = read.data
  const options = useMemo(() => data ? { weeks: weeksOf(data.weeks, phone), matrix: matrixOf(data.handOvers, phone), dots: dotsOf(data.dots, phone) } : null, [data, phone])
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!data || !options) return <Skeleton lines={10} height={20} />
  if (data.cases === 0) return <div className="qc-panel"><EmptyState icon="chart" title={tp('nothing')} hint={tp('nothingHint')} /></div>
  const last = data.weeks.at(-1)
  // a log knows no posts
  const roles = data.roles.some(each => each.role)
  return (
    <>
      <Section title={tp('throughput')} hint={last && tp('lastWeek', { week: last.week, started: last.started, ended: last.ended, open: last.open })}>
        <Chart option={options.weeks} height={260} label={tp('throughputLabel', { list: data.weeks.slice(-12).map(w => `${w.week} ${w.started}/${w.ended}`).join('，') })} />
      </Section>
      {data.time.steps > 0 && <Section title={tp('waitingShare')} hint={tp('waitingShareHint', { n: data.time.steps })}><Split waiting={data.time.waitingMinutes} working={data.time.workingMinutes} /></Section>}
      <div className={roles ? 'sp-two' : undefined}>
        <Section title={tp('rework')} hint={tp('reworkHint', { n: data.rework.cases, share: percent(data.rework.share) })} plain>
          {data.rework.activities.length === 0 ? <EmptyState icon="check" title={tp('noRework')} /> : (
            <Table head={[tp('activity'), tp('cases'), tp('again'), tp('directly')]}>{data.rework.activities.map(each => (
              <tr key={each.activity}><th scope="row"><button type="button" className="qc-link" onClick={() => onCases({ title: `${each.activity} · ${tp('cases')}`, activity: each.activity, by: 'total' })}>{each.activity}</button></th><td className="sv-right">{each.cases}</td><td className="sv-right">{each.again}</td><td className="sv-right">{each.directly}</td></tr>
            ))}</Table>
          )}
        </Section>
        {roles && <Section title={tp('roleLoad')} hint={tp('calendarTime')} plain><LoadTable head={tp('role')} loads={data.roles.map(each => ({ ...each, label: each.name || tp('noRole') }))} /></Section>}
      </div>
      <Section title={tp('handOvers')} hint={tp('handOversHint', { n: data.handOvers.total, per: Math.round(data.handOvers.perCase * 10) / 10 })}>
        {data.handOvers.total === 0 ? <EmptyState icon="swap" title={tp('noHandOvers')} /> : <div className="sp-two sp-matrix">
          <Chart option={options.matrix} height={data.handOvers.people.length * 30 + 90} label={tp('matrixLabel', { list: data.handOvers.pairs.slice(0, 8).map(p => `${p.from} → ${p.to} ${p.count}`).join('，') })} />
          <Table head={[tp('fromPerson'), tp('toPerson'), tp('count')]}>{data.handOvers.pairs.slice(0, 10).map(p => <tr key={`${p.from}>${p.to}`}><td>{p.from}</td><td>{p.to}</td><td className="sv-right">{p.count}</td></tr>)}</Table>
        </div>}
      </Section>
      {data.people.length > 0 && <Section title={tp('personLoad')} plain><LoadTable head={tp('person')} loads={data.people.map(each => ({ ...each, label: each.person }))} person /></Section>}
      {data.dots.points.length > 0 && <Section title={tp('dots')} hint={tp('dotsHint', { n: data.dots.cases })}><Chart option={options.dots} height={phone ? 420 : 380} label={tp('dotsLabel', { n: data.dots.cases, list: data.dots.activities.join('，') })} /></Section>}
    </>
  )
}

function Section({ title, hint, plain = false, children }: { title: string, hint?: ReactNode, plain?: boolean, children: ReactNode }) {
  return <section className="qc-panel"><header><h2>{title}</h2>{hint && <span className="qc-faint">{hint}</span>}</header>{plain ? children : <div className="qc-panel-pad">{children}</div>}</section>
}

function Table({ head, children }: { head: string[], children: ReactNode }) {
  return <div className="sv-table-wrap"><table className="sv-table"><thead><tr>{head.map((each, i) => <th key={each} className={i === 0 || (i === 1 && head.length === 3) ? '' : 'sv-right'}>{each}</th>)}</tr></thead><tbody>{children}</tbody></table></div>
}

function LoadTable({ head, loads, person = false }: { head: string, loads: Array<Load & { label: string }>, person?: boolean }) {
  const most = Math.max(1, ...loads.map(each => each.steps))
  return (
    <Table head={[head, tp('count'), tp('cases'), ...(person ? [] : [tp('people')]), tp('workingSum'), tp('openSteps')]}>{loads.map(each => (
      <tr key={each.label}><th scope="row">{each.label}<i className="sp-load" aria-hidden><s style={{ width: `${100 * each.steps / most}%` }} /></i></th><td className="sv-right">{each.steps}（{percent(each.share)}）</td><td className="sv-right">{each.cases}</td>{!person && <td className="sv-right">{each.people}</td>}<td className="sv-right">{each.workingMinutes > 0 ? durationText(each.workingMinutes) : '—'}</td><td className="sv-right">{each.open}</td></tr>
    ))}</Table>
  )
}

function Split({ waiting, working }: { waiting: number, working: number }) {
  const all = waiting + working
  if (all <= 0) return <EmptyState icon="clock" title={tp('notMeasured')} />
  return (
    <div>
      <div className="sp-split" role="img" aria-label={`${tp('waiting')} ${percent(waiting / all)}，${tp('working')} ${percent(working / all)}`}><i style={{ width: `${100 * waiting / all}%` }} /><i style={{ width: `${100 * working / all}%` }} /></div>
      <p className="sp-split-text"><span>{tp('waiting')} {percent(waiting / all)} · {durationText(waiting)}</span><span>{tp('working')} {percent(working / all)} · {durationText(working)}</span></p>
    </div>
  )
}

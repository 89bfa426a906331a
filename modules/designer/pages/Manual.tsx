import './manual.css'
import { api, dateText, durationText, ErrorState, Icon, Skeleton, useNow } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { Drawn } from './compare/Drawn.tsx'
import type { Manual as Rules, ManualStep } from '../rules/manual.ts'
import { tm } from './manualTexts.ts'

type Manual = Rules & { version: number | 'draft', at: string | null, byName: string | null, company: string, xml: string }

/** The process as a handbook on A4: the drawing, then step after step what to do, with whom and by when. */
export default function Manual() {
  const key = useParams().key!
  const [params] = useSearchParams()
  const version = params.get('version')
  const read = useQuery({ queryKey: ['design', 'manual', key, version], queryFn: ({ signal }) => api.get<Manual>(`/process-designs/${encodeURIComponent(key)}/manual`, { query: { version }, signal }), retry: false, gcTime: 0 })
  const manual = read.data
  const now = useNow()
  const at = `/designer/${encodeURIComponent(key)}`
  useEffect(() => { if (manual) document.title = `${manual.name} · ${tm('manual')}` }, [manual])
  const which = !manual ? '' : manual.version === 'draft' ? tm('draft') : tm('version', { n: manual.version })
  return (
    <main className="qm">
      <div className="qm-bar qc-no-print"><Link className="qc-button" to={version === 'draft' ? at : `${at}/versions`}><Icon name="back" />{tm('back')}</Link><span className="qc-grow" /><Link className="qc-icon-button" to="/help/designer-manual" aria-label={tm('help')} title={tm('help')}><Icon name="help" /></Link><button type="button" className="qc-button qc-button-primary" disabled={!manual} onClick={() => window.print()}>{tm('print')}</button></div>
      {read.isError ? <div className="qm-sheet"><h1 className="qc-sr">{tm('manual')}</h1><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : !manual ? <div className="qm-sheet"><h1 className="qc-sr">{tm('manual')}</h1><Skeleton lines={12} /></div> : <>
        <section className="qm-sheet qm-wide">
          <header className="qm-title"><div><p>{manual.company} · {tm('manual')}</p><h1>{manual.name}</h1></div>
            <dl><div><dt>{tm('edition')}</dt><dd>{which}</dd></div>{manual.at && <div><dt>{tm('published')}</dt><dd>{dateText(manual.at)}{manual.byName ? ` · ${manual.byName}` : ''}</dd></div>}{manual.entity && <div><dt>{tm('object')}</dt><dd>{manual.entity}</dd></div>}<div><dt>{tm('printed')}</dt><dd>{dateText(now)}</dd></div></dl></header>
          {manual.about && <p className="qm-about">{manual.about}</p>}
          <div className="qm-scroll"><Drawn xml={manual.xml} className="qm-picture" /></div>
        </section>
        <section className="qm-sheet">
          <h2>{tm('overview')}</h2>
          <div className="qm-scroll"><table className="qm-overview">
            <thead><tr><th>{tm('no')}</th><th>{tm('step')}</th><th>{tm('role')}</th><th>{tm('limit')}</th><th>{tm('results')}</th></tr></thead>
            <tbody>{manual.steps.map(step => <tr key={step.id}><td>{step.no}</td><td>{step.name}</td><td>{step.role ?? tm('anybody')}</td><td>{step.standard ? limitText(step.standard) : '—'}</td><td>{step.outcomes.map(o => o.label).join('、')}</td></tr>)}</tbody>
          </table></div>
          {manual.ends.length > 0 && <p className="qm-ends">{tm('ends')}{manual.ends.join('、')}</p>}
          {manual.steps.map(step => <Step key={step.id} step={step} />)}
          {manual.automatic.length > 0 && <article className="qm-step"><h2>{tm('automatic')}</h2><ul>{manual.automatic.map(each => <li key={each.name}>{each.name} <span className="qc-faint">{each.handler}</span></li>)}</ul></article>}
        </section>
      </>}
    </main>
  )
}

const limitText = (s: NonNullable<ManualStep['standard']>) => `${durationText(s.minutes)}${s.clock === 'business' ? tm('working') : ''}`

function Step({ step }: { step: ManualStep }) {
  const only = (text: string | null) => text && <span className="qm-only">{tm('only', { outcomes: text })}</span>
  return (
    <article className="qm-step">
      <h2><span>{step.no}</span>{step.name}</h2>
      <dl className="qm-facts">
        <div><dt>{tm('role')}</dt><dd>{step.role ?? tm('anybody')}，{step.assign}</dd></div>
        {step.stage && <div><dt>{tm('stage')}</dt><dd>{step.stage}</dd></div>}
        {step.standard && <div><dt>{tm('limit')}</dt><dd>{limitText(step.standard)}；{tm('warn', { n: step.standard.warnPercent })}{step.standard.pauseReasons.length > 0 && `；${tm('pause')}${step.standard.pauseReasons.join('、')}`}{step.standard.remindMinutes.length > 0 && `；${tm('remind')}${step.standard.remindMinutes.map(m => durationText(m)).join('、')}`}</dd></div>}
      </dl>
      {step.note && <p>{step.note}</p>}
      {step.guide && <div className="qm-guide"><h3>{tm('guide')}</h3><p>{step.guide}</p></div>}
      {step.items.length > 0 && <div><h3>{tm('items')}</h3><ul className="qm-boxes">{step.items.map(item => <li key={item.label}><i aria-hidden />{item.label}{!item.required && <span className="qc-faint">（{tm('optional')}）</span>}{only(item.only)}</li>)}</ul></div>}
      {step.script.length > 0 && <div><h3>{tm('script')}</h3>{step.script.map(line => <blockquote key={line.text}>{line.text}{line.required && <b>（{tm('must')}）</b>}{only(line.only)}</blockquote>)}</div>}
      {step.fields.length > 0 && <div><h3>{tm('fields')}</h3><p>{step.fields.map((field, i) => <span key={field.name}>{i > 0 && '、'}{field.name}{field.required && <b>（{tm('required')}）</b>}{field.readonly && <span className="qc-faint">（{tm('readonly')}）</span>}{only(field.only)}{field.when && <span className="qm-only">{tm('when', { condition: field.when })}</span>}</span>)}</p></div>}
      <div className="qm-scroll"><h3>{tm('results')}</h3><table><thead><tr><th>{tm('result')}</th><th>{tm('goes')}</th></tr></thead><tbody>
        {step.outcomes.map(o => <tr key={o.label}><td><b className={o.danger ? 'qc-danger' : undefined}>{o.label}</b>{o.requiresComment && <span className="qc-faint">（{tm('comment')}）</span>}</td><td><Leads leads={o.leads} /></td></tr>)}
        {step.timers.map(timer => <tr key={timer.name}><td>{tm('after', { d: timer.after })}{timer.business ? tm('working') : ''}</td><td>{tm(timer.interrupting ? 'stops' : 'besides')}：<Leads leads={timer.leads} /></td></tr>)}
      </tbody></table></div>
    </article>
  )
}

function Leads({ leads }: { leads: ManualStep['outcomes'][number]['leads'] }) {
  if (leads.length === 0) return <span>{tm('nowhere')}</span>
  return <>{leads.map((lead, i) => <div key={i}>{lead.when && <span className="qm-when">{lead.when} → </span>}{lead.to}{lead.end && <span className="qc-faint">（{tm('end')}）</span>}</div>)}</>
}

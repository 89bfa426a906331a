import './voice.css'
import { can, CasePanel, dateTimeText, EntityPage, forget, Icon, type Row } from '@quancheng/ui'
import { Link, useParams } from 'react-router'
import { OpenTasks } from './Case.tsx'
import { HandOver } from './HandOver.tsx'
import { AskCustomer, Choice, labelOf, Promise, Said, text } from './shared.tsx'
import { tv } from './texts.ts'

/** One complaint: what was said, what is to be done now, our answer, the customer's verdict. */
export default function ComplaintPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="complaint" id={id} back="/complaints" hideFields={['words', 'result', 'reply', 'verdictWords', 'warnAt']} top={row => <Top row={row} />} tabs={row => [{ key: 'course', label: tv('course'), content: <CasePanel entity="complaint" recordId={row.id} /> }]} />
}

function Top({ row }: { row: Row }) {
  return (
    <div className="vo">
      <div className="vo-main">
        <section className="qc-panel vo-state">
          <div><span>{tv('now')}</span><b><Choice entity="complaint" field="stage" value={row.stage} /></b></div>
          <div><span>{tv('owner')}</span><b>{labelOf(row, 'ownerId') || tv('nobody')}</b></div>
          {row.endedAt ? <div><span>{tv('ended')}</span><b>{dateTimeText(text(row.endedAt))}</b></div> : <div><span>{tv('due')}</span><b><Promise row={row} /></b></div>}
          {Number(row.reopens) > 0 && <div><span>{tv('reopenRate')}</span><b className="qc-danger">{tv('reopened', { n: Number(row.reopens) })}</b></div>}
        </section>
        <section className="qc-panel qc-panel-pad qc-stack"><Said title={`${tv('said')} · ${text(row.customerName)}`}>{text(row.words)}</Said><Said title={tv('result')}>{text(row.result)}</Said><Said title={tv('answer')}>{text(row.reply)}</Said></section>
        <OpenTasks entity="complaint" id={row.id} />
      </div>
      <div className="vo-side">
        {row.stage === 'verdict' && <AskCustomer path={`/complaints/${row.id}`} say={[tv('satisfied'), tv('unsatisfied')]} may={can('complaint:verdict')} onDone={() => void forget('complaint', 'task')} />}
        {row.verdict ? <section className="qc-panel"><header><h2>{tv('verdict')}</h2><Choice entity="complaint" field="verdict" value={row.verdict} /></header><div className="qc-panel-pad"><p className="vo-quote">{text(row.verdictWords) || '—'}</p><p className="qc-soft"><Choice entity="complaint" field="verdictVia" value={row.verdictVia} /> {row.verdictAt ? dateTimeText(text(row.verdictAt)) : ''}</p></div></section> : null}
        {['assign', 'handle', 'reply'].includes(text(row.stage)) && can('complaint:transfer') && <HandOver row={row} />}
        <section className="qc-panel"><header><h2>{tv('about')}</h2></header><div className="qc-panel-pad qc-stack">
          {row.requestId ? <Link to={`/e/service-requests/${text(row.requestId)}`}><Icon name="request" size={15} /> {labelOf(row, 'requestId')}</Link> : <span className="qc-soft">{tv('noRequest')}</span>}
          {row.customerId ? <Link to={`/e/customers/${text(row.customerId)}`}><Icon name="user" size={15} /> {labelOf(row, 'customerId')}</Link> : null}
          {row.surveyId ? <Link to={`/e/survey-answers/${text(row.surveyId)}`}><Icon name="star" size={15} /> {labelOf(row, 'surveyId')}</Link> : null}
        </div></section>
      </div>
    </div>
  )
}

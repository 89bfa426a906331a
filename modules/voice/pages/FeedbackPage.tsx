import './voice.css'
import { can, CasePanel, dateTimeText, EntityPage, forget, type Row } from '@quancheng/ui'
import { useParams } from 'react-router'
import { OpenTasks } from './Case.tsx'
import { AskCustomer, Choice, labelOf, Said, text } from './shared.tsx'
import { tv } from './texts.ts'

/** One feedback: what was said, what the department does, the customer's confirmation. */
export default function FeedbackPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="feedback" id={id} back="/feedback" hideFields={['words', 'result', 'confirmWords']} top={row => <Top row={row} />} tabs={row => [{ key: 'course', label: tv('course'), content: <CasePanel entity="feedback" recordId={row.id} /> }]} />
}

function Top({ row }: { row: Row }) {
  return (
    <div className="vo">
      <div className="vo-main">
        <section className="qc-panel vo-state">
          <div><span>{tv('now')}</span><b><Choice entity="feedback" field="stage" value={row.stage} /></b></div>
          <div><span>{tv('department')}</span><b>{text(row.department)}</b></div>
          <div><span>{tv('owner')}</span><b>{labelOf(row, 'ownerId') || tv('nobody')}</b></div>
          {row.endedAt ? <div><span>{tv('ended')}</span><b>{dateTimeText(text(row.endedAt))}</b></div> : null}
          {Number(row.reopens) > 0 && <div><span>{tv('reopenRate')}</span><b className="qc-danger">{tv('reopened', { n: Number(row.reopens) })}</b></div>}
        </section>
        <section className="qc-panel qc-panel-pad qc-stack"><Said title={`${tv('said')} · ${text(row.customerName)}`}>{text(row.words)}</Said><Said title={tv('result')}>{text(row.result)}</Said><Said title={tv('theirWords')}>{text(row.confirmWords)}</Said></section>
        <OpenTasks entity="feedback" id={row.id} />
      </div>
      <div className="vo-side">
        {row.stage === 'confirm' && <AskCustomer who path={`/feedback/${row.id}`} say={[tv('confirmed'), tv('notSolved')]} may={can('feedback:confirm')} onDone={() => void forget('feedback', 'task')} />}
        {row.confirmedAt ? <section className="qc-panel"><header><h2>{tv('verdict')}</h2></header><div className="qc-panel-pad"><b>{text(row.confirmedBy)}</b><p className="qc-soft"><Choice entity="feedback" field="confirmedVia" value={row.confirmedVia} /> {dateTimeText(text(row.confirmedAt))}</p></div></section> : null}
      </div>
    </div>
  )
}

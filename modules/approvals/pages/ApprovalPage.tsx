import './approvals.css'
import { ApprovalPanel, approvalKeys, PageFrame, queryClient, TaskPanel, useApproval, useSession } from '@quancheng/ui'
import { Link, useParams } from 'react-router'
import { formOf } from './forms.ts'
import { tv } from './texts.ts'

/** One approval on a page of its own, for whoever applied, is asked, has answered, or got a copy. */
export default function ApprovalPage() {
  const id = useParams().id!
  const view = useApproval(id).data
  const me = useSession().user.id
  const mine = view?.task?.kind === 'user' ? view.task.id : null
  const form = view ? formOf(view.plural) : undefined
  const back = view?.starter?.id === me ? '/approvals/mine' : '/tasks'
  return (
    <PageFrame title={view?.title ?? tv('approval')} subtitle={view?.label} back={back} actions={view?.can.openRecord ? <Link className="qc-button" to={`/e/${view.plural}/${view.recordId}`}>{tv('openRecord')}</Link> : undefined}>
      {mine && (
        <section className="qc-panel ap-narrow" style={{ marginBottom: 16 }}>
          <header><h2>{tv('sentBack')}</h2>{form && <Link className="qc-button" to={`/approvals/new/${form.key}?id=${view!.recordId}&case=${id}`}>{tv('editForm')}</Link>}</header>
          <div className="qc-panel-pad"><TaskPanel bare taskId={mine} onDone={() => void queryClient.invalidateQueries({ queryKey: approvalKeys.all })} /></div>
        </section>
      )}
      <section className="qc-panel qc-panel-pad ap-narrow"><ApprovalPanel key={id} caseId={id} /></section>
    </PageFrame>
  )
}

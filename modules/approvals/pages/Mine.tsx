import './approvals.css'
import { CaseBox, PageFrame } from '@quancheng/ui'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { tv } from './texts.ts'

/** 我的申请: what I applied for, where it stands and whom it waits for. */
export default function Mine() {
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const over = params.get('over') === '1'
  const tab = (label: string, selected: boolean, to: string) => <button type="button" role="tab" aria-selected={selected} onClick={() => void navigate(to, { replace: true })}>{label}</button>
  const start = <Link className="qc-button qc-button-primary" to="/approvals/start">{tv('start')}</Link>
  return (
    <PageFrame title={tv('mine')} actions={start}>
      <section className="qc-panel ap-narrow">
        <div className="ap-tabs" role="tablist">{tab(tv('running'), !over, '/approvals/mine')}{tab(tv('over'), over, '/approvals/mine?over=1')}</div>
        <CaseBox key={String(over)} box="started" running={!over} action={start} />
      </section>
    </PageFrame>
  )
}

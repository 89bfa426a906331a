import './approvals.css'
import { can, Icon, PageFrame, pick } from '@quancheng/ui'
import { Link } from 'react-router'
import { FORM_CARDS } from './forms.ts'
import { tv } from './texts.ts'

/** 发起审批: the forms as cards. */
export default function Start() {
  const cards = FORM_CARDS.filter(form => !form.permission || can(form.permission))
  return (
    <PageFrame title={tv('start')} subtitle={tv('startHint')} actions={<Link className="qc-button" to="/approvals/mine">{tv('mine')}</Link>}>
      <div className="ap-cards">{cards.map(form => (
        <Link key={form.key} className="ap-card" to={`/approvals/new/${form.key}`}><Icon name={form.icon} size={22} /><div><b>{pick(form.label)}</b><span>{pick(form.about)}</span></div></Link>
      ))}</div>
      <p className="ap-more">{cards.map(form => <Link key={form.key} to={`/e/${form.plural}`}>{tv('all', { label: pick(form.label) })}</Link>)}</p>
    </PageFrame>
  )
}

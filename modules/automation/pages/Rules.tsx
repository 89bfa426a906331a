import './automation.css'
import { can, EmptyState, ErrorState, Icon, PageFrame, Skeleton, useLive, useMeta, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Switch } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { again, automationApi, rulesKey, type Choices, type Rule } from './api.ts'
import { sentence } from './sentence.ts'
import { ta } from './texts.ts'

/** All rules: each as a sentence, on or off, how it fared of late. */
export default function Rules() {
  const read = useQuery({ queryKey: rulesKey, queryFn: ({ signal }) => automationApi.rules(signal) })
  const choices = useQuery({ queryKey: [...rulesKey, 'choices'], queryFn: ({ signal }) => automationApi.choices(signal), staleTime: 60_000 })
  useLive('automation', () => void again())
  const may = can('automation:edit')
  const add = may ? <Link className="qc-button qc-button-primary" to="/automation/0"><Icon name="plus" />{ta('newRule')}</Link> : undefined
  return (
    <PageFrame title={ta('title')} subtitle={ta('lead')} actions={<>{<Link className="qc-button" to="/automation/runs"><Icon name="audit" />{ta('runs')}</Link>}{add}</>}>
      <section className="qc-panel">
        {read.isPending ? <Skeleton lines={6} height={22} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : read.data.items.length === 0 ? <EmptyState icon="swap" title={ta('none')} hint={ta('noneHint')} action={add} />
            : <ul className="qc-plain">{read.data.items.map(rule => <Line key={rule.id} rule={rule} may={may} choices={choices.data} />)}</ul>}
      </section>
    </PageFrame>
  )
}

function Line({ rule, may, choices }: { rule: Rule, may: boolean, choices: Choices | undefined }) {
  const say = useSay()
  const meta = useMeta()
  const [busy, setBusy] = useState(false)
  const said = sentence(rule, meta.entities.find(e => e.name === rule.entity), choices)
  const turn = async (on: boolean) => {
    setBusy(true)
    try { await automationApi.turn(rule.id, !on); say.ok(ta('turned', { how: ta(on ? 'on' : 'off') })); await again() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <li className="au-line" data-off={rule.off || undefined}>
      <Switch size="small" className="au-switch" aria-label={`${rule.name} ${ta(rule.off ? 'off' : 'on')}`} checked={!rule.off} disabled={!may} loading={busy} onChange={on => void turn(on)} />
      <Link className="au-line-main" to={`/automation/${rule.id}`}>
        <b>{rule.name}</b>
        <span className="qc-soft">{ta('when')}<i>{said.when}</i>{said.ifs && <>，{ta('ifs')}<i>{said.ifs}</i></>}，{ta('then')}<i>{said.then}</i></span>
      </Link>
      <span className="au-line-unit qc-soft">{rule.unitName ? ta('inUnit', { name: rule.unitName }) : ta('everywhere')}</span>
      <Link className="au-line-runs" to={`/automation/runs?rule=${rule.id}`}>
        {rule.lastAt ? <><span>{ta('runsN', { n: rule.runs })}</span>{rule.failures > 0 && <span className="qc-danger">{ta('failuresN', { n: rule.failures })}</span>}<span className="qc-faint"><When at={rule.lastAt} form="relative" /></span></> : <span className="qc-faint">{ta('never')}</span>}
      </Link>
    </li>
  )
}

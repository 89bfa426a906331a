import './rules.css'
import { can, EmptyState, ErrorState, Icon, PageFrame, ReasonDialog, Skeleton, useLive, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Modal, Select } from 'antd'
import { useState } from 'react'
import { tp } from '../texts.ts'
import { again, bookKey, readBook, readHistory, withdraw, type Book, type Process, type Rule, type RuleLine } from './api.ts'
import { PublishDialog } from './PublishDialog.tsx'

/** 总部规则: by process and step; publishing, withdrawing, and every version there was. */
export default function Rules() {
  const read = useQuery({ queryKey: bookKey, queryFn: ({ signal }) => readBook(signal) })
  useLive('headOfficeRule', () => void again())
  const [process, setProcess] = useState<string | null>(null)
  const [gone, setGone] = useState(false)
  const [publishing, setPublishing] = useState<RuleLine | 'new' | null>(null)
  const may = can('headOfficeRule:publish')
  const book = read.data
  const shown = (book?.items ?? []).filter(r => (!process || r.processKey === process) && (gone || r.state !== 'withdrawn'))
  const add = may && book ? <button type="button" className="qc-button qc-button-primary" onClick={() => setPublishing('new')}><Icon name="plus" />{tp('publish')}</button> : undefined
  return (
    <PageFrame title={tp('rules')} subtitle={tp('rulesLead')} actions={add} bar={book && book.items.length > 0 && <div className="qc-row">
      <Select className="hr-process" allowClear aria-label={tp('process')} placeholder={tp('allProcesses')} value={process} onChange={value => setProcess(value ?? null)} options={book.processes.filter(p => book.items.some(r => r.processKey === p.key)).map(p => ({ value: p.key, label: p.name }))} />
      <Checkbox checked={gone} onChange={event => setGone(event.target.checked)}>{tp('showWithdrawn')}</Checkbox>
    </div>}>
      {read.isPending ? <div className="qc-panel"><Skeleton lines={6} /></div> : read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div>
        : shown.length === 0 ? <div className="qc-panel"><EmptyState icon="role" title={tp('noRules')} hint={tp('noRulesHint')} action={add} /></div>
          : grouped(read.data, shown).map(({ process: p, steps }) => (
            <section key={p.key} className="qc-panel hr-process-panel"><header><h2>{p.name}</h2></header>
              {steps.map(step => <div key={step.id} className="hr-step"><h3>{step.name}</h3><ul className="qc-plain">{step.rules.map(rule => <OneRule key={rule.code} rule={rule} process={p} may={may} onNext={() => setPublishing(rule)} />)}</ul></div>)}
            </section>
          ))}
      {publishing && book && <PublishDialog processes={book.processes} {...(publishing === 'new' ? {} : { last: publishing })} onClose={() => setPublishing(null)} />}
    </PageFrame>
  )
}

interface Group { process: Process, steps: Array<{ id: string, name: string, rules: RuleLine[] }> }

/** Processes as they stand in the book, their steps in the order of the model. */
function grouped(book: Book, rules: RuleLine[]): Group[] {
  return book.processes.flatMap(process => {
    const mine = rules.filter(r => r.processKey === process.key)
    const names = new Map([...process.steps, ...mine.map(r => ({ id: r.nodeId, name: r.nodeName }))].map(s => [s.id, s.name]))
    const steps = [...names].flatMap(([id, name]) => { const at = mine.filter(r => r.nodeId === id); return at.length ? [{ id, name, rules: at }] : [] })
    return steps.length ? [{ process, steps }] : []
  })
}

const detail = (rule: Rule, process: Process): string => {
  const field = process.fields.find(f => f.name === rule.fieldName)?.label ?? rule.fieldName ?? ''
  if (rule.kind === 'photo') return tp('photosN', { n: rule.photos ?? 1 })
  if (rule.kind === 'field') return field
  if (rule.kind === 'item') return ''
  const [least, most] = [rule.least, rule.most].map(each => each === null ? null : Number(each))
  return `${field} ${least !== null && most !== null ? tp('limitBoth', { least: least!, most: most! }) : least !== null ? `${tp('least')} ${least}` : `${tp('most')} ${most}`}`
}

function OneRule({ rule, process, may, onNext }: { rule: RuleLine, process: Process, may: boolean, onNext: () => void }) {
  const say = useSay()
  const [dialog, setDialog] = useState<'withdraw' | 'history' | null>(null)
  const take = async (reason: string) => {
    try { await withdraw(rule.code, reason); setDialog(null); say.ok(tp('withdrawnDone')); await again() } catch (error) { say.error(error) }
  }
  return (
    <li className="hr-rule" data-state={rule.state}>
      <div className="hr-main"><b>{rule.text}</b><span className="qc-code">{rule.code}</span><p className="qc-soft">{tp(`k${rule.kind}`)}{detail(rule, process) && ` · ${detail(rule, process)}`}</p></div>
      <span className={`hr-state hr-${rule.state}`}>{tp(rule.state === 'inForce' ? 'inForceNow' : rule.state)}</span>
      <span className="hr-when"><span>{tp('version', { n: rule.release })}</span><span className="qc-faint"><When at={rule.withdrawnAt ?? rule.inForceFrom} form="absolute" />{rule.by && ` ${tp('by', { name: rule.by })}`}</span></span>
      <span className="hr-acts">
        <button type="button" className="qc-link" onClick={() => setDialog('history')}>{tp('history')} {rule.releases}</button>
        {may && <button type="button" className="qc-link" onClick={onNext}>{tp('publishNext')}</button>}
        {may && rule.state !== 'withdrawn' && <button type="button" className="qc-link qc-danger" onClick={() => setDialog('withdraw')}>{tp('withdraw')}</button>}
      </span>
      {dialog === 'withdraw' && <ReasonDialog open title={tp('withdrawTitle', { text: rule.text })} hint={tp('withdrawText')} okText={tp('withdraw')} danger onOk={take} onClose={() => setDialog(null)} />}
      {dialog === 'history' && <History rule={rule} process={process} onClose={() => setDialog(null)} />}
    </li>
  )
}

function History({ rule, process, onClose }: { rule: RuleLine, process: Process, onClose: () => void }) {
  const read = useQuery({ queryKey: [...bookKey, rule.code], queryFn: ({ signal }) => readHistory(rule.code, signal) })
  return (
    <Modal open title={`${rule.code} · ${tp('history')}`} footer={null} onCancel={onClose}>
      {read.isError ? <ErrorState error={read.error} /> : !read.data ? <Skeleton lines={4} /> : <ol className="qc-plain">{read.data.items.map(each => (
        <li key={each.release} className="qc-history"><b>{tp('version', { n: each.release })}</b> {each.text} <span className="qc-soft">{detail(each, process)}</span>
          <p className="qc-faint">{tp('from')} <When at={each.inForceFrom} form="absolute" />{each.by && ` · ${tp('by', { name: each.by })}`}</p>
          {each.note && <p className="qc-soft">{each.note}</p>}
          {each.withdrawnAt && <p className="qc-danger">{tp('withdrawn')} <When at={each.withdrawnAt} form="absolute" /> {each.withdrawNote}</p>}
        </li>))}</ol>}
    </Modal>
  )
}

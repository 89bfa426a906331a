import './automation.css'
import { can, ErrorState, Icon, PageFrame, Skeleton, useGuard, useMeta, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { App, Input } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { again, automationApi, rulesKey, type Choices, type Draft, type Rule } from './api.ts'
import { ActionBlocks } from './editor/ActionBlocks.tsx'
import { IfBlock } from './editor/IfBlock.tsx'
import { WhenBlock } from './editor/WhenBlock.tsx'
import { TryPanel } from './TryPanel.tsx'
import { ta } from './texts.ts'

const EMPTY: Draft = { name: '', entity: '', event: 'created', act: null, fields: [], tests: [], condition: null, unitId: null, actions: [], note: null }
/** the address of a rule that is not there yet */
const NEW = '0'

/** One rule, as 当…如果…就…. */
export default function Editor() {
  const { id = NEW } = useParams()
  const read = useQuery({ queryKey: [...rulesKey, id], queryFn: ({ signal }) => automationApi.rule(id, signal), enabled: id !== NEW, refetchOnWindowFocus: false, staleTime: Infinity })
  const choices = useQuery({ queryKey: [...rulesKey, 'choices'], queryFn: ({ signal }) => automationApi.choices(signal), staleTime: 60_000 })
  const failed = read.error ?? choices.error
  if (failed) return <PageFrame title={ta('title')} back="/automation"><div className="qc-panel"><ErrorState error={failed} /></div></PageFrame>
  if (!choices.data || (id !== NEW && !read.data)) return <PageFrame title={ta('title')} back="/automation"><div className="qc-panel"><Skeleton lines={10} /></div></PageFrame>
  return <Form key={`${id}/${read.data?.version ?? 0}`} {...(read.data ? { rule: read.data } : {})} choices={choices.data} />
}

const draftOf = ({ name, entity, event, act, fields, tests, condition, unitId, actions, note }: Rule): Draft => ({ name, entity, event, act, fields, tests, condition, unitId, actions, note })

function Form({ rule, choices }: { rule?: Rule, choices: Choices }) {
  const say = useSay()
  const navigate = useNavigate()
  const { modal } = App.useApp()
  const meta = useMeta()
  const before = rule ? draftOf(rule) : { ...EMPTY, entity: (choices.entities.find(e => e.name === 'serviceRequest') ?? choices.entities[0])?.name ?? '' }
  const [draft, setDraft] = useState<Draft>(before)
  const [busy, setBusy] = useState(false)
  const pass = useGuard(JSON.stringify(draft) !== JSON.stringify(before))
  const set = (more: Partial<Draft>) => setDraft(now => ({ ...now, ...more }))
  const entity = meta.entities.find(e => e.name === draft.entity)
  const may = can('automation:edit')
  const save = async () => {
    setBusy(true)
    try {
      const done = await automationApi.save(rule?.id ?? null, { ...draft, name: draft.name.trim(), condition: draft.condition?.trim() || null }, rule?.version)
      say.ok(ta(rule?.off ? 'saveOff' : 'saved'))
      pass()
      await again()
      if (!rule) await navigate(`/automation/${done.id}`, { replace: true })
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const drop = () => modal.confirm({ title: ta('removeAsk'), okText: ta('remove'), okButtonProps: { danger: true }, onOk: async () => {
    try { await automationApi.remove(rule!.id); pass(); say.ok(ta('dropped')); await again(); await navigate('/automation') } catch (error) { say.error(error) }
  } })
  const common = { draft, set, choices, entity, disabled: !may }
  return (
    <PageFrame title={rule?.name ?? ta('newRule')} back="/automation" subtitle={rule && <>{ta('version', { n: rule.version })} · {rule.updatedBy && ta('by', { name: rule.updatedBy })} <When at={rule.updatedAt} form="absolute" /> · <Link to={`/automation/runs?rule=${rule.id}`}>{ta('seeRuns')}</Link></>}
      actions={may ? <>
        {rule && rule.runs === 0 && !rule.lastAt && <button type="button" className="qc-button" onClick={drop}><Icon name="trash" />{ta('remove')}</button>}
        <button type="button" className="qc-button qc-button-primary" disabled={busy || !draft.name.trim() || draft.actions.length === 0} onClick={() => void save()}><Icon name="save" />{ta('save')}</button>
      </> : <span className="qc-soft">{ta('readOnly')}</span>}>
      <div className="au-editor">
        <div className="au-blocks">
          <section className="qc-panel au-block au-head">
            <label><span className="qc-soft">{ta('name')}</span><Input maxLength={80} disabled={!may} autoFocus={!rule} placeholder={ta('nameHint')} value={draft.name} onChange={event => set({ name: event.target.value })} /></label>
            <label><span className="qc-soft">{ta('note')}</span><Input maxLength={500} disabled={!may} value={draft.note ?? ''} onChange={event => set({ note: event.target.value || null })} /></label>
          </section>
          <WhenBlock {...common} />
          <IfBlock {...common} />
          <ActionBlocks {...common} />
        </div>
        {may && <TryPanel draft={draft} />}
      </div>
    </PageFrame>
  )
}

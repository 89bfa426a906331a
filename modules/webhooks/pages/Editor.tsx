import './webhooks.css'
import { ApiError, can, ErrorState, Icon, PageFrame, RefPicker, Skeleton, useGuard, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { again, hooksApi, hooksKey, type Choices, type Draft, type Hook } from './api.ts'
import { SecretPanel, SecretShown } from './Secret.tsx'
import { Subjects } from './Subjects.tsx'
import { TestButton } from './TestButton.tsx'
import { tw } from './texts.ts'
import { useTurn } from './useTurn.tsx'
import { Health } from './Webhooks.tsx'

/** the address of one that is not there yet */
const NEW = '0'

export default function Editor() {
  const { id = NEW } = useParams()
  const read = useQuery({ queryKey: [...hooksKey, id], queryFn: ({ signal }) => hooksApi.hook(id, signal), enabled: id !== NEW, refetchOnWindowFocus: false })
  const choices = useQuery({ queryKey: [...hooksKey, 'choices'], queryFn: ({ signal }) => hooksApi.choices(signal), staleTime: 60_000 })
  const [secret, setSecret] = useState<string | null>(null)
  const failed = read.error ?? choices.error
  if (failed) return <PageFrame title={tw('title')} back="/webhooks"><div className="qc-panel"><ErrorState error={failed} /></div></PageFrame>
  if (!choices.data || (id !== NEW && !read.data)) return <PageFrame title={tw('title')} back="/webhooks"><div className="qc-panel"><Skeleton lines={10} /></div></PageFrame>
  return <><Form key={`${id}/${read.data?.version ?? 0}`} {...(read.data && id !== NEW ? { hook: read.data } : {})} choices={choices.data} onSecret={setSecret} />
    {secret && <SecretShown secret={secret} onEnd={() => setSecret(null)} />}</>
}

type Place = 'name' | 'url' | 'asUserId' | 'subjects'
const WHERE: Record<string, Place> = { WEBHOOK_URL: 'url', WEBHOOK_HOST: 'url', WEBHOOK_OWNER: 'asUserId', WEBHOOK_OWNER_OFF: 'asUserId', WEBHOOK_BLIND: 'asUserId', UNIQUE: 'name' }
const draftOf = ({ name, url, asUserId, subjects, note }: Hook): Draft => ({ name, url, asUserId, subjects, note })

function Form({ hook, choices, onSecret }: { hook?: Hook, choices: Choices, onSecret: (secret: string) => void }) {
  const say = useSay()
  const navigate = useNavigate()
  const before: Draft = hook ? draftOf(hook) : { name: '', url: '', asUserId: choices.me, subjects: [{ entity: '', events: [], fields: [], processes: [], tests: [], condition: null }], note: null }
  const [draft, setDraft] = useState<Draft>(before)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<{ at: Place, text: string, code?: string } | null>(null)
  const dirty = JSON.stringify(draft) !== JSON.stringify(before)
  const pass = useGuard(dirty)
  const may = can('webhook:edit') && (hook?.mayEdit ?? true)
  const set = (more: Partial<Draft>) => { setDraft(now => ({ ...now, ...more })); setProblem(null) }
  const refuse = (at: Place, text: string) => { setProblem({ at, text }); document.getElementById(`wh-${at}`)?.focus() }
  const save = async () => {
    if (!draft.name.trim()) return refuse('name', tw('needName'))
    if (!draft.url.trim()) return refuse('url', tw('needUrl'))
    if (!draft.asUserId) return refuse('asUserId', tw('needOwner'))
    const bad = draft.subjects.find(s => !s.entity || !s.events.length)
    if (bad || !draft.subjects.length) return refuse('subjects', tw(bad?.entity ? 'needEvent' : 'needSubject'))
    setBusy(true)
    try {
      const done = await hooksApi.save(hook?.id ?? null, { ...draft, name: draft.name.trim(), url: draft.url.trim() }, hook?.version)
      say.ok(tw(hook?.off ? 'savedOff' : 'saved'))
      pass()
      if (done.secret) onSecret(done.secret)
      await again()
      if (!hook) await navigate(`/webhooks/${done.id}`, { replace: true })
    } catch (error) {
      if (error instanceof ApiError && error.status > 0 && error.status < 500) { const at = WHERE[error.code] ?? (error.fields[0]?.field === 'name' ? 'name' : 'subjects'); refuse(at, error.fields[0]?.message ?? error.message); setProblem({ at, text: error.fields[0]?.message ?? error.message, code: error.code }) } else say.error(error)
    } finally { setBusy(false) }
  }
  const drop = async () => {
    if (!(await say.ask({ title: tw('removeAsk'), danger: true, okText: tw('remove') }))) return
    try { await hooksApi.remove(hook!.id); pass(); say.ok(tw('removed')); await again(); await navigate('/webhooks') } catch (error) { say.error(error) }
  }
  const wrong = (at: Place) => problem?.at === at && <p className="qc-danger" role="alert">{problem.text}{problem.code === 'WEBHOOK_HOST' && <> <Link to="/webhooks#hosts">{tw('openHosts')}</Link></>}</p>
  return (
    <PageFrame title={hook?.name ?? tw('newHook')} back="/webhooks" subtitle={hook && <><Health hook={hook} /> · <Link to={`/webhooks/log?hook=${hook.id}`}>{tw('seeLog')}</Link>{hook.updatedBy && <> · {hook.updatedBy} <When at={hook.updatedAt} form="absolute" /></>}</>}
      actions={may ? <>
        {hook?.off && <button type="button" className="qc-button" onClick={() => void drop()}><Icon name="trash" />{tw('remove')}</button>}
        {hook && <Turn hook={hook} />}
        {hook && <TestButton hook={hook} dirty={dirty} />}
        <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void save()}><Icon name="save" />{tw('save')}</button>
      </> : <span className="qc-soft">{tw('readOnly')}</span>}>
      <div className="qc-stack">
        <section className="qc-panel wh-form" onKeyDown={event => { if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type === 'text' && !event.target.role) void save() }}>
          <div className="wh-field"><label htmlFor="wh-name">{tw('name')}</label><Input id="wh-name" maxLength={80} disabled={!may} autoFocus={!hook} placeholder={tw('nameHint')} value={draft.name} onChange={event => set({ name: event.target.value })} />{wrong('name')}</div>
          <div className="wh-field"><label htmlFor="wh-url">{tw('url')}</label><Input id="wh-url" maxLength={500} disabled={!may} placeholder="https://erp.example.com/quancheng" value={draft.url} onChange={event => set({ url: event.target.value })} />{wrong('url') || <p className="qc-faint">{tw('urlHint')}</p>}</div>
          <div className="wh-field"><label htmlFor="wh-asUserId">{tw('asUser')}</label><RefPicker entity="user" id="wh-asUserId" ariaLabel={tw('asUser')} disabled={!may || !choices.others} labels={hook?.asUserName ? { [hook.asUserId]: hook.asUserName } : choices.me ? { [choices.me]: tw('me') } : {}} value={draft.asUserId} onChange={value => set({ asUserId: typeof value === 'string' ? value : null })} />{wrong('asUserId') || <p className="qc-faint">{tw('asUserHint')}</p>}</div>
          <div className="wh-field"><label htmlFor="wh-note">{tw('note')}</label><Input id="wh-note" maxLength={500} disabled={!may} value={draft.note ?? ''} onChange={event => set({ note: event.target.value || null })} /></div>
        </section>
        <Subjects subjects={draft.subjects} choices={choices} disabled={!may} onChange={subjects => set({ subjects })} />
        {wrong('subjects')}
        {hook && <SecretPanel hook={hook} may={may} onSecret={onSecret} />}
      </div>
    </PageFrame>
  )
}

function Turn({ hook }: { hook: Hook }) {
  const { turn, busy } = useTurn(hook)
  return <button type="button" className="qc-button" disabled={busy} onClick={() => void turn(hook.off)}><Icon name={hook.off ? 'play' : 'pause'} />{tw(hook.off ? 'on' : 'off')}</button>
}

import { api, ApiError, ErrorState, fieldOf, Icon, Markdown, PageFrame, parseMarkdown, queryClient, RefPicker, Skeleton, useEntity, useGuard, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useRef, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { imageOf, knowledge, type Draft, type OpenDraft, type Visibility } from './api.ts'
import './knowledge.css'
import { tk } from './texts.ts'

const NEW: Draft = { title: '', body: '', productLineIds: [], faultCodes: [], visibility: 'internal', unitIds: [], roleIds: [], validUntil: null, note: null }
const VISIBILITY: ReadonlyArray<[Visibility, 'visPublic' | 'visInternal' | 'visLimited']> = [['public', 'visPublic'], ['internal', 'visInternal'], ['limited', 'visLimited']]

export default function Edit() {
  const id = useParams().id ?? null
  const title = useSearchParams()[0].get('title') ?? ''
  const read = useQuery({ queryKey: ['knowledge', 'draft', id], queryFn: ({ signal }) => knowledge.draft(id!, signal), enabled: id !== null, gcTime: 0, refetchOnWindowFocus: false, staleTime: Infinity })
  if (id === null) return <Form key="new" first={{ ...NEW, title }} draft={null} />
  if (read.isPending) return <PageFrame title={tk('editTitle')} back={`/knowledge/${id}`}><section className="qc-panel"><Skeleton lines={10} /></section></PageFrame>
  if (read.isError) return <PageFrame title={tk('editTitle')} back={`/knowledge/${id}`}><section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section></PageFrame>
  return <Form key={id} first={read.data} draft={read.data} />
}

/** Writing: fields, text with a preview, pictures; kept as a draft until somebody else approves it. */
function Form({ first, draft }: { first: Draft, draft: OpenDraft | null }) {
  const say = useSay()
  const navigate = useNavigate()
  const meta = useEntity('article')
  const file = useRef<HTMLInputElement>(null)
  const [values, setValues] = useState<Draft>(() => Object.fromEntries(Object.keys(NEW).map(key => [key, first[key as keyof Draft]])) as Draft)
  const [wrong, setWrong] = useState<Partial<Record<keyof Draft, string>>>({})
  const [dirty, setDirty] = useState(false)
  const [busy, setBusy] = useState(false)
  const [preview, setPreview] = useState(false)
  const seen = useRef(draft?.seen ?? undefined)
  const pass = useGuard(dirty)
  const put = (change: Partial<Draft>) => { setValues(before => ({ ...before, ...change })); setDirty(true); setWrong(({ title, body, unitIds }) => ({ ...('title' in change ? {} : { title }), ...('body' in change ? {} : { body }), ...('unitIds' in change || 'roleIds' in change || 'visibility' in change ? {} : { unitIds }) })) }
  const checked = (): boolean => {
    const problems: typeof wrong = {}
    if (!values.title.trim()) problems.title = tk('needTitle')
    if (!values.body.trim()) problems.body = tk('needBody')
    if (values.visibility === 'limited' && values.unitIds.length + values.roleIds.length === 0) problems.unitIds = tk('needLimit')
    setWrong(problems)
    return Object.keys(problems).length === 0
  }
  const keep = async (): Promise<string | null> => {
    if (!checked()) return null
    if (!draft) { const { id } = await knowledge.create(values); return id }
    seen.current = (await knowledge.save(draft.id, { ...values, ...(seen.current === undefined ? {} : { seen: seen.current }) })).version
    return draft.id
  }
  const save = async (submit: boolean) => {
    setBusy(true)
    try {
      const id = await keep()
      if (id === null) return
      if (submit) await knowledge.act(id, 'submit')
      setDirty(false)
      say.ok(tk(submit ? 'submitted' : 'saved'))
      await queryClient.invalidateQueries({ queryKey: ['knowledge'] })
      pass()
      await navigate(submit ? `/knowledge/${id}` : `/knowledge/${id}/edit`, { replace: true })
    } catch (error) {
      if (error instanceof ApiError && error.fields.length > 0) setWrong(Object.fromEntries(error.fields.map(each => [each.field, each.message])))
      say.error(error)
    } finally { setBusy(false) }
  }
  const picture = async (chosen: File | undefined) => {
    if (!chosen || !draft) return
    if (!/^image\/(png|jpeg|gif|webp)$/.test(chosen.type)) { say.warn(tk('notImage')); return }
    setBusy(true)
    try { const { id } = await api.upload<{ id: string }>(`/articles/${draft.id}/attachments`, chosen); put({ body: `${values.body.trimEnd()}\n\n![${chosen.name.replace(/\.\w+$|[[\]]/g, '')}](attachment:${id})\n` }) } catch (error) { say.error(error) } finally { setBusy(false); if (file.current) file.current.value = '' }
  }
  const blocked = draft?.working === 'review'
  const problem = (name: keyof Draft) => wrong[name] && <span className="kb-wrong" role="alert">{wrong[name]}</span>
  return (
    <PageFrame title={tk(draft ? 'editTitle' : 'newTitle')} subtitle={draft?.number} back={draft ? `/knowledge/${draft.id}` : '/knowledge'} actions={!blocked && <>
      <button type="button" className="qc-button" disabled={busy} onClick={() => void save(false)}><Icon name="save" />{tk('saveDraft')}</button><button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void save(true)}>{tk('submit')}</button></>}>
      <section className="qc-panel qc-panel-pad"><div className="kb-form">
        {blocked && <div className="qc-notice">{tk('inReview')}</div>}
        {draft?.reason && <div className="qc-notice qc-notice-danger">{tk('wasSentBack', { why: draft.reason })}</div>}
        <label><span className="qc-soft">{tk('fTitle')}</span><Input autoFocus={!draft} maxLength={120} status={wrong.title ? 'error' : ''} placeholder={tk('fTitleHint')} value={values.title} onChange={event => put({ title: event.target.value })} />{problem('title')}</label>
        <div className="kb-two">
          <label className="kb-field"><span className="qc-soft">{tk('line')}</span><RefPicker entity="productLine" multiple ariaLabel={tk('line')} value={values.productLineIds} onChange={value => put({ productLineIds: Array.isArray(value) ? value : [] })} /></label>
          <label className="kb-field"><span className="qc-soft">{tk('fault')}</span><Select mode="multiple" aria-label={tk('fault')} value={values.faultCodes} onChange={faultCodes => put({ faultCodes })} options={(meta && fieldOf(meta, 'faultCodes')?.options || []).map(option => ({ value: option.value, label: option.label }))} /></label>
          <label className="kb-field"><span className="qc-soft">{tk('fVisibility')}</span><Select aria-label={tk('fVisibility')} value={values.visibility} onChange={visibility => put({ visibility })} options={VISIBILITY.map(([value, text]) => ({ value, label: tk(text) }))} /></label>
          <label className="kb-field"><span className="qc-soft">{tk('validUntil')}</span><Input type="date" value={values.validUntil ?? ''} onChange={event => put({ validUntil: event.target.value || null })} />{problem('validUntil')}</label>
          {values.visibility === 'limited' && <>
            <label className="kb-field"><span className="qc-soft">{tk('fUnits')}</span><RefPicker entity="unit" multiple ariaLabel={tk('fUnits')} value={values.unitIds} onChange={value => put({ unitIds: Array.isArray(value) ? value : [] })} />{problem('unitIds')}</label>
            <label className="kb-field"><span className="qc-soft">{tk('fRoles')}</span><RefPicker entity="role" multiple ariaLabel={tk('fRoles')} value={values.roleIds} onChange={value => put({ roleIds: Array.isArray(value) ? value : [] })} /></label></>}
        </div>
        <div className="kb-field kb-body">
          <div className="qc-row-between"><span className="qc-soft">{tk('fBody')}</span><span className="qc-row"><input ref={file} type="file" accept="image/png,image/jpeg,image/gif,image/webp" hidden onChange={event => void picture(event.target.files?.[0])} />
            <button type="button" className="qc-button" disabled={busy || !draft || blocked} title={draft ? undefined : tk('pictureFirst')} onClick={() => file.current?.click()}><Icon name="attach" />{tk('picture')}</button><button type="button" className="qc-button" aria-pressed={preview} onClick={() => setPreview(!preview)}><Icon name={preview ? 'edit' : 'eye'} />{tk(preview ? 'writeTab' : 'previewTab')}</button></span></div>
          {preview ? <div className="kb-preview qc-md"><Markdown blocks={parseMarkdown(values.body)} image={imageOf} /></div>
            : <Input.TextArea aria-label={tk('fBody')} maxLength={20_000} status={wrong.body ? 'error' : ''} autoSize={{ minRows: 12, maxRows: 30 }} value={values.body} onChange={event => put({ body: event.target.value })} />}
          <span className="qc-faint">{tk('bodyHint')}</span>{problem('body')}
        </div>
        {draft && draft.state === 'published' && <label><span className="qc-soft">{tk('fNote')}</span><Input maxLength={200} value={values.note ?? ''} onChange={event => put({ note: event.target.value || null })} /></label>}
      </div></section>
    </PageFrame>
  )
}

import '@quancheng/ui/styles/form.css'
import { Icon, Skeleton, t, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { again, designApi, type Template } from './api.ts'
import { Drawn } from './compare/Drawn.tsx'
import { bpmnText, nameIn } from './fileText.ts'
import { td } from './texts.ts'

type Kind = 'template' | 'blank' | 'file'
const KEY = /^[a-z][a-z0-9-]{1,60}$/

/** A free key made from a wish: `leave`, then `leave-2`, … */
function freeKey(wish: string, taken: readonly string[]): string {
  for (let n = 1; ; n += 1) { const key = n === 1 ? wish : `${wish}-${n}`; if (!taken.includes(key)) return key }
}

/** A new process: from a template that one sees before taking it, from nothing, or from a file. */
export function NewDialog({ taken, onClose }: { taken: readonly string[], onClose: () => void }) {
  const say = useSay()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [kind, setKind] = useState<Kind>('template')
  const [category, setCategory] = useState<string | null>(null)
  const [template, setTemplate] = useState<Template | null>(null)
  const [file, setFile] = useState<{ name: string, xml: string } | null>(null)
  const [name, setName] = useState('')
  const [key, setKey] = useState('')
  const [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: ['process-templates'], queryFn: ({ signal }) => designApi.templates(signal), staleTime: Infinity })
  const shown = useQuery({ queryKey: ['process-templates', template?.id], queryFn: ({ signal }) => designApi.template(template!.id, signal), enabled: template !== null, staleTime: Infinity })
  const templates = read.data?.items ?? []
  const categories = [...new Set(templates.map(each => each.category))]
  const begin = (next: Kind) => { setKind(next); setTemplate(null); setFile(null); setName(''); setKey(next === 'blank' ? freeKey('process', taken) : '') }
  const take = (chosen: Template) => { setTemplate(chosen); setName(chosen.name); setKey(freeKey(chosen.id, taken)) }
  const takeFile = async (chosen: File | undefined) => {
    if (!chosen) return
    try {
      const xml = await bpmnText(chosen)
      if (!xml) { say.error(td('fileBad')); return }
      setFile({ name: chosen.name, xml })
      setName(nameIn(xml) || chosen.name.replace(/\.\w+$/, ''))
      const wish = chosen.name.toLowerCase().replace(/\.\w+$/, '').replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 40)
      setKey(freeKey(KEY.test(wish) ? wish : 'process', taken))
    } catch { say.error(td('fileTooLarge')) }
  }
  const chosen = kind === 'blank' || (kind === 'template' ? template !== null : file !== null)
  const keyWrong = key !== '' && !KEY.test(key)
  const make = async () => {
    setBusy(true)
    try {
      await designApi.create({ key, name: name.trim(), ...(kind === 'template' && template ? { template: template.id } : {}), ...(kind === 'file' && file ? { xml: file.xml } : {}) })
      await again()
      await navigate(`/designer/${key}`)
    } catch (error) { say.error(error); setBusy(false) }
  }
  return (
    <Modal open title={td('newProcess')} width={860} style={{ top: 32 }} onCancel={onClose} onOk={() => void make()} okText={td('make')} cancelText={t('cancel')} confirmLoading={busy} okButtonProps={{ disabled: !chosen || !name.trim() || !KEY.test(key) }}>
      <div className="qd-kinds" role="tablist" aria-label={td('from')}>
        {(['template', 'blank', 'file'] as const).map(each => <button key={each} type="button" role="tab" aria-selected={kind === each} onClick={() => begin(each)}>{td(each)}</button>)}
      </div>
      {kind === 'template' && <>
        <div className="qd-categories">{[null, ...categories].map(each => <button key={each ?? ''} type="button" aria-pressed={category === each} onClick={() => setCategory(each)}>{each ?? td('all')}</button>)}</div>
        {read.isPending ? <Skeleton lines={4} /> : <ul className="qd-templates">{templates.filter(each => !category || each.category === category).map(each => (
          <li key={each.id}><button type="button" aria-pressed={template?.id === each.id} onClick={() => take(each)}><b>{each.name}</b><span>{each.about}</span><small className="qc-faint">{td('steps', { n: each.steps.length })}</small></button></li>
        ))}</ul>}
        {template && <div className="qd-preview">{shown.data ? <Drawn key={template.id} xml={shown.data.xml} height={216} /> : <Skeleton lines={5} />}</div>}
      </>}
      {kind === 'blank' && <p className="qc-soft qd-hint">{td('blankHint')}</p>}
      {kind === 'file' && <div className="qd-file">
        <input ref={input} type="file" hidden accept=".bpmn,.xml,.bpmn20.xml,application/xml,text/xml" aria-label={td('chooseFile')} onChange={event => { void takeFile(event.target.files?.[0]); event.target.value = '' }} />
        <p className="qc-soft">{td('fileHint')}</p>
        <div className="qc-row"><button type="button" className="qc-button" onClick={() => input.current?.click()}><Icon name="upload" />{td('chooseFile')}</button>{file && <b>{file.name}</b>}</div>
      </div>}
      {chosen && <div className="qd-new-fields">
        <label>{td('name')}<input value={name} maxLength={100} aria-invalid={!name.trim()} onChange={event => setName(event.target.value)} />{!name.trim() && <span className="qc-field-error" role="alert">{td('nameNeeded')}</span>}</label>
        <label>{td('key')}<input className="qc-mono" value={key} maxLength={61} aria-invalid={keyWrong} onChange={event => setKey(event.target.value)} /><span className={keyWrong ? 'qc-field-error' : 'qc-field-help'}>{td(keyWrong ? 'keyBad' : 'keyHint')}</span></label>
      </div>}
    </Modal>
  )
}

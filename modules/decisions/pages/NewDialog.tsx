import { ApiError, Icon, Skeleton, t, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { again, decisionApi, type Template } from './api.ts'
import { dmnText } from './fileText.ts'
import { RuleLines } from './reading/RuleLines.tsx'
import { tx } from './texts.ts'

type Kind = 'template' | 'blank' | 'file'
export type Choice = { id: string, name: string }
const KEY = /^[a-z][a-z0-9-]{1,60}$/

function freeKey(wish: string, taken: readonly string[]): string {
  for (let n = 1; ; n += 1) { const key = n === 1 ? wish : `${wish}-${n}`; if (!taken.includes(key)) return key }
}

/** The tables of a file that has several, told by the refusal. */
export const choicesOf = (error: unknown): Choice[] | null => (error instanceof ApiError && error.code === 'DECISION_CHOOSE' && Array.isArray(error.details.choices) ? error.details.choices as Choice[] : null)

/** A new table: from a template that one sees before taking it, from nothing, or from a file. */
export function NewDialog({ taken, onClose }: { taken: readonly string[], onClose: () => void }) {
  const say = useSay()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [kind, setKind] = useState<Kind>('template')
  const [template, setTemplate] = useState<Template | null>(null)
  const [file, setFile] = useState<{ name: string, xml: string, choices: Choice[], decisionId: string } | null>(null)
  const [name, setName] = useState('')
  const [key, setKey] = useState('')
  const [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: ['decision-templates'], queryFn: ({ signal }) => decisionApi.templates(signal), staleTime: Infinity })
  const begin = (next: Kind) => { setKind(next); setTemplate(null); setFile(null); setName(''); setKey(next === 'blank' ? freeKey('table', taken) : '') }
  const take = (chosen: Template) => { setTemplate(chosen); setName(chosen.name); setKey(freeKey(chosen.id, taken)) }
  const takeFile = async (chosen: File | undefined) => {
    if (!chosen) return
    try {
      const xml = await dmnText(chosen)
      if (!xml) { say.error(tx('fileBad')); return }
      setFile({ name: chosen.name, xml, choices: [], decisionId: '' })
      setName(chosen.name.replace(/\.\w+$/, ''))
      const wish = chosen.name.toLowerCase().replace(/\.\w+$/, '').replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 40)
      setKey(freeKey(KEY.test(wish) ? wish : 'table', taken))
    } catch { say.error(tx('fileTooLarge')) }
  }
  const chosen = kind === 'blank' || (kind === 'template' ? template !== null : file !== null)
  const keyWrong = key !== '' && !KEY.test(key)
  const make = async () => {
    setBusy(true)
    try {
      await decisionApi.create({ key, name: name.trim(), ...(kind === 'template' && template ? { template: template.id } : {}), ...(kind === 'file' && file ? { xml: file.xml, ...(file.decisionId ? { decisionId: file.decisionId } : {}) } : {}) })
      await again()
      await navigate(`/decisions/${key}`)
    } catch (error) {
      setBusy(false)
      const choices = choicesOf(error)
      if (choices && file) { setFile({ ...file, choices, decisionId: choices[0]!.id }); setName(choices[0]!.name) } else say.error(error)
    }
  }
  return (
    <Modal open title={tx('newTable')} width={820} onCancel={onClose} onOk={() => void make()} okText={tx('make')} cancelText={t('cancel')} confirmLoading={busy} okButtonProps={{ disabled: !chosen || !name.trim() || !KEY.test(key) }}>
      <div className="dt-kinds" role="tablist" aria-label={tx('from')}>
        {(['template', 'blank', 'file'] as const).map(each => <button key={each} type="button" role="tab" aria-selected={kind === each} onClick={() => begin(each)}>{tx(each)}</button>)}
      </div>
      {kind === 'template' && (read.isPending ? <Skeleton lines={4} /> : <>
        <ul className="dt-templates">{(read.data?.items ?? []).map(each => (
          <li key={each.id}><button type="button" aria-pressed={template?.id === each.id} onClick={() => take(each)}><b>{each.name}</b><span>{each.about}</span></button></li>
        ))}</ul>
        {template && <div className="dt-preview"><RuleLines table={template.table} /></div>}
      </>)}
      {kind === 'blank' && <p className="qc-soft dt-hint">{tx('blankHint')}</p>}
      {kind === 'file' && <div className="dt-file">
        <input ref={input} type="file" hidden accept=".dmn,.xml,application/xml,text/xml" aria-label={tx('chooseFile')} onChange={event => { void takeFile(event.target.files?.[0]); event.target.value = '' }} />
        <p className="qc-soft">{tx('fileHint')}</p>
        <div className="qc-row"><button type="button" className="qc-button" onClick={() => input.current?.click()}><Icon name="upload" />{tx('chooseFile')}</button>{file && <b>{file.name}</b>}</div>
        {file && file.choices.length > 0 && <fieldset className="dt-choices"><legend>{tx('chooseDecision')}</legend>{file.choices.map(each => <label key={each.id}><input type="radio" name="decision" checked={file.decisionId === each.id} onChange={() => { setFile({ ...file, decisionId: each.id }); setName(each.name) }} />{each.name}</label>)}</fieldset>}
      </div>}
      {chosen && <div className="dt-new-fields">
        <label>{tx('name')}<input value={name} maxLength={100} aria-invalid={!name.trim()} onChange={event => setName(event.target.value)} />{!name.trim() && <span className="qc-field-error" role="alert">{tx('nameNeeded')}</span>}</label>
        <label>{tx('key')}<input className="qc-mono" value={key} maxLength={61} aria-invalid={keyWrong} onChange={event => setKey(event.target.value)} /><span className={keyWrong ? 'qc-field-error' : 'qc-field-help'}>{tx(keyWrong ? 'keyBad' : 'keyHint')}</span></label>
      </div>}
    </Modal>
  )
}

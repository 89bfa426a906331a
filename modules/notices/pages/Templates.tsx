import { ErrorState, Skeleton, useDebounced, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { noticesApi, settingsAgain, settingsKey, type Template, type Words } from './api.ts'
import { tn } from './texts.ts'

/** The words of each event on each family of channels, with what the customer would read. */
export function Templates() {
  const words = useQuery({ queryKey: [...settingsKey, 'words'], queryFn: ({ signal }) => noticesApi.words(signal) })
  const read = useQuery({ queryKey: [...settingsKey, 'templates'], queryFn: ({ signal }) => noticesApi.templates(signal) })
  const [picked, setPicked] = useState<string | null>(null)
  if (read.isPending || words.isPending) return <section className="qc-panel"><Skeleton lines={8} /></section>
  if (read.isError || words.isError) return <section className="qc-panel"><ErrorState error={read.error ?? words.error} onRetry={() => void read.refetch()} /></section>
  const nameOf = (t: Template) => `${words.data.events.find(e => e.value === t.event)?.label ?? t.event} · ${words.data.families.find(e => e.value === t.family)?.label ?? t.family}`
  const order = (t: Template) => words.data.events.findIndex(e => e.value === t.event) * 10 + words.data.families.findIndex(e => e.value === t.family)
  const items = read.data.items.toSorted((a, b) => order(a) - order(b))
  const now = items.find(t => t.id === picked) ?? items[0]
  return (
    <section className="qc-panel"><header><h2>{tn('templates')}</h2></header>
      <div className="no-texts">
        <ul className="qc-plain">{items.map(t => <li key={t.id}><button type="button" className="no-pick" aria-current={t.id === now?.id || undefined} onClick={() => setPicked(t.id)}><span>{nameOf(t)}</span>{t.off && <span className="qc-faint">{tn('isOff')}</span>}</button></li>)}</ul>
        {now && <Edit key={`${now.id}/${now.version}`} t={now} words={words.data} name={nameOf(now)} />}
      </div>
    </section>
  )
}

function Edit({ t, words, name }: { t: Template, words: Words, name: string }) {
  const say = useSay()
  const [v, setV] = useState({ subject: t.subject ?? '', text: t.text, off: t.off, urgent: t.urgent })
  const asked = useDebounced(`${v.subject}\u0000${v.text}`, 300)
  const seen = useQuery({ queryKey: ['notice-preview', asked], queryFn: ({ signal }) => { const [subject = '', text = ''] = asked.split('\u0000'); return noticesApi.preview(subject || null, text, signal) }, placeholderData: before => before })
  const save = async () => { try { await noticesApi.saveTemplate(t, { ...v, subject: v.subject || null }); say.ok(tn('saved')); await settingsAgain() } catch (error) { say.error(error) } }
  return (
    <div className="qc-panel-pad qc-stack">
      <p><b>{name}</b> <span className="qc-faint">{tn('version', { n: t.version })}</span></p>
      {t.family === 'mail' && <div className="no-field"><label htmlFor="no-subject">{tn('subject')}</label><Input id="no-subject" maxLength={120} value={v.subject} onChange={e => setV({ ...v, subject: e.target.value })} /></div>}
      <div className="no-field"><label htmlFor="no-text">{tn('text')}</label><Input.TextArea id="no-text" rows={5} maxLength={2000} value={v.text} onChange={e => setV({ ...v, text: e.target.value })} /></div>
      <div><p className="no-hint">{tn('variables')}</p><div className="no-vars">{Object.keys(words.variables).map(each => <button key={each} type="button" onClick={() => setV({ ...v, text: `${v.text}{${each}}` })}>{each}</button>)}</div></div>
      <div><p className="no-hint">{tn('preview')} · {tn('chars', { n: seen.data?.characters ?? 0 })}</p><div className="no-preview">{seen.data?.subject && <><b>{seen.data.subject}</b>{'\n'}</>}{seen.data?.text}</div>
        {seen.data && seen.data.unknown.length > 0 && <p className="qc-danger">{tn('unknownVars', { list: seen.data.unknown.join('、') })}</p>}</div>
      <div className="qc-row no-bar"><Checkbox checked={v.urgent} onChange={e => setV({ ...v, urgent: e.target.checked })}>{tn('urgent')}</Checkbox><Checkbox checked={v.off} onChange={e => setV({ ...v, off: e.target.checked })}>{tn('off')}</Checkbox><button type="button" className="qc-button qc-button-primary" onClick={() => void save()}>{tn('save')}</button></div>
    </div>
  )
}

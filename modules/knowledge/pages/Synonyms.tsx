import './knowledge.css'
import { api, ApiError, can, EmptyState, ErrorState, Icon, keys, PageFrame, Skeleton, t, useLive, useSay, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { tk } from './texts.ts'

/** 同义词: groups of words that find each other in every search, in force at once (KB-02). */
export default function Synonyms() {
  const say = useSay()
  const [adding, setAdding] = useState('')
  const [editing, setEditing] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: keys.list('synonym', { page: 'all' }), queryFn: ({ signal }) => api.get<Page<Row>>('/synonyms', { query: { sort: '-updatedAt', limit: 200 }, signal }) })
  useLive('synonym', () => void read.refetch())
  const run = async (work: () => Promise<unknown>, then: () => void) => {
    setBusy(true)
    setProblem(null)
    try { await work(); then(); await read.refetch() } catch (error) { if (error instanceof ApiError && error.status < 500) setProblem(error.fields[0]?.message ?? error.message); else say.error(error) } finally { setBusy(false) }
  }
  const add = () => { if (adding.trim() && !busy) void run(() => api.post('/synonyms', { words: adding.trim() }), () => { setAdding(''); say.ok(t('saved')) }) }
  const change = (row: Row) => void run(() => api.patch(`/synonyms/${row.id}`, { words: words.trim(), version: row.version }), () => setEditing(null))
  const remove = async (row: Row) => { if (await say.ask({ title: tk('removeGroup'), content: String(row.words), okText: t('remove'), danger: true })) void run(() => api.remove(`/synonyms/${row.id}`), () => undefined) }
  return (
    <PageFrame title={tk('synonyms')} subtitle={tk('synonymsHint')}>
      <section className="qc-panel">
        {can('synonym:create') && <div className="kb-row"><Input autoFocus aria-label={tk('newGroup')} placeholder={tk('newGroupHint')} maxLength={300} value={adding} onChange={event => { setAdding(event.target.value); setProblem(null) }} onPressEnter={add} /><button type="button" className="qc-button qc-button-primary" disabled={busy || !adding.trim()} onClick={add}><Icon name="plus" />{tk('add')}</button></div>}
        {problem && editing === null && <p className="kb-row qc-danger" role="alert">{problem}</p>}
        {read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : read.data.items.length === 0 ? <EmptyState icon="search" title={tk('noSynonyms')} hint={tk('noSynonymsHint')} />
            : <ul className="kb-list">{read.data.items.map(row => (
              <li key={row.id} className="kb-row">
                {editing === row.id ? <><div><Input autoFocus aria-label={tk('synonyms')} maxLength={300} value={words} onChange={event => { setWords(event.target.value); setProblem(null) }} onPressEnter={() => change(row)} onKeyDown={event => { if (event.key === 'Escape') setEditing(null) }} />{problem && <span className="qc-danger" role="alert">{problem}</span>}</div>
                  <button type="button" className="qc-button qc-button-primary" disabled={busy || !words.trim()} onClick={() => change(row)}>{t('save')}</button><button type="button" className="qc-button" onClick={() => { setEditing(null); setProblem(null) }}>{t('cancel')}</button></>
                  : <><span className={row.off === true ? 'qc-faint' : undefined}>{String(row.words)}{row.off === true && ` · ${tk('isOff')}`}</span>
                    {can('synonym:update') && <><button type="button" className="qc-button" onClick={() => { setEditing(row.id); setWords(String(row.words)); setProblem(null) }}>{t('edit')}</button><button type="button" className="qc-button" disabled={busy} onClick={() => void run(() => api.patch(`/synonyms/${row.id}`, { off: row.off !== true, version: row.version }), () => undefined)}>{tk(row.off === true ? 'on' : 'off')}</button></>}
                    {can('synonym:remove') && <button type="button" className="qc-icon-button" aria-label={`${t('remove')} ${String(row.words)}`} onClick={() => void remove(row)}><Icon name="trash" /></button>}</>}
              </li>
            ))}</ul>}
      </section>
    </PageFrame>
  )
}

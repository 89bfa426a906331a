import './journey.css'
import { api, ApiError, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation, useParams } from 'react-router'
import { tj } from './texts.ts'

interface Asked { company: string, number: string, open: boolean, score: number | null }
const TAGS = ['attitude', 'speed', 'quality', 'price', 'clear'] as const

/** The customer's page after an order was delivered: one to five, what about, some words; once (CU-10). */
export default function DealSurvey() {
  const { token = '' } = useParams(), tenant = new URLSearchParams(useLocation().search).get('tenant'), query = tenant ? { tenant } : {}
  const path = `/public/deal-survey/${encodeURIComponent(token)}`
  const read = useQuery({ queryKey: ['deal-survey', token], queryFn: ({ signal }) => api.get<Asked>(path, { query, signal, quiet: true }), retry: false })
  const [score, setScore] = useState(0), [tags, setTags] = useState<string[]>([]), [words, setWords] = useState(''), [busy, setBusy] = useState(false), [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => { document.title = tj('dealTitle') }, [])
  const send = async (): Promise<void> => {
    setBusy(true)
    setWrong(null)
    try { await api.post(path, { score, tags, ...(words.trim() ? { words } : {}) }, { query, quiet: true }); await read.refetch() } catch (error) { if (error instanceof ApiError && error.status === 410) void read.refetch(); else setWrong(error instanceof ApiError ? error.fields[0]?.message ?? error.message : String(error)) } finally { setBusy(false) }
  }
  const asked = read.data
  return (
    <main className="jo-public"><section className="qc-panel qc-panel-pad qc-stack">
      {read.isPending ? <Skeleton lines={4} /> : !asked ? <p role="alert">{read.error instanceof ApiError ? read.error.message : tj('dealDown')}</p> : <>
        <p className="qc-soft">{asked.company} · {tj('dealOrder', { n: asked.number })}</p>
        {asked.score !== null ? <><h1 role="status">{tj('dealThanks')}</h1><p className="jo-stars" aria-label={tj('dealPoints', { n: asked.score })}>{'★'.repeat(asked.score)}</p></> : !asked.open ? <h1>{tj('dealOver')}</h1> : <>
          <h1>{tj('dealTitle')}</h1>
          <div className="jo-stars" role="radiogroup" aria-label={tj('dealTitle')}>{[1, 2, 3, 4, 5].map(n => <button key={n} type="button" role="radio" aria-checked={score === n} aria-label={tj('dealPoints', { n })} data-on={n <= score || undefined} onClick={() => setScore(n)}>★</button>)}</div>
          {score > 0 && <form className="qc-stack" onSubmit={event => { event.preventDefault(); void send() }}>
            <p className="qc-soft">{tj(score >= 4 ? 'dealGood' : 'dealBad')}</p>
            <div className="jo-filters">{TAGS.map(tag => <button key={tag} type="button" className="qc-button" aria-pressed={tags.includes(tag)} onClick={() => setTags(tags.includes(tag) ? tags.filter(x => x !== tag) : [...tags, tag])}>{tags.includes(tag) ? '✓ ' : ''}{tj(`deal_${tag}`)}</button>)}</div>
            <textarea rows={3} maxLength={500} aria-label={tj('dealWords')} placeholder={tj('dealWords')} value={words} onChange={event => setWords(event.target.value)} />
            {wrong && <p className="qc-danger" role="alert">{wrong}</p>}
            <button type="submit" className="qc-button qc-button-primary" disabled={busy}>{tj('dealSend')}</button>
          </form>}
        </>}
      </>}
    </section></main>
  )
}

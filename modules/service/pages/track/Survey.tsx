import { api, ApiError } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tc } from './texts.ts'

const TAGS = ['attitude', 'speed', 'quality', 'price', 'clear', 'place'] as const

/** After pick-up: one to five, what about, some words; once (CU-10). Nothing is shown where the company does not ask. */
export function Survey({ path, query }: { path: string, query: { tenant?: string } }) {
  const read = useQuery({ queryKey: ['survey', path], queryFn: ({ signal }) => api.get<{ open: boolean, score: number | null }>(`${path}/survey`, { query, signal, quiet: true }), retry: false })
  const [score, setScore] = useState(0)
  const [tags, setTags] = useState<string[]>([])
  const [words, setWords] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  if (!read.data || (!read.data.open && read.data.score === null)) return null
  if (!read.data.open) return <section className="sc-card sc-survey"><h2>{tc('surveyThanks')}</h2><p className="sc-stars" aria-label={String(read.data.score)}>{'★'.repeat(read.data.score ?? 0)}</p></section>
  const send = async () => {
    setBusy(true)
    setProblem(null)
    try { await api.post(`${path}/survey`, { score, tags, ...(words.trim() ? { words: words.trim() } : {}) }, { query, quiet: true }) } catch (error) { /* answered meanwhile: what stands is shown */ if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500) setProblem(tc('down')); else if (error.status !== 409) setProblem(error.message) } finally { setBusy(false); void read.refetch() }
  }
  return (
    <section className="sc-card sc-survey"><h2>{tc('survey')}</h2>
      <div className="sc-score" role="radiogroup" aria-label={tc('survey')}>{[1, 2, 3, 4, 5].map(n => <button key={n} type="button" role="radio" aria-checked={score === n} aria-label={tc('surveyPoints', { n })} data-on={n <= score || undefined} onClick={() => setScore(n)}>★</button>)}</div>
      {score > 0 && <><p className="qc-soft">{tc(score >= 4 ? 'surveyGood' : 'surveyBad')}</p>
        <div className="sc-tags">{TAGS.map(tag => <button key={tag} type="button" aria-pressed={tags.includes(tag)} onClick={() => setTags(tags.includes(tag) ? tags.filter(x => x !== tag) : [...tags, tag])}>{tc(`tag_${tag}`)}</button>)}</div>
        <textarea rows={3} maxLength={500} aria-label={tc('surveyWords')} placeholder={tc('surveyWords')} value={words} onChange={event => setWords(event.target.value)} />
        {problem && <p className="sc-problem" role="alert">{problem}</p>}
        <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void send()}>{tc('surveySend')}</button></>}
    </section>
  )
}

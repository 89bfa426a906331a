import './voice.css'
import { api, can, Icon, useLive, type Page, type PanelProps, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Choice, text } from './shared.tsx'
import { tv } from './texts.ts'

const rows = (plural: string, filter: Record<string, unknown>, signal: AbortSignal) => api.get<Page<Row>>(`/${plural}`, { query: { filter: JSON.stringify(filter), limit: '10' }, signal, quiet: true })

/** On a request: what its customer complained of, a low survey answer, and one click to write down a complaint or a feedback. */
export default function RequestPanel({ row }: PanelProps) {
  const complaints = useQuery({ queryKey: ['entity', 'complaint', 'of-request', row.id], queryFn: ({ signal }) => rows('complaints', { requestId: row.id }, signal) })
  const answers = useQuery({ queryKey: ['entity', 'surveyAnswer', 'of-request', row.id], queryFn: ({ signal }) => rows('survey-answers', { requestId: row.id, score: { lte: 2 } }, signal), enabled: can('surveyAnswer:read'), retry: false })
  useLive('complaint', () => void complaints.refetch())
  const low = answers.data?.items[0]
  const found = complaints.data?.items ?? []
  return (
    <section className="qc-panel"><header><h2>{tv('voicePanel')}</h2></header>
      <div className="qc-panel-pad qc-stack">
        {found.length === 0 ? <span className="qc-soft">{tv('nothingSaid')}</span> : found.map(c => <div key={c.id}><Link to={`/e/complaints/${c.id}`}>{text(c.number)}</Link> <Choice entity="complaint" field="stage" value={c.stage} /></div>)}
        {low && <p className="qc-danger"><Icon name="star" size={13} /> {tv('lowScore', { n: Number(low.score) })} {text(low.words)}</p>}
        <div className="qc-row">
          {can('complaint:create') && <Link className="qc-button" to={`/complaints?new=1&request=${row.id}&channel=${low ? 'survey' : 'request'}${low ? `&survey=${low.id}` : ''}`}>{tv('newComplaint')}</Link>}
          {can('feedback:create') && <Link className="qc-button" to={`/feedback?new=1&request=${row.id}`}>{tv('newFeedback')}</Link>}
        </div>
      </div>
    </section>
  )
}

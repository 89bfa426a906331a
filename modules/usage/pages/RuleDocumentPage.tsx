import './usage.css'
import { api, can, EntityPage, ErrorState, Markdown, parseMarkdown, Skeleton, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { tu } from './texts.ts'

interface Compared { versions: Array<{ id: string, edition: number, title: string, validFrom: string, changes: string | null, author: string | null }>, from: number | null, to: number, lines: Array<{ how: 'same' | 'in' | 'out', text: string }> }

/** A rule in one version: its words, what it changed, and the other versions. */
export default function RuleDocumentPage() {
  const id = useParams().id!
  return (
    <EntityPage key={id} entity="ruleDocument" id={id} hideFields={['body']}
      actions={row => can('ruleDocument:create') && <Link className="qc-button qc-button-primary" to={`/e/rule-documents/new?code=${encodeURIComponent(String(row.code))}&title=${encodeURIComponent(String(row.title))}`}>{tu('newVersion')}</Link>}
      top={row => <Top row={row} />} />
  )
}

function Top({ row }: { row: Row }) {
  const read = useQuery({ queryKey: ['ruleDocument', row.id, 'compare'], queryFn: ({ signal }) => api.get<Compared>(`/rule-documents/${row.id}/compare`, { signal }) })
  return (
    <div className="qc-stack us-top">
      <section className="qc-panel"><div className="us-text"><Markdown blocks={parseMarkdown(String(row.body ?? ''))} /></div></section>
      {read.isPending ? <Skeleton lines={4} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <>
        <section className="qc-panel"><header><h2>{read.data.from ? tu('diff', { v: read.data.from }) : tu('first')}</h2></header>{read.data.from !== null && <div className="us-diff">{read.data.lines.map((l, i) => <div key={i} data-how={l.how}>{l.how === 'in' ? '+ ' : l.how === 'out' ? '− ' : '  '}{l.how === 'out' ? <del>{l.text}</del> : l.text}</div>)}</div>}</section>
        <section className="qc-panel"><header><h2>{tu('versions')}</h2></header><ul className="us-list">{read.data.versions.map(v => <li key={v.id}><span className="us-what">{v.id === row.id ? <b>{tu('version', { v: v.edition })}</b> : <Link to={`/e/rule-documents/${v.id}`}>{tu('version', { v: v.edition })}</Link>} <span className="qc-soft">{v.changes}</span></span><span className="qc-soft">{tu('validFrom', { d: v.validFrom })}{v.author && ` · ${v.author}`}</span></li>)}</ul></section>
      </>}
    </div>
  )
}

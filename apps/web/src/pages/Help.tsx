import './help.css'
import { EmptyState, PageFrame } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { ts } from '../texts.ts'
import { parseMarkdown, titleOfMarkdown, type Inline } from './markdown.ts'

// The texts are written in docs/help; each becomes a small chunk of its own.
const files = import.meta.glob<string>('../../../../docs/help/*.md', { query: '?raw', import: 'default' })
const pages = Object.fromEntries(Object.entries(files).map(([path, load]) => [path.replace(/^.*\/|\.md$/g, ''), load]))

/** A help page by name; unknown names show the list of what there is. */
export default function Help() {
  const asked = useParams().page ?? 'index'
  // One thing of many (`processes-repair`) has the page of its kind.
  const name = pages[asked] ? asked : asked.split('-')[0]!
  // a page of one process or one record shows the help of its kind; lists without a text of their own share one
  const load = pages[name] ?? pages[name.split('-')[0] ?? ''] ?? pages.lists
  const read = useQuery({ queryKey: ['help', name], queryFn: () => load!(), enabled: load !== undefined, staleTime: Infinity })
  const titles = useQuery({ queryKey: ['help', 'titles'], staleTime: Infinity, queryFn: () => Promise.all(Object.entries(pages).map(async ([page, text]) => ({ page, title: titleOfMarkdown(await text()) ?? page }))) })
  const blocks = read.data === undefined ? [] : parseMarkdown(read.data)
  const title = read.data === undefined ? ts('help') : titleOfMarkdown(read.data) ?? ts('help')
  return (
    <PageFrame title={title}>
      <div className="qp">
        <nav className="qc-panel qp-list" aria-label={ts('helpPages')}>{(titles.data ?? []).map(each => <Link key={each.page} to={`/help/${each.page}`} aria-current={each.page === name ? 'page' : undefined}>{each.title}</Link>)}</nav>
        <article className="qc-panel qp-text">
          {load === undefined && <EmptyState icon="help" title={ts('helpMissing')} hint={ts('helpMissingHint')} />}
          {blocks.filter((block, i) => !(i === 0 && block.kind === 'heading' && block.level === 1)).map((block, i) => {
            switch (block.kind) {
              case 'heading': return block.level === 3 ? <h3 key={i}><Spans parts={block.text} /></h3> : <h2 key={i}><Spans parts={block.text} /></h2>
              case 'code': return <pre key={i}>{block.text}</pre>
              case 'quote': return <blockquote key={i}><Spans parts={block.text} /></blockquote>
              case 'list': { const items = block.items.map((item, at) => <li key={at}><Spans parts={item} /></li>); return block.ordered ? <ol key={i}>{items}</ol> : <ul key={i}>{items}</ul> }
              case 'table': return <div key={i} className="qp-table"><table><thead><tr>{block.head.map((cell, at) => <th key={at}><Spans parts={cell} /></th>)}</tr></thead><tbody>{block.rows.map((row, at) => <tr key={at}>{row.map((cell, c) => <td key={c}><Spans parts={cell} /></td>)}</tr>)}</tbody></table></div>
              default: return <p key={i}><Spans parts={block.text} /></p>
            }
          })}
        </article>
      </div>
    </PageFrame>
  )
}

function Spans({ parts }: { parts: Inline[] }) {
  return parts.map((part, i) => {
    if (part.kind === 'bold') return <strong key={i}>{part.text}</strong>
    if (part.kind === 'code') return <code key={i}>{part.text}</code>
    if (part.kind === 'link') {
      const page = /^([\w.-]+)\.md/.exec(part.href)?.[1]
      return page ? <Link key={i} to={`/help/${page}`}>{part.text}</Link> : part.href.startsWith('/') ? <Link key={i} to={part.href}>{part.text}</Link> : <a key={i} href={part.href} rel="noreferrer" target="_blank">{part.text}</a>
    }
    return <span key={i}>{part.text}</span>
  })
}

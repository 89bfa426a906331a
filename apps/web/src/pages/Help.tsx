import './help.css'
import { EmptyState, Markdown, PageFrame } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { ts } from '../texts.ts'
import { parseMarkdown, titleOfMarkdown } from '@quancheng/ui/core/markdown.ts'

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
          <Markdown blocks={blocks.filter((block, i) => !(i === 0 && block.kind === 'heading' && block.level === 1))} link={helpLink} />
        </article>
      </div>
    </PageFrame>
  )
}

/** A link to another page of the help. */
const helpLink = (href: string): string | null => { const page = /^([\w.-]+)\.md/.exec(href)?.[1]; return page ? `/help/${page}` : null }

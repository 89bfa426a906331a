import { can, Icon, Markdown, parseMarkdown, Skeleton, useLive, useSay, type PanelProps } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { imageOf, knowledge, type Found } from './api.ts'
import { Marked, Visible, Worth } from './parts.tsx'
import { tk } from './texts.ts'

/** 知识 at the work: what may help with this fault, read in place; and from what was done, an article in one act (KB-01, KB-09). */
export default function Panel({ row }: PanelProps) {
  const say = useSay()
  const navigate = useNavigate()
  const [opened, setOpened] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: ['knowledge', 'for', row.id], queryFn: ({ signal }) => knowledge.forRequest(row.id, signal), retry: false })
  useLive(change => change.entity === 'article' || change.id === row.id, () => void read.refetch())
  if (!read.data) return null
  const { items, used, own, ended, writable } = read.data
  const may = can('article:create') && writable && !own
  if (ended && used.length === 0 && !own && !may) return null
  const solve = async (of: Found) => {
    setBusy(true)
    try { const { uses } = await knowledge.use(of.id, row.id); say.ok(tk('counted', { n: uses })); await read.refetch() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const write = async () => {
    setBusy(true)
    try { const { id } = await knowledge.fromRequest(row.id); void navigate(`/knowledge/${id}/edit`) } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const fresh = items.filter(item => !used.some(each => each.id === item.id))
  return (
    <section className="qc-panel kb-panel">
      <header><h2>{tk('panel')}</h2><div className="qc-row"><Link to="/knowledge">{tk('searchAll')}</Link>{may && <button type="button" className="qc-button" disabled={busy} title={tk('toArticleHint')} onClick={() => void write()}><Icon name="edit" />{tk('toArticle')}</button>}</div></header>
      <div className="qc-panel-pad">
        {own && <p>{tk('ownArticle')}：<Link to={`/knowledge/${own.id}`}>{own.title}</Link></p>}
        {used.map(each => <p key={each.id}><Icon name="check" /> {tk('solvedAlready')}：<Link to={`/knowledge/${each.id}`}>{each.title}</Link></p>)}
        {!ended && fresh.length === 0 && used.length === 0 && <p className="qc-soft">{tk('nothingFits')}</p>}
        {fresh.length > 0 && <ul className="kb-list">{fresh.map(item => (
          <li key={item.id}>
            <button type="button" className="qc-link" aria-expanded={opened === item.id} onClick={() => setOpened(opened === item.id ? null : item.id)}><b><Marked pieces={item.title} /></b></button> <Visible of={item.visibility} /><Worth of={item} />
            {opened === item.id && <Opened id={item.id} />}
            {opened === item.id && <div className="kb-acts"><button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void solve(item)}><Icon name="check" />{tk('solved')}</button><button type="button" className="qc-button" onClick={() => setOpened(null)}>{tk('close')}</button></div>}
          </li>
        ))}</ul>}
      </div>
    </section>
  )
}

function Opened({ id }: { id: string }) {
  const read = useQuery({ queryKey: ['knowledge', 'article', id], queryFn: ({ signal }) => knowledge.view(id, signal) })
  return <div className="kb-opened qc-md">{read.data ? <Markdown blocks={parseMarkdown(read.data.body)} image={imageOf} /> : read.isError ? <p className="qc-danger">{read.error.message}</p> : <Skeleton lines={3} />}</div>
}

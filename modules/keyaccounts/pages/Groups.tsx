import { api, EmptyState, PageFrame, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Answered, text } from './shared.tsx'
import { tk } from './texts.ts'

/** The groups that the caller may see, each leading to its page. */
export default function Groups() {
  const read = useQuery({ queryKey: ['groups'], queryFn: ({ signal }) => api.get<Page<Row>>('/customers', { query: { filter: JSON.stringify({ kind: 'group' }), sort: 'name', limit: '200' }, signal }) })
  return (
    <PageFrame title={tk('groups')} subtitle={tk('groupsLead')}><Answered read={read}>{({ items }) => (items.length === 0 ? <section className="qc-panel"><EmptyState icon="customers" title={tk('noGroups')} hint={tk('noGroupsHint')} /></section>
      : <section className="qc-panel ka-wrap"><table className="ka-table"><thead><tr><th>{tk('groups')}</th><th className="ka-n">{tk('level')}</th></tr></thead><tbody>{items.map(g => <tr key={g.id}><td><Link to={`/key-accounts/${g.id}`}>{text(g.name)}</Link></td><td className="ka-n">{g.level ? tk('levelN', { n: Number(g.level) }) : '—'}</td></tr>)}</tbody></table></section>)}</Answered></PageFrame>
  )
}

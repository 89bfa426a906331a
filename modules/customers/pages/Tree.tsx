import { api, Icon, listHref, moneyText, type Filter } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { tc } from './texts.ts'

interface Node { id: string; parentId: string | null; name: string; depth: number; own: Record<string, string>; total: Record<string, string>; filters: Record<string, Filter> }
interface Answer { id: string; figures: { key: string; label: string; unit: string; plural: string }[]; nodes: Node[] }

/** The companies above and below, with what each has and all below it together (CU-05). */
export function Tree({ id }: { id: string }) {
  const read = useQuery({ queryKey: ['customer', id, 'tree'], queryFn: ({ signal }) => api.get<Answer>(`/customers/${id}/tree`, { signal }) })
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  if (!read.data || read.data.nodes.length < 2) return null
  const { nodes, figures } = read.data, byId = new Map(nodes.map(n => [n.id, n])), parents = new Set(nodes.map(n => n.parentId))
  const hidden = (n: Node): boolean => { for (let p = n.parentId && byId.get(n.parentId); p; p = p.parentId ? byId.get(p.parentId) : undefined) if (folded.has(p.id)) return true; return false }
  const turn = (key: string): void => { const next = new Set(folded); if (!next.delete(key)) next.add(key); setFolded(next) }
  return (
    <section className="qc-panel qc-panel-pad cu-block"><h2>{tc('tree')}</h2>
      <div className="cu-wrap"><table className="cu-tree">
        <thead><tr><th />{figures.map(f => <th key={f.key} title={tc('withBelow')}>{f.label}</th>)}</tr></thead>
        <tbody>{nodes.filter(n => !hidden(n)).map(n => (
          <tr key={n.id} data-here={n.id === id ? '' : undefined}>
            <td style={{ paddingLeft: n.depth * 14 }}>
              {parents.has(n.id) ? <button type="button" className="cu-fold" aria-expanded={!folded.has(n.id)} aria-label={tc(folded.has(n.id) ? 'unfold' : 'fold')} onClick={() => turn(n.id)}><Icon name={folded.has(n.id) ? 'right' : 'down'} size={12} /></button> : <span className="cu-fold" />}
              {n.id === id ? <b>{n.name}</b> : <Link to={`/e/customers/${n.id}`}>{n.name}</Link>}
            </td>
            {figures.map(f => <td key={f.key}><Link to={listHref(f.plural, n.filters[f.key])} title={`${tc('own')} ${f.unit === 'money' ? moneyText(n.own[f.key]!) : n.own[f.key]}`}>{f.unit === 'money' ? moneyText(n.total[f.key]!) : n.total[f.key]}</Link></td>)}
          </tr>
        ))}</tbody>
      </table></div>
    </section>
  )
}

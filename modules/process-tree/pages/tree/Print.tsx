import './tree.css'
import { ErrorState, Icon, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { tp } from '../texts.ts'
import { readTree, treeKey } from './api.ts'

/** The whole tree on paper: A4 landscape, every node with its demands. */
export default function Print() {
  const read = useQuery({ queryKey: treeKey, queryFn: ({ signal }) => readTree(signal) })
  useEffect(() => { document.title = `${tp('tree')} · 全程` }, [])
  if (read.isError) return <ErrorState error={read.error} />
  if (!read.data) return <Skeleton lines={12} />
  return (
    <main className="pt-paper">
      <p className="qc-row qc-no-print"><Link className="qc-button" to="/process-tree"><Icon name="back" />{tp('back')}</Link><button type="button" className="qc-button qc-button-primary" onClick={() => window.print()}>{tp('print')}</button></p>
      <h1>{tp('tree')}</h1>
      <div className="pt-scroll"><table>
        <thead><tr><th>{tp('code')}</th><th>{tp('process')}</th><th>{tp('prepare')}</th><th>{tp('talkTo')}</th><th>{tp('support')}</th><th>{tp('feedback')}</th><th>{tp('before')} / {tp('after')}</th></tr></thead>
        <tbody>{read.data.nodes.map(n => (
          <tr key={n.id} data-level={Math.min(n.level, 3)}>
            <td className="qc-mono">{n.code}</td><td style={{ paddingLeft: 6 + Math.min(n.level - 1, 8) * 12 }}>{n.name}</td><td>{n.prepare}</td><td>{n.talkTo}</td><td>{n.support}</td><td>{n.feedback}</td>
            <td className="qc-multiline">{[n.mustBefore, n.mustAfter].filter(Boolean).join('\n')}</td>
          </tr>
        ))}</tbody>
      </table></div>
    </main>
  )
}

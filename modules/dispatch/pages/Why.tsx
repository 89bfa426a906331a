import './dispatch.css'
import { api, Tag, useLive, When, type PanelProps, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { td } from './texts.ts'

const COLOR = { automatic: 'green', manual: 'blue', nobody: 'red' } as const

/** Beside a request: to whom its work went and why, in words; nothing where nobody was dispatched. */
export default function Why({ row }: PanelProps) {
  const read = useQuery({ queryKey: ['dispatch', 'why', row.id], queryFn: ({ signal }) => api.get<{ items: Row[] }>('/dispatch-entries', { query: { filter: JSON.stringify({ requestId: row.id }), sort: '-createdAt', limit: 10 }, signal, quiet: true }), retry: false })
  useLive('serviceRequest', () => void read.refetch())
  const items = read.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="qc-panel"><header><h2>{td('why')}</h2></header>
      <ul className="di-why">{items.map(e => <li key={e.id}><Tag color={COLOR[e.how as keyof typeof COLOR]}>{td(`how_${e.how as keyof typeof COLOR}`)}</Tag> {String(e.why)} <span className="qc-faint"><When at={e.createdAt ?? ''} form="relative" /></span></li>)}</ul>
    </section>
  )
}

import './marketing.css'
import { api, moneyText, useLive, type PanelProps } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { tm } from './texts.ts'

/** What goes with this device, at the stage the request is in (MK-05); nothing where no rule fits. */
export default function Offers({ row }: PanelProps) {
  const read = useQuery({ queryKey: ['entity', 'serviceRequest', 'row', row.id, 'offers', row.stage], queryFn: ({ signal }) => api.get<{ items: Array<{ id: string, name: string, words: string, price: string | null }> }>(`/service-requests/${row.id}/offers`, { signal, quiet: true }) })
  useLive(change => change.id === row.id, () => void read.refetch())
  if (!read.data?.items.length) return null
  return <section className="qc-panel"><header><h2>{tm('offers')}</h2></header><div className="qc-panel-pad qc-stack">{read.data.items.map(o => <div key={o.id}><b>{o.name}</b>{o.price && <> ¥ {moneyText(o.price)}</>}<div className="qc-soft">{o.words}</div></div>)}</div></section>
}

import { EmptyState, ErrorState, Skeleton, Tag } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { scheduleApi } from './api.ts'
import { ts } from './texts.ts'
import { clock } from './time.ts'

/** 谁在哪里: the people of a unit at this moment (CA-02). */
export function Who({ unitId, onClose }: { unitId: string | null, onClose: () => void }) {
  const read = useQuery({ queryKey: ['schedule', 'now', unitId], queryFn: ({ signal }) => scheduleApi.now(unitId, signal), staleTime: 0, refetchInterval: 60_000 })
  return (
    <Drawer open title={ts('who')} onClose={onClose} size={400} destroyOnHidden>
      {read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : read.data.people.length === 0 ? <EmptyState icon="group" title={ts('nobody')} />
        : <ul className="sc-who">{read.data.people.toSorted((a, b) => Number(a.free) - Number(b.free)).map(p => <li key={p.id}><b>{p.name}</b>{p.free ? <Tag color="green">{ts('freeNow')}</Tag> : <span>{p.busy.map((b, i) => <span key={i}>{b.what}{b.place && ` · ${b.place}`} <em className="qc-soft">{clock(b.from)}–{clock(b.to)}</em></span>)}</span>}</li>)}</ul>}
    </Drawer>
  )
}

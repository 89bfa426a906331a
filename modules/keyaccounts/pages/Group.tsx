import { api, can, EmptyState, PageFrame, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Tabs } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import { Agreements } from './group/Agreements.tsx'
import { Companies } from './group/Companies.tsx'
import { Prices } from './group/Prices.tsx'
import { Team } from './group/Team.tsx'
import type { GroupData } from './group/types.ts'
import { Answered } from './shared.tsx'
import { tk } from './texts.ts'

/** One group: companies with their figures, agreements, prices, team and what it heard. */
export default function Group() {
  const id = useParams().id!, say = useSay(), [params, setParams] = useSearchParams()
  const read = useQuery({ queryKey: ['group', id], queryFn: ({ signal }) => api.get<GroupData>(`/key-accounts/${id}`, { signal }) })
  const again = () => void read.refetch()
  const done = (words: string) => { say.ok(words); again() }
  return (
    <PageFrame title={read.data?.name ?? tk('groups')} subtitle={tk('groupsLead')} actions={<><Link className="qc-button" to={`/key-accounts/analysis?customer=${id}`}>{tk('analysis')}</Link><Link className="qc-button" to={`/e/customers/${id}`}>{tk('customer')}</Link></>}>
      <Answered read={read}>{d => <Tabs activeKey={params.get('tab') ?? 'agreements'} onChange={tab => setParams({ tab }, { replace: true })} items={[
        { key: 'agreements', label: tk('agreements'), children: <Agreements data={d} may={d.place.sets || can('contract:signGroup')} onDone={done} /> },
        { key: 'tree', label: tk('tree'), children: <Companies data={d} /> },
        { key: 'prices', label: tk('prices'), children: d.prices.length + d.requests.length === 0 ? <section className="qc-panel"><EmptyState icon="money" title={tk('noPrices')} hint={tk('noPricesHint')} /></section> : <Prices data={d} onDone={done} /> },
        { key: 'team', label: tk('team'), children: <Team data={d} onDone={done} /> },
      ]} />}</Answered>
    </PageFrame>
  )
}

import { api, pick, setClock, useNow, zoned } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

type Clock = { at: string, speed: number, demo: boolean }

const POLL_MS = 5000

/** In an installation without the demo the server answers that there is no such clock, once; nothing is shown and nothing asked again. */
function useDemoClock(): Clock | null {
  const read = useQuery({ queryKey: ['demo-clock'], queryFn: async ({ signal }) => (await api.get<Clock | undefined>('/demo/clock', { signal, quiet: true })) ?? null, refetchInterval: query => (query.state.data ? POLL_MS : false), staleTime: POLL_MS, retry: false })
  const clock = read.data ?? null
  useEffect(() => setClock(clock?.demo ? clock : null), [clock])
  return clock?.demo ? clock : null
}

/** 演示时钟 13:42 ×60: whoever looks at the page sees that its time is not that of the wall. */
export function DemoClock({ loose = false }: { loose?: boolean }) {
  const clock = useDemoClock()
  const p = zoned(useNow())
  if (!clock) return null
  const title = pick(['这是演示：程序按自己的时钟走，不是现在的时间', 'A demo: the program runs by a clock of its own'])
  return <span className={loose ? 'qs-demo-clock qs-demo-clock-loose' : 'qs-demo-clock'} title={title} role="note"><i>{pick(['演示时钟', 'Demo clock'])}</i> {p.month}-{p.day} <b>{p.hour}:{p.minute}</b>{clock.speed !== 1 && ` ×${clock.speed}`}</span>
}

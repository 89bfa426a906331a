import { heatClasses, ProcessView, type Heat } from '@quancheng/ui'
import { useMemo } from 'react'
import type { Plan } from './api.ts'
import { tm } from './texts.ts'

const heatOf = (counts: Record<string, number>): Heat => ({ nodes: Object.fromEntries(Object.entries(counts).map(([id, n]) => [id, { value: n, text: String(n) }])), flows: {}, classes: heatClasses(Object.values(counts), true) })

/** Where the cases are now, and where they would be. */
export function Pictures({ keyName, plan }: { keyName: string, plan: Plan }) {
  const [before, after] = useMemo(() => {
    const now: Record<string, number> = {}, then: Record<string, number> = {}
    for (const [id, { cases, refused }] of Object.entries(plan.dryRun.nodes)) {
      now[id] = cases
      const to = plan.nodes.find(each => each.id === id)?.to
      if (to && cases > refused) then[to] = (then[to] ?? 0) + cases - refused
    }
    return [heatOf(now), heatOf(then)]
  }, [plan])
  const names = (counts: Heat, nodes: readonly { id: string, name: string }[]) => nodes.filter(each => counts.nodes[each.id]).map(each => ({ nodeId: each.id, name: `${each.name}：${tm('casesOf', { n: counts.nodes[each.id]!.value })}` }))
  const url = (version: number) => `/api/processes/${encodeURIComponent(keyName)}/xml?version=${version}`
  return (
    <div className="cm-pictures">
      <figure><figcaption>{tm('version', { n: plan.from })}</figcaption><ProcessView key={JSON.stringify(before.nodes)} xmlUrl={url(plan.from)} heat={before} height={300} /><List items={names(before, plan.nodes)} /></figure>
      <figure><figcaption>{tm('version', { n: plan.to })} <span className="qc-faint">{tm('after')}</span></figcaption><ProcessView key={JSON.stringify(after.nodes)} xmlUrl={url(plan.to)} heat={after} height={300} /><List items={names(after, plan.targets)} /></figure>
    </div>
  )
}

/** The same figures for those who do not see the picture. */
function List({ items }: { items: readonly { nodeId: string, name: string }[] }) {
  return <ul className="cm-figures">{items.map(each => <li key={each.nodeId}>{each.name}</li>)}</ul>
}

import { heatClasses, ProcessView, usePhone, type Heat } from '@quancheng/ui'
import { useMemo } from 'react'
import { nameOf } from './StepTable.tsx'
import { tc } from './texts.ts'
import type { Overview } from './types.ts'

/** The drawn process with how many cases stand where; a click on a step filters the list. */
export function Picture({ view, version, onNode }: { view: Overview, version: string | undefined, onNode: (node: string) => void }) {
  const phone = usePhone()
  const heat = useMemo((): Heat => ({
    nodes: Object.fromEntries(view.steps.map(line => [line.node, { value: line.open, text: line.late ? tc('badgeLate', { n: line.open, late: line.late }) : tc('badge', { n: line.open }) }])), flows: {}, classes: heatClasses(view.steps.map(line => line.open), true),
  }), [view.steps])
  return (
    <ProcessView xmlUrl={`/processes/${encodeURIComponent(view.process.key)}/xml?version=${version ?? view.process.version}`} height={phone ? 240 : 420} heat={heat} legend={<span className="qc-soft">{tc('legend')}</span>}
      nodes={view.steps.map(line => ({ nodeId: line.node, name: `${nameOf(line)} ${line.open}` }))} current={view.steps.map(line => line.node)}
      onSelect={id => { if (view.steps.some(line => line.node === id) || view.nodes.some(node => node.nodeId === id)) onNode(id) }} />
  )
}

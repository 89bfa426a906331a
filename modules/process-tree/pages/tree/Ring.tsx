import { Icon } from '@quancheng/ui'
import { tp } from '../texts.ts'
import type { Node, Tree } from './api.ts'

const HALF = 46, HIGH = 19
/** room for an arrow between two boxes, whatever their number */
const radiusFor = (n: number) => Math.max(175, n * 24)

/** Level 1 as it runs: each phase leads to its next, the last to the first; a missing link is a gap in the ring. */
export function Ring({ tree, onChoose }: { tree: Tree, onChoose: (id: string) => void }) {
  const roots = tree.nodes.filter(n => n.level === 1)
  const around = [...tree.ring.order.flatMap(id => roots.find(n => n.id === id) ?? []), ...roots.filter(n => !tree.ring.order.includes(n.id))]
  const radius = radiusFor(around.length), centre = radius + HALF + 12, size = centre * 2
  const angle = (i: number) => (i / around.length) * 2 * Math.PI - Math.PI / 2
  const at = (i: number, r = radius): [number, number] => [centre + r * Math.cos(angle(i)), centre + r * Math.sin(angle(i))]
  const arc = (i: number, j: number) => {
    // how far the box reaches along the ring depends on where it stands
    const gap = (x: number) => Math.min((HALF * Math.abs(Math.sin(x)) + HIGH * Math.abs(Math.cos(x)) + 7) / radius, Math.PI / around.length * 0.8)
    const a = angle(i) + gap(angle(i)), b = angle(j) - gap(angle(j)) + (j <= i ? 2 * Math.PI : 0)
    const p = (x: number) => `${centre + radius * Math.cos(x)} ${centre + radius * Math.sin(x)}`
    return `M ${p(a)} A ${radius} ${radius} 0 ${b - a > Math.PI ? 1 : 0} 1 ${p(b)}`
  }
  const links = around.flatMap((n, i) => { const j = around.findIndex(x => x.id === n.nextId); return j < 0 || j === i ? [] : [{ i, j, beside: j === (i + 1) % around.length }] })
  return (
    <div className="pt-ring">
      <svg viewBox={`0 0 ${size} ${size}`} role="group" aria-label={tp('ring')}>
        <defs><marker id="pt-arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="4" markerHeight="4" orient="auto"><path d="M0 0 8 4 0 8z" /></marker></defs>
        {links.map(({ i, j, beside }) => <path key={i} className="pt-link" markerEnd="url(#pt-arrow)" d={beside ? arc(i, j) : `M ${at(i, radius - 40).join(' ')} L ${at(j, radius - 40).join(' ')}`} />)}
        {around.map((n, i) => <Phase key={n.id} node={n} at={at(i)} broken={tree.ring.problems.some(p => p.nodeId === n.id)} onChoose={() => onChoose(n.id)} />)}
      </svg>
      <RingProblems tree={tree} />
    </div>
  )
}

function Phase({ node, at: [x, y], broken, onChoose }: { node: Node, at: [number, number], broken: boolean, onChoose: () => void }) {
  const name = node.name.length > 6 ? `${node.name.slice(0, 5)}…` : node.name
  return (
    <g className="pt-phase" data-broken={broken} role="button" tabIndex={0} aria-label={node.name} onClick={onChoose} onKeyDown={event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); onChoose() } }}>
      <rect x={x - HALF} y={y - HIGH} width={HALF * 2} height={HIGH * 2} rx={6} /><text x={x} y={y + 5} textAnchor="middle">{name}</text>
    </g>
  )
}

export function RingProblems({ tree }: { tree: Tree }) {
  const { problems } = tree.ring
  if (tree.ring.closed) return <p className="qc-notice qc-notice-ok"><Icon name="check" />{tp('ringFine', { n: tree.ring.order.length })}</p>
  return <div className="qc-notice qc-notice-danger" role="status"><Icon name="warn" /><div><strong>{tp('ringBroken', { n: problems.length })}</strong><ul className="qc-plain">{problems.map(p => <li key={p.message}>{p.message}</li>)}</ul></div></div>
}

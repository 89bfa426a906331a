import { useState } from 'react'
import type { MappedNode, Mapping, Plan, Problem, TargetNode } from './api.ts'
import { tm } from './texts.ts'

const FAMILY: Record<string, string> = { boundaryTimer: 'boundary', boundaryEvent: 'boundary' }
const family = (type: string): string => FAMILY[type] ?? type

/** Old step → new step. Those that hold cases or mean something come first; problems stand beside them. */
export function MappingTable({ plan, asked, onChange }: { plan: Plan, asked: Mapping, onChange: (id: string, target: string | null) => void }) {
  const [all, setAll] = useState(false)
  const { nodes } = plan.dryRun
  const problems = (id: string): Problem[] => plan.problems.filter(each => each.nodeId === id)
  const matters = (node: MappedNode): boolean => nodes[node.id] !== undefined || problems(node.id).length > 0 || asked[node.id] !== undefined || node.how === 'name'
  const rows = plan.nodes.filter(node => all || matters(node)).toSorted((a, b) => (nodes[b.id]?.cases ?? 0) - (nodes[a.id]?.cases ?? 0))
  const hidden = plan.nodes.length - plan.nodes.filter(matters).length
  return (
    <div className="qc-panel-pad">
      {rows.length === 0 && <p className="qc-soft">{tm('nothingToMap')}</p>}
      {rows.length > 0 && (
        <table className="cm-table">
          <thead><tr><th>{tm('oldNode')}</th><th className="cm-number">{tm('here')}</th><th>{tm('newNode')}</th></tr></thead>
          <tbody>{rows.map(node => <Row key={node.id} node={node} cases={nodes[node.id]?.cases ?? 0} problems={problems(node.id)} targets={plan.targets} value={asked[node.id] === undefined ? node.to : asked[node.id]!} onPick={target => onChange(node.id, target)} />)}</tbody>
        </table>
      )}
      {hidden > 0 && <button type="button" className="qc-link" aria-expanded={all} onClick={() => setAll(!all)}>{all ? tm('showSome') : tm('showAll', { n: plan.nodes.length })}</button>}
    </div>
  )
}

function Row({ node, cases, problems, targets, value, onPick }: { node: MappedNode, cases: number, problems: readonly Problem[], targets: readonly TargetNode[], value: string | null, onPick: (target: string | null) => void }) {
  const fitting = targets.filter(each => family(each.type) === family(node.type))
  const names = (each: TargetNode): string => (each.name !== each.id && fitting.filter(other => other.name === each.name).length > 1 ? `${each.name}（${each.id}）` : each.name)
  return (
    <tr data-bad={cases > 0 && problems.some(each => each.severity === 'refuse')}>
      <th scope="row"><b>{node.name}</b>{node.name !== node.id && <span className="qc-faint"> {node.id}</span>}</th>
      <td className="cm-number" data-label={tm('here')}>{cases || <span className="qc-faint">0</span>}</td>
      <td>
        <div className="cm-choice"><select aria-label={`${node.name} → ${tm('newNode')}`} value={value ?? ''} onChange={event => onPick(event.target.value || null)}>
          <option value="">{tm('none')}</option>{fitting.map(each => <option key={each.id} value={each.id}>{names(each)}</option>)}
        </select>{node.to === value && value !== null && node.how !== 'none' && <span className="qc-faint">{tm(node.how === 'id' ? 'same' : node.how === 'name' ? 'byName' : 'told')}</span>}</div>
        {value === node.to && problems.map((each, i) => <p key={i} className="cm-problem" data-how={each.severity === 'note' ? 'note' : cases > 0 ? 'bad' : 'idle'}>{each.message}</p>)}
      </td>
    </tr>
  )
}

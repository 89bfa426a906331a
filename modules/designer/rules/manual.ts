import type { CompiledProcess } from '@quancheng/process'
import { durationWords } from './words.ts'

type Node = CompiledProcess['nodes'][string]
type UserTask = Extract<Node, { type: 'userTask' }>

interface Lead { when: string | null; to: string; end: boolean }
export interface ManualStep {
  id: string; no: number; name: string; role: string | null; assign: string; stage: string | null; guide: string | null; note: string | null
  standard: { minutes: number; clock: 'business' | 'clock'; warnPercent: number; pauseReasons: readonly string[]; remindMinutes: readonly number[] } | null
  fields: Array<{ name: string; required: boolean; readonly: boolean; only: string | null; /** the condition on which it is on the form */ when: string | null }>
  items: Array<{ label: string; required: boolean; only: string | null }>
  script: Array<{ text: string; required: boolean; only: string | null }>
  outcomes: Array<{ label: string; danger: boolean; requiresComment: boolean; confirm: string | null; leads: Lead[] }>
  timers: Array<{ name: string; after: string; business: boolean; interrupting: boolean; leads: Lead[] }>
}
export interface Manual { name: string; about: string | null; entity: string | null; lanes: Array<{ name: string; role: string | null }>; steps: ManualStep[]; automatic: Array<{ name: string; handler: string; leads: Lead[] }>; ends: string[] }

export interface Names { role(code: string): string; field(name: string): string | null; entity(name: string): string; stage(value: string): string | null }

/** The process as a handbook for those who work in it: step after step in the order in which a case meets them. */
export function manualOf(process: CompiledProcess, names: Names): Manual {
  const order = walk(process), all = Object.values(process.nodes)
  const tasks = order.flatMap(id => { const n = process.nodes[id]; return n?.type === 'userTask' ? [n] : [] })
  return {
    name: process.name, about: process.documentation, entity: process.binding ? names.entity(process.binding.entity) : null,
    lanes: process.lanes.map(l => ({ name: l.name, role: l.role ? names.role(l.role) : null })),
    steps: tasks.map((node, i) => stepOf(process, node, i + 1, names)),
    automatic: all.flatMap(n => (n.type === 'serviceTask' ? [{ name: n.name, handler: 'handler' in n ? String(n.handler) : '', leads: leads(process, n, null) }] : [])),
    ends: all.filter(n => n.type === 'endEvent').map(n => n.name),
  }
}

/** All nodes, in the order in which one meets them from the start: branches one after the other, as drawn. */
function walk(process: CompiledProcess): string[] {
  const queue = [process.startId], seen = new Set<string>()
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const node = process.nodes[id]
    if (!node || seen.has(id)) continue
    seen.add(id)
    queue.push(...node.outgoing.map(f => process.flows[f]!.target), ...('boundary' in node ? node.boundary : []))
  }
  return [...seen, ...Object.keys(process.nodes).filter(id => !seen.has(id))]
}

function stepOf(process: CompiledProcess, node: UserTask, no: number, names: Names): ManualStep {
  const { task } = node
  const only = (ids: readonly string[] | null): string | null => (ids ? ids.map(id => task.outcomes.find(o => o.id === id)?.label ?? id).join('、') : null)
  const rule = task.assign
  return {
    id: node.id, no, name: node.name, role: task.role ? names.role(task.role) : null, guide: task.guide, note: node.documentation, standard: task.standard,
    stage: process.binding?.stageField ? names.stage(node.stage) : null,
    assign: rule.rule === 'pool' ? '本岗位的人领取' : rule.rule === 'completer' ? '上一步的办理人继续办' : `上次办理“${process.nodes[rule.nodeId]?.name ?? rule.nodeId}”的人`,
    fields: task.fields.map(f => ({ name: f.label ?? names.field(f.name) ?? f.name, required: f.required, readonly: f.readonly, only: only(f.outcomes), when: f.visibleWhen?.text ?? null })),
    items: task.items.map(i => ({ label: i.label, required: i.required, only: only(i.outcomes) })),
    script: task.script.map(s => ({ text: s.text, required: s.required, only: only(s.outcomes) })),
    outcomes: (task.outcomes.length ? task.outcomes : [{ id: '', label: '完成', flowId: null, danger: false, requiresComment: false, confirm: null }])
      .map(o => ({ label: o.label, danger: o.danger, requiresComment: o.requiresComment, confirm: o.confirm, leads: leads(process, node, o.id || null, o.flowId) })),
    timers: node.boundary.flatMap(id => {
      const timer = process.nodes[id]
      return timer?.type === 'boundaryTimer' ? [{ name: timer.name, after: timer.timer.duration ? durationWords(timer.timer.duration) : timer.timer.expression?.text ?? '', business: timer.timer.clock === 'business', interrupting: timer.interrupting, leads: leads(process, timer, null) }] : []
    }),
  }
}

/** Where a case goes from here with this outcome: the next steps for people or the ends, each with what else must hold. */
export function leads(process: CompiledProcess, from: Node, outcome: string | null, flowId: string | null = null): Lead[] {
  const found = new Map<string, Lead>()
  const follow = (id: string, when: readonly string[], seen: ReadonlySet<string>): void => {
    const node = process.nodes[id]
    if (!node || seen.has(id)) return
    if (node.type === 'userTask' || node.type === 'endEvent' || node.type === 'serviceTask') {
      const lead = { when: when.join('，且') || null, to: node.type === 'serviceTask' ? `${node.name}（系统）` : node.name, end: node.type === 'endEvent' }
      found.set(`${id}\n${lead.when}`, lead)
      return
    }
    branch(node, when, new Set([...seen, id]))
  }
  const branch = (node: Node, when: readonly string[], seen: ReadonlySet<string>): void => {
    const flows = node.outgoing.map(id => process.flows[id]!)
    const open = flows.map(f => ({ flow: f, holds: f.condition ? known(f.condition, outcome) : null }))
    // an outcome that settles the question leaves only its own way
    const sure = node.type === 'exclusiveGateway' ? open.find(o => o.holds === true && open.every(other => other === o || other.holds !== null || other.flow.isDefault)) : undefined
    for (const { flow, holds } of sure ? [sure] : open) {
      if (holds === false) continue
      const asks = node.type === 'exclusiveGateway' && !sure && flows.length > 1
      const others = open.filter(o => o.flow !== flow && o.holds === null && o.flow.condition)
      const said = !asks ? null : flow.condition && holds === null ? `${flow.name ? `${flow.name}：` : ''}${flow.condition.text}` : others.length ? flow.name || '其他情况' : null
      follow(flow.target, said ? [...when, said] : when, seen)
    }
  }
  if (flowId) follow(process.flows[flowId]!.target, [], new Set([from.id]))
  else branch(from, [], new Set())
  return [...found.values()]
}

/** Does the condition hold for this outcome? null where it asks for more than the outcome. */
function known(condition: { variables: readonly string[]; evaluate(scope: Record<string, unknown>): unknown }, outcome: string | null): boolean | null {
  if (outcome === null || condition.variables.some(v => v !== 'outcome')) return null
  try { return condition.evaluate({ outcome }) === true } catch { return null }
}


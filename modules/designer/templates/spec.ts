import { diagramXml, draw, type Graph, type Kind, type Node } from '../layout/index.ts'

/** How the templates are written; `make.ts` turns each into a .bpmn file with a drawing. */
export interface TemplateSpec {
  id: string; name: string; category: string; about: string
  binding?: { entity: string; stageField: string }
  lanes: Lane[]
  /** `a -> b`, `a -> b 名称`, `a -> b 名称 [condition]`, `a -> b 名称 default`; one a line */
  flows: string
}
export interface Lane { id: string; name: string; role?: string; nodes: NodeSpec[] }

interface TaskSpec {
  assign?: string; stage?: string; guide?: string
  /** who says yes or no, each for themselves; the first outcome is consent, the second refusal */
  approval?: { who: string; mode?: 'all' | 'any' | 'sequence'; share?: string }
  /** minutes, or minutes with their clock, pauses and reminders */
  standard?: number | { minutes: number; clock?: 'business' | 'clock'; warn?: number; pauseReasons?: string; remind?: string }
  outcomes?: Outcome[]; fields?: string[]; items?: string[]; script?: string[]
}
export interface Outcome { id: string; label: string; danger?: true; comment?: true; confirm?: string }
type NodeSpec =
  | { type: 'task'; id: string; name: string; task: TaskSpec }
  | { type: 'start' | 'end' | 'xor' | 'and'; id: string; name: string; stage?: string }
  | { type: 'timer'; id: string; name: string; host: string; duration: string; clock?: 'business'; interrupting?: true }

export const start = (id: string, name: string): NodeSpec => ({ type: 'start', id, name })
export const end = (id: string, name: string, stage?: string): NodeSpec => ({ type: 'end', id, name, ...(stage ? { stage } : {}) })
export const xor = (id: string, name: string): NodeSpec => ({ type: 'xor', id, name })
export const and = (id: string, name = ''): NodeSpec => ({ type: 'and', id, name })
export const timer = (id: string, name: string, host: string, duration: string, o: { clock?: 'business'; interrupting?: true } = {}): NodeSpec => ({ type: 'timer', id, name, host, duration, ...o })
export const task = (id: string, name: string, spec: TaskSpec): NodeSpec => ({ type: 'task', id, name, task: spec })

export const AGREE: Outcome = { id: 'agree', label: '同意' }
export const REJECT: Outcome = { id: 'reject', label: '驳回', danger: true, comment: true, confirm: '驳回后流程结束，确定驳回？' }
export const RETURN: Outcome = { id: 'return', label: '退回修改', comment: true }
/** One working day in minutes: 9:00–12:00 and 13:30–18:00. */
export const DAY = 450

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
type Values = Record<string, string | number | boolean | undefined>
const attributes = (values: Values): string => Object.entries(values).filter(([, v]) => v !== undefined && v !== false && v !== '').map(([k, v]) => ` ${k}="${escape(String(v))}"`).join('')
const tag = (name: string, values: Values, inner = ''): string => (inner ? `<${name}${attributes(values)}>${inner}</${name}>` : `<${name}${attributes(values)} />`)
const indent = (lines: string[], by: number): string => lines.map(l => l.split('\n').map(x => `${' '.repeat(by)}${x}`).join('\n')).join('\n')

interface FlowSpec { id: string; source: string; target: string; name: string; condition: string | null; isDefault: boolean }

function flowsOf(text: string): FlowSpec[] {
  return text.split('\n').map(l => l.trim()).filter(Boolean).map(line => {
    const m = /^(\S+) -> (\S+)(?: (?!\[|default)(\S+))?(?: \[(.+)\])?( default)?$/.exec(line)
    if (!m) throw new Error(`cannot read the flow “${line}”`)
    return { id: `${m[1]}-${m[2]}`, source: m[1]!, target: m[2]!, name: m[3] ?? '', condition: m[4] ?? null, isDefault: m[5] !== undefined }
  })
}

const KINDS: Record<NodeSpec['type'], Kind> = { task: 'task', start: 'event', end: 'event', xor: 'gateway', and: 'gateway', timer: 'boundary' }

function graphOf(spec: TemplateSpec, flows: FlowSpec[]): Graph {
  const nodes = spec.lanes.flatMap(lane => lane.nodes.map((n): Node => ({ id: n.id, kind: KINDS[n.type], name: n.name, lane: lane.id, ...(n.type === 'timer' ? { host: n.host } : {}) })))
  // the order in which the story is told decides the columns, not the order of the lanes
  const told = ['', ...flows.flatMap(f => [f.source, f.target])]
  return { nodes: nodes.toSorted((a, b) => told.indexOf(a.id) - told.indexOf(b.id)), flows, lanes: spec.lanes }
}

/** `days 天数 required` → the form field; `required`, `readonly` and `@outcome,outcome` in any order after the label. */
function part(text: string, flags: string[]): { head: string[]; values: Values } {
  const words = text.split(' '), values: Values = {}, head: string[] = []
  for (const w of words) {
    if (flags.includes(w)) values[w] = true
    else if (w.startsWith('@')) values['outcomes'] = w.slice(1)
    else head.push(w)
  }
  return { head, values }
}

function taskParts(spec: TaskSpec): string[] {
  const standard = typeof spec.standard === 'number' ? { minutes: spec.standard } : spec.standard
  return [
    ...(spec.approval ? [tag('qc:approval', { mode: spec.approval.mode ?? 'any', share: spec.approval.share, who: spec.approval.who, approve: spec.outcomes![0]!.id, reject: spec.outcomes![1]!.id })] : []),
    ...(spec.guide ? [tag('qc:guide', {}, escape(spec.guide))] : []),
    ...(standard ? [tag('qc:standard', { minutes: standard.minutes, clock: standard.clock ?? 'business', warn: standard.warn ?? 80, pauseReasons: standard.pauseReasons, remind: standard.remind })] : []),
    ...(spec.fields ?? []).map(f => { const { head, values } = part(f, ['required', 'readonly']); return tag('qc:field', { name: head[0], label: head[1], ...values }) }),
    ...(spec.items ?? []).map(i => { const { head, values } = part(i, ['optional']); const { optional, ...rest } = values; return tag('qc:item', { id: head[0], label: head.slice(1).join(' '), required: !optional, ...rest }) }),
    ...(spec.script ?? []).map((s, n) => { const must = s.startsWith('! '); return tag('qc:script', { id: `say${n + 1}`, required: must }, escape(must ? s.slice(2) : s)) }),
    ...(spec.outcomes ?? []).map(o => tag('qc:outcome', { id: o.id, label: o.label, danger: o.danger, confirm: o.confirm, requiresComment: o.comment })),
  ]
}

function nodeXml(n: NodeSpec, flows: FlowSpec[]): string {
  const links = [...flows.filter(f => f.target === n.id).map(f => tag('bpmn:incoming', {}, f.id)), ...flows.filter(f => f.source === n.id).map(f => tag('bpmn:outgoing', {}, f.id))]
  const whole = (name: string, values: Values, inner: string[]): string => (inner.length ? `<${name}${attributes(values)}>\n${indent(inner, 2)}\n</${name}>` : tag(name, values))
  const base = { id: n.id, name: n.name }
  switch (n.type) {
    case 'start': return whole('bpmn:startEvent', base, links)
    case 'end': return whole('bpmn:endEvent', { ...base, 'qc:stage': n.stage }, links)
    case 'xor': return whole('bpmn:exclusiveGateway', { ...base, default: flows.find(f => f.source === n.id && f.isDefault)?.id }, links)
    case 'and': return whole('bpmn:parallelGateway', base, links)
    case 'timer': return whole('bpmn:boundaryEvent', { ...base, attachedToRef: n.host, ...(n.interrupting ? {} : { cancelActivity: 'false' }) },
      [...links, `<bpmn:timerEventDefinition id="${n.id}-timer"${n.clock ? ` qc:clock="${n.clock}"` : ''}><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${n.duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`])
    case 'task': {
      const parts = taskParts(n.task)
      return whole('bpmn:userTask', { ...base, 'qc:assign': n.task.assign, 'qc:stage': n.task.stage }, [...(parts.length ? [`<bpmn:extensionElements>\n${indent(parts, 2)}\n</bpmn:extensionElements>`] : []), ...links])
    }
  }
}

const flowXml = (f: FlowSpec): string => tag('bpmn:sequenceFlow', { id: f.id, name: f.name, sourceRef: f.source, targetRef: f.target },
  f.condition ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escape(f.condition).replaceAll('&quot;', '"')}</bpmn:conditionExpression>` : '')

/** The whole file: model, lanes and drawing. */
export function toXml(spec: TemplateSpec): string {
  const flows = flowsOf(spec.flows), graph = graphOf(spec, flows)
  const lanes = spec.lanes.map(l => `<bpmn:lane${attributes({ id: l.id, name: l.name, 'qc:role': l.role })}>\n${indent(l.nodes.map(n => tag('bpmn:flowNodeRef', {}, n.id)), 2)}\n</bpmn:lane>`)
  const nodes = graph.nodes.map(g => nodeXml(spec.lanes.flatMap(l => l.nodes).find(n => n.id === g.id)!, flows))
  const body = [
    tag('bpmn:documentation', {}, escape(spec.about)),
    ...(spec.binding ? [`<bpmn:extensionElements>\n  ${tag('qc:binding', { ...spec.binding })}\n</bpmn:extensionElements>`] : []),
    `<bpmn:laneSet id="lanes">\n${indent(lanes, 2)}\n</bpmn:laneSet>`, ...nodes, ...flows.map(flowXml),
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:qc="urn:quancheng:bpmn:1" id="${spec.id}-definitions" targetNamespace="urn:quancheng:templates">
  <bpmn:collaboration id="collaboration">
    <bpmn:participant id="pool" name="${escape(spec.name)}" processRef="${spec.id}-process" />
  </bpmn:collaboration>
  <bpmn:process id="${spec.id}-process" name="${escape(spec.name)}" isExecutable="true">
${indent(body, 4)}
  </bpmn:process>
${diagramXml(graph, draw(graph), 'collaboration', 'pool')}
</bpmn:definitions>
`
}

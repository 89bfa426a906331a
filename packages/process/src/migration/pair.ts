import type { ActivityNode, ApprovalSpec, CompiledNode, CompiledProcess, Trigger } from '../model/index.ts'
import type { MigrationCode, MigrationProblem, NodeMapping } from './types.ts'

/** How people call a node. */
export const called = (node: Pick<CompiledNode, 'id' | 'name'>): string => `“${node.name || node.id}”`

export const isActivity = (node: CompiledNode): node is ActivityNode => 'boundary' in node
export const isBoundary = (node: CompiledNode): boolean => node.type === 'boundaryEvent' || node.type === 'boundaryTimer'
export const triggersOf = (node: CompiledNode): readonly Trigger[] => (node.type === 'boundaryTimer' ? [{ on: 'timer', timer: node.timer }] : 'triggers' in node ? node.triggers : [])

const JOINS: ReadonlySet<string> = new Set(['parallelGateway', 'inclusiveGateway', 'complexGateway'])
export const isJoin = (node: CompiledNode): boolean => JOINS.has(node.type) && node.incoming.length > 1

/** Can a case rest here, or keep something of it: tokens, rounds, what may have to be undone, an event it waits for? */
export function mayHold(node: CompiledNode, process: CompiledProcess): boolean {
  if (isActivity(node)) return !['passTask', 'scriptTask', 'ruleTask', 'sendTask'].includes(node.type) || node.loop !== null || node.compensation !== null || node.forCompensation || node.startQuantity > 1
  if (node.type === 'startEvent') { const parent = process.nodes[node.parent ?? '']; return parent?.type === 'subProcess' && parent.triggeredByEvent }
  if (node.type === 'endEvent' || node.type === 'throwEvent') return node.triggers.some((t) => t.on === 'compensation' || t.on === 'cancel')
  return node.type === 'catchEvent' || node.type === 'eventGateway' || node.type === 'boundaryEvent' || node.type === 'boundaryTimer' || isJoin(node)
}

const familyOf = (node: CompiledNode): string => (isBoundary(node) ? 'boundary' : node.type)

/** May one stand for the other at all? */
export function sameKind(a: CompiledNode, b: CompiledNode): boolean {
  if (familyOf(a) !== familyOf(b)) return false
  if (a.type === 'subProcess' && b.type === 'subProcess') return a.triggeredByEvent === b.triggeredByEvent && a.transaction === b.transaction
  if (a.type === 'eventGateway' && b.type === 'eventGateway') return a.all === b.all
  return true
}

const loopOf = (node: ActivityNode): string => (!node.loop ? 'none' : node.loop.kind === 'standard' ? 'standard' : `${node.loop.sequential ? 'sequential' : 'parallel'}${node.loop.output ? '+output' : ''}`)
const LOOPS: Record<string, string> = { none: '办一次', standard: '循环办理', sequential: '逐份办理', parallel: '同时办几份', 'sequential+output': '逐份办理并收集结果', 'parallel+output': '同时办几份并收集结果' }

const voting = (a: ApprovalSpec): string => JSON.stringify([a.mode, a.share, a.veto, a.approve, a.reject])

/** What stands between a node and the one that is to take its place. */
export function pairProblems(from: CompiledProcess, to: CompiledProcess, a: CompiledNode, b: CompiledNode, mapping: NodeMapping): MigrationProblem[] {
  const found: MigrationProblem[] = []
  const say = (code: MigrationCode, severity: MigrationProblem['severity'], message: string): void => { found.push({ code, severity, nodeId: a.id, toId: b.id, message }) }
  if (!sameKind(a, b)) {
    say('KIND_DIFFERS', 'refuse', `${called(a)}和${called(b)}不是同一种环节，不能对应`)
    return found
  }
  if (b.parent !== (a.parent === null ? null : mapping[a.parent] ?? '')) say('NESTING_DIFFERS', 'refuse', `${called(b)}在新版本里不在同一层（${insideOf(to, b)}），原来${insideOf(from, a)}`)
  if (!isActivity(a) || !isActivity(b)) return found
  if (loopOf(a) !== loopOf(b)) say('LOOP_DIFFERS', 'refuse', `${called(a)}原来${LOOPS[loopOf(a)]}，新版本里${LOOPS[loopOf(b)]}`)
  const mappings = (n: ActivityNode): boolean => n.inputs.length + n.outputs.length > 0
  if (!a.loop && mappings(a) !== mappings(b)) say('MAPPINGS_DIFFER', 'refuse', `${called(a)}的输入输出变量在新版本里${mappings(b) ? '是新加的' : '没有了'}，正在这一步的不能迁移`)
  if (a.type === 'callActivity' && b.type === 'callActivity' && a.called !== b.called) say('CALL_DIFFERS', 'refuse', `${called(a)}调用的流程变了（${a.called} → ${b.called}），已经在里面的不能迁移`)
  if (a.type === 'userTask' && b.type === 'userTask') {
    const [x, y] = [a.task.approval, b.task.approval]
    if ((x && !y) || (!x && y) || (x && y && voting(x) !== voting(y))) say('APPROVAL_DIFFERS', 'refuse', `${called(a)}的审批办法变了，已经发出的票不能换算`)
    if (JSON.stringify(a.task.standard) !== JSON.stringify(b.task.standard)) say('STANDARD_CHANGED', 'note', `${called(b)}的时限按新版本，从进入环节时算起`)
    if (a.task.role !== b.task.role) say('ROLE_CHANGED', 'note', `${called(b)}改由岗位“${b.task.role ?? '申请人'}”办理，原来的办理人没有这个岗位时回到待领取`)
  }
  if (a.type === 'serviceTask' && b.type === 'serviceTask' && a.handler !== b.handler) say('HANDLER_CHANGED', 'note', `${called(b)}改由程序“${b.handler}”办理，没有办完的重新交给它`)
  return found
}

function insideOf(process: CompiledProcess, node: CompiledNode): string {
  const parent = node.parent === null ? null : process.nodes[node.parent]
  return parent ? `在${called(parent)}里` : '在最外层'
}

/** Two events are awaited in the same way: then who awaits one goes on as it does. */
export const signature = (node: CompiledNode): string => JSON.stringify([triggersOf(node).map(textual), 'all' in node && node.all])

/** Expressions by their text. */
const textual = (t: Trigger): unknown => {
  switch (t.on) {
    case 'timer': return [t.on, t.timer.kind, t.timer.clock, t.timer.text, t.timer.expression?.text ?? null]
    case 'message': return [t.on, t.name, t.key?.text ?? null]
    case 'conditional': return [t.on, t.condition.text]
    case 'signal': case 'link': return [t.on, t.name]
    default: return [t.on]
  }
}

/** Both are one timer and nothing else: then only its time changes. */
export const bothTimers = (a: CompiledNode, b: CompiledNode): boolean => [a, b].every((n) => { const t = triggersOf(n); return t.length === 1 && t[0]!.on === 'timer' })

/** Does anything happen to this event unless somebody looks for it: is it subscribed to? */
export const awaited = (node: CompiledNode): boolean => triggersOf(node).some((t) => t.on === 'timer' || t.on === 'message' || t.on === 'signal' || t.on === 'conditional')

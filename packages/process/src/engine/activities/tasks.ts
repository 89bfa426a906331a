import type { NodeOf, PeopleSpec } from '../../model/index.ts'
import { ProcessError } from '../errors.ts'
import { sendMessage } from '../events/throw.ts'
import { listen, listenAtBoundary } from '../events/waits.ts'
import type { Run, Token } from '../run.ts'
import { openStep, openWaitingStep, record, scopeAt } from '../run.ts'
import type { NewStep } from '../types.ts'
import { conditionScope, localsAt, setResults, toJson } from '../variables.ts'
import { completeActivity } from './complete.ts'

/** A round of a loop listens as a whole; a plain activity for itself. */
function listenFor(run: Run, node: { boundary: readonly string[] }, stepId: string, token: Token, scope: Record<string, unknown>): void {
  if (token.mode !== 'inner' && node.boundary.length) listenAtBoundary(run, node.boundary, stepId, token.scopeId, scope)
}

/** What only this step sees: the variables of its round and of the scopes around it. */
function localOf(run: Run, token: Token): Pick<NewStep, 'local'> {
  if (token.scopeId === null) return {}
  const local = localsAt(run, token.scopeId)
  return Object.keys(local).length ? { local } : {}
}

export function beginUser(run: Run, node: NodeOf<'userTask'>, token: Token): void {
  const id = run.env.newId()
  const { task } = node
  const scope = conditionScope(run, token)
  openStep(run, {
    id, nodeId: node.id, kind: 'user', scopeId: token.scopeId, name: node.name, stage: node.stage,
    role: task.role, assign: task.assign, task, handler: null, input: null, ...localOf(run, token),
    ...(task.people ? { people: peopleOf(run, task.people, scope) } : {}),
  })
  listenFor(run, node, id, token, scope)
}

function peopleOf(run: Run, people: PeopleSpec, scope: Record<string, unknown>): NonNullable<NewStep['people']> {
  const one = (expression: PeopleSpec['assignee']): string | null => {
    const value = toJson(expression?.evaluate(scope, run.meter) ?? null, run.meter)
    return value === null ? null : String(value)
  }
  const several = (expression: PeopleSpec['assignee']): string[] => {
    const value = toJson(expression?.evaluate(scope, run.meter) ?? null, run.meter)
    const list = Array.isArray(value) ? value.map(String) : value === null ? [] : String(value).split(',')
    return list.map((v) => v.trim()).filter((v) => v !== '')
  }
  return {
    assignee: one(people.assignee), candidateUsers: several(people.candidateUsers), candidateGroups: several(people.candidateGroups),
    dueDate: one(people.dueDate), ...(people.followUpDate ? { followUpDate: one(people.followUpDate) } : {}), formKey: people.formKey,
  }
}

export function beginService(run: Run, node: NodeOf<'serviceTask'>, token: Token): void {
  const id = run.env.newId()
  const scope = conditionScope(run, token)
  openStep(run, {
    id, nodeId: node.id, kind: 'service', scopeId: token.scopeId, name: node.name, stage: node.stage,
    role: null, assign: { rule: 'pool' }, task: null, handler: node.handler,
    input: Object.fromEntries(node.args.map(({ name, value }) => [name, value.evaluate(scope, run.meter)])),
    ...localOf(run, token),
    ...(Object.keys(node.headers).length ? { headers: node.headers } : {}),
  })
  listenFor(run, node, id, token, scope)
}

export function beginPass(run: Run, node: NodeOf<'passTask'>, token: Token): void {
  record(run, node, token.flowId, 'passed')
  completeActivity(run, node, token, null)
}

export function beginScript(run: Run, node: NodeOf<'scriptTask'>, token: Token): void {
  record(run, node, token.flowId, 'passed')
  const value = toJson(node.script?.evaluate(conditionScope(run, token), run.meter) ?? null, run.meter)
  if (node.script) setResult(run, node, token, value)
  completeActivity(run, node, token, null)
}

/** A context without a name is taken apart into variables: a script sets several that way. */
function setResult(run: Run, node: NodeOf<'scriptTask' | 'ruleTask'>, token: Token, value: unknown): void {
  if (node.result !== null) setResults(run, token.scopeId, node, { [node.result]: value })
  else if (typeof value === 'object' && value !== null && !Array.isArray(value)) setResults(run, token.scopeId, node, value as Record<string, unknown>)
}

export function beginRule(run: Run, node: NodeOf<'ruleTask'>, token: Token): void {
  if (!run.env.decide) throw new ProcessError('DECISION_UNKNOWN', `“${node.name}”要问的决策“${node.decision}”没有发布`, { nodeId: node.id, decision: node.decision })
  record(run, node, token.flowId, 'passed')
  setResult(run, node, token, toJson(run.env.decide(node.decision, conditionScope(run, token)), run.meter))
  completeActivity(run, node, token, null)
}

export function beginSend(run: Run, node: NodeOf<'sendTask'>, token: Token): void {
  record(run, node, token.flowId, 'passed')
  const round = scopeAt(run, token.scopeId)
  const payload = round?.state.kind === 'instance' && round.state.nodeId === node.id ? { ...round.state.variables } : {}
  sendMessage(run, node.id, token.scopeId, { on: 'message', name: node.message, ...(node.nameFrom ? { nameFrom: node.nameFrom } : {}), key: node.key }, payload)
  completeActivity(run, node, token, null)
}

export function beginReceive(run: Run, node: NodeOf<'receiveTask'>, token: Token): void {
  if (token.mode === 'fired') {
    record(run, node, token.flowId, 'fired')
    return completeActivity(run, node, token, null)
  }
  const id = openWaitingStep(run, node, 'receive', token)
  const scope = conditionScope(run, token)
  listen(run, { node, triggers: node.triggers, all: false, interrupting: false, ownerId: id, scopeId: token.scopeId }, scope)
  listenFor(run, node, id, token, scope)
}

import { addComment, CHANNEL, elevated, fail, lock, notice, storeChange, type Ctx } from '@quancheng/kernel'
import { placeBeside, tally, type Position } from '../approval/rules.ts'
import { cancel, jump, jumpProblem, ProcessError, type Effects } from '../engine/index.ts'
import { closeAlarms, raiseAlarm } from './alarms.ts'
import { holdFree, requireMine } from './free-held.ts'
import { behalfNote, holdStep, plain, requireActor, userName, type Held } from './held.ts'
import { loadInstance, type Loaded, type StepRow, type VotePlace } from './load.ts'
import { ruleOf, storeVote, tellPeople } from './open-votes.ts'
import { persist, type Opened } from './persist.ts'
import { placeOf } from './place.ts'
import { asVotes, openTurns, votesOf } from './votes.ts'

/** Minutes between two urgings of one case. */
export const URGE_MINUTES = 30

/** A vote, or the approval above it, of a case on a record or on none. */
type AnyHeld = Pick<Held, 'loaded' | 'step' | 'parent' | 'task' | 'behalf'> & { entity: Held['entity'] | null; record: Held['record'] | null }

/** The record's history; a case without one has its steps. */
const write = async (ctx: Ctx, h: Pick<AnyHeld, 'entity' | 'record'>, act: string, note: Record<string, unknown>): Promise<unknown> =>
  h.entity && h.record && storeChange(elevated(ctx, 'process'), h.entity, h.record.row.id as string, {}, { act, locked: h.record, note })

async function activeUser(ctx: Ctx, id: string): Promise<string> {
  const [row] = await ctx.query<{ name: string }>('select name from "user" where tenant_id = $1 and id = $2 and not coalesce(off, false)', [ctx.tenant.id, id])
  return row?.name ?? fail('NOT_FOUND', { id })
}

/** Somebody new at the table must not sit there already, and never decides on what they applied for. */
async function newcomer(ctx: Ctx, h: Pick<AnyHeld, 'loaded'>, userId: string, rows: readonly StepRow[]): Promise<string> {
  const name = await activeUser(ctx, userId)
  if (rows.some(r => r.assignee_id === userId && r.state !== 'cancelled')) fail('ALREADY_ASKED', { name })
  if (h.loaded.instance.started_by === userId) fail('NOT_A_CANDIDATE', { name })
  return name
}

/** 转办: the vote is another person's from now on, with the reason; the record is theirs to read for it. */
export async function handOver(ctx: Ctx, h: AnyHeld, userId: string, reason: string): Promise<void> {
  const to = await newcomer(ctx, h, userId, await votesOf(ctx, h.parent!.id))
  const from = h.step.assignee_id
  const vote: VotePlace = { ...h.step.data.vote!, ...(from ? { from } : {}), reason }
  await ctx.query('update process_step set assignee_id = $3, data = $4 where tenant_id = $1 and id = $2', [ctx.tenant.id, h.step.id, userId, JSON.stringify({ ...h.step.data, vote })])
  await closeAlarms(ctx, [h.step.id], ['urge'], h.loaded.alarms)
  tellPeople(ctx, h.loaded.instance.id, [userId, ...(from ? [from] : [])])
  await write(ctx, h, 'handOver', { step: h.step.name, from: from ? await userName(ctx, from) : null, to, reason, ...behalfNote(ctx, h) })
}

/** The task, held for whoever may act on it, whatever its case runs on. */
async function holdToAct(ctx: Ctx, stepId: string): Promise<AnyHeld> {
  const free = await ctx.query('select 1 from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where s.tenant_id = $1 and s.id = $2 and i.entity is null', [ctx.tenant.id, stepId])
  if (!free.length) {
    const h = await holdStep(ctx, stepId)
    await requireActor(ctx, h)
    return h
  }
  const h = await holdFree(ctx, stepId)
  await requireMine(ctx, h)
  return h
}

/** 加签: another signer before, after or beside the one who adds them. */
export async function addSigner(ctx: Ctx, stepId: string, o: { userId: string; how: Position; reason: string }): Promise<void> {
  const h = await holdToAct(ctx, stepId)
  const approval = h.task.approval
  if (h.step.kind !== 'vote' || !approval || !h.parent) return fail('NO_CASE', { id: stepId })
  if (h.step.state !== 'active') fail('VOTE_NOT_YET')
  const rows = await votesOf(ctx, h.parent.id)
  const name = await newcomer(ctx, h, o.userId, rows)
  const rule = ruleOf(approval), votes = asVotes(approval, rows)
  const { instance } = h.loaded
  const place: VotePlace = { ...placeBeside(rule, votes, votes.find(v => v.id === h.step.id)!, o.how), by: ctx.user!.id, how: o.how, reason: o.reason }
  const p = h.parent
  const id = storeVote(ctx, {
    parentId: p.id, instanceId: instance.id, nodeId: p.node_id, name: p.name, unitId: p.unit_id, seq: instance.next_seq, assigneeId: o.userId, open: false, place,
    standardMinutes: p.standard_minutes, warnPercent: p.warn_percent, clock: p.clock, warnAt: p.warn_at, dueAt: p.due_at, tentative: p.tentative,
  })
  await ctx.query('update process_instance set next_seq = next_seq + 1 where tenant_id = $1 and id = $2', [ctx.tenant.id, instance.id])
  const now = await votesOf(ctx, p.id)
  openTurns(ctx, instance.id, now, tally(rule, asVotes(approval, now)))
  tellPeople(ctx, instance.id, [o.userId])
  await write(ctx, h, 'addSigner', { step: h.step.name, to: name, how: o.how, reason: o.reason, vote: id, ...behalfNote(ctx, h) })
}

/** User tasks that the case has been through, the latest first. */
const visitedNodes = async (ctx: Ctx, caseId: string): Promise<string[]> =>
  (await ctx.query<{ node_id: string }>("select node_id from process_step where tenant_id = $1 and instance_id = $2 and kind = 'user' and state = 'done' group by node_id order by max(seq) desc", [ctx.tenant.id, caseId])).map(r => r.node_id)

/** Where a step may be sent back to: by node, the latest first. */
export async function wayBack(ctx: Ctx, loaded: Loaded, stepId: string): Promise<Array<{ nodeId: string; name: string }>> {
  // a called process has nodes of its own: there is no way back out of it
  if (loaded.live.some(s => s.id === stepId && s.data.called !== undefined)) return []
  const visited = await visitedNodes(ctx, loaded.instance.id)
  const process = loaded.definition.process!
  return visited.filter(to => jumpProblem(process, loaded.state, { from: stepId, to, visited: new Set(visited) }) === null).map(nodeId => ({ nodeId, name: process.nodes[nodeId]!.name }))
}

interface Back { entity: Held['entity']; record: Held['record']; loaded: Loaded }
/** of a case without a record, both null */
type AnyBack = { [K in keyof Back]: K extends 'loaded' ? Back[K] : Back[K] | null }

/** The token goes back; its task opens again for whoever did it. */
async function goBack(ctx: Ctx, h: AnyBack, from: string, to: string, code: 'JUMP_REFUSED' | 'WITHDRAW_REFUSED', act: string, note: Record<string, unknown>): Promise<readonly Opened[]> {
  const { loaded, entity, record } = h
  const visited = new Set(await visitedNodes(ctx, loaded.instance.id))
  let effects: Effects
  try {
    effects = jump(loaded.definition.process!, { ...loaded.state, variables: { ...loaded.instance.variables, ...(entity && record ? plain(entity, record.row) : {}) } }, { from, to, visited }, loaded.env)
  } catch (error) {
    if (error instanceof ProcessError) return fail(code, { reason: error.message })
    throw error
  }
  const opened = await persist(ctx, loaded, { ...effects, variables: {} }, { finishedBy: ctx.user?.id ?? null, record: record?.row ?? {}, sentBack: true })
  await closeAlarms(ctx, loaded.votes.map(v => v.id), ['urge'], loaded.alarms)
  tellPeople(ctx, loaded.instance.id, [...loaded.votes.flatMap(v => v.assignee_id ?? []), ...opened.flatMap(s => s.assigneeId ?? [])])
  if (entity && record) await storeChange(elevated(ctx, 'process'), entity, record.row.id as string, placeOf(loaded, entity, effects, opened, record.row, ctx.user?.id ?? null), { act, locked: record, note: { ...note, next: opened.map(s => s.nodeId) } })
  return opened
}

/** 退回: to any task that the case has been through, with the reason. Whoever has the step, or a vote on it, may. */
export async function sendBack(ctx: Ctx, stepId: string, o: { to: string; comment: string }): Promise<void> {
  const h = await holdToAct(ctx, stepId)
  if (h.step.kind === 'vote' && h.step.state !== 'active') fail('VOTE_NOT_YET')
  const from = h.parent ?? h.step
  const target = h.loaded.definition.process!.nodes[o.to]
  await ctx.query("update process_step set state = case when kind = 'vote' then 'done' else state end, finished_at = $3, finished_by = $4, outcome = 'return', data = $5 where tenant_id = $1 and id = $2",
    [ctx.tenant.id, h.step.id, ctx.now(), ctx.user?.id ?? null, JSON.stringify({ ...h.step.data, comment: o.comment, ...(h.behalf ? { for: h.behalf.id } : {}) })])
  await goBack(ctx, h, from.id, o.to, 'JUMP_REFUSED', 'sendBack', { step: h.step.name, to: target?.name ?? o.to, comment: o.comment, ...behalfNote(ctx, h) })
  if (h.entity && h.record) await addComment(ctx, h.entity.name, h.record.row.id as string, o.comment.slice(0, 4000))
}

/** The case of a person who is not (only) one of its approvers: locked with its record. Access was checked. */
export async function holdCase(ctx: Ctx, caseId: string): Promise<Back> {
  const loaded = await loadInstance(ctx, caseId)
  const { instance } = loaded
  if (!instance.entity || !instance.record_id) return fail('NOT_FOUND', { id: caseId })
  if (instance.state !== 'active') fail('CASE_OVER')
  const entity = ctx.entities.get(instance.entity)
  return { loaded, entity, record: await lock(elevated(ctx, '流程'), entity, instance.record_id, 'update') }
}

interface LastAct { id: string; node_id: string; kind: string; outcome: string | null; parent_id: string | null; finished_by: string | null }

/** The last answer or completed task of a case. */
export const lastAct = async (ctx: Ctx, caseId: string): Promise<LastAct | null> => (await ctx.query<LastAct & Record<string, unknown>>(
  `select s.id, s.node_id, s.kind, s.outcome, s.parent_id, s.finished_by from process_step s where s.tenant_id = $1 and s.instance_id = $2 and s.finished_by is not null and s.state <> 'cancelled'
   and not (s.kind = 'user' and exists (select 1 from process_step v where v.tenant_id = s.tenant_id and v.parent_id = s.id)) order by s.finished_at desc, s.seq desc limit 1`, [ctx.tenant.id, caseId]))[0] ?? null

/**
 * 撤回: whoever acted last takes it back, as long as nobody has acted after them. A vote that has not decided is simply open again; a step that
 * has been left is opened anew; an application on which nobody has acted yet ends.
 */
export async function withdraw(ctx: Ctx, caseId: string, reason: string): Promise<void> {
  const h = await holdCase(ctx, caseId)
  const { loaded } = h
  const me = ctx.user?.id
  const last = await lastAct(ctx, caseId)
  if (!last) return loaded.instance.started_by === me ? endCase(ctx, h, reason) : fail('WITHDRAW_REFUSED', { reason: '还没有人办理' })
  if (last.finished_by !== me) return fail('WITHDRAW_REFUSED', { reason: `${last.finished_by ? await userName(ctx, last.finished_by) : ''}已经办理` })
  if (last.outcome === 'return') return fail('WITHDRAW_REFUSED', { reason: '已经退回，等对方重新提交' })
  const parent = loaded.live.find(s => s.id === last.parent_id)
  if (parent) {
    await ctx.query("update process_step set state = 'active', finished_at = null, finished_by = null, outcome = null, minutes = null, late = null, data = data - 'comment' - 'for' where tenant_id = $1 and id = $2", [ctx.tenant.id, last.id])
    const node = loaded.definition.process!.nodes[parent.node_id]
    if (node?.type === 'userTask' && node.task.approval) { const rows = await votesOf(ctx, parent.id); openTurns(ctx, caseId, rows, tally(ruleOf(node.task.approval), asVotes(node.task.approval, rows))) }
    await write(ctx, h, 'withdraw', { step: parent.name, reason })
    return
  }
  if (loaded.live.some(s => s.data.gate)) fail('GATE_PENDING', { name: loaded.live.find(s => s.data.gate)!.name })
  const here = loaded.live.filter(s => s.kind === 'user')
  if (here.length !== 1) return fail('WITHDRAW_REFUSED', { reason: '已分成几条线同时办理' })
  const opened = await goBack(ctx, h, here[0]!.id, last.node_id, 'WITHDRAW_REFUSED', 'withdraw', { step: here[0]!.name, to: loaded.definition.process!.nodes[last.node_id]?.name ?? '', reason })
  const again = opened.find(s => s.nodeId === last.node_id)
  if (again && last.parent_id) await keepAnswers(ctx, h, last, again)
}

/** One takes an answer back, not everybody: what the others had agreed to stands in the approval that is open again. */
async function keepAnswers(ctx: Ctx, h: Back, last: LastAct, again: Opened): Promise<void> {
  const node = h.loaded.definition.process!.nodes[last.node_id]
  const approval = node?.type === 'userTask' ? node.task.approval : null
  if (!approval) return
  await ctx.query(
    `update process_step n set state = 'done', outcome = o.outcome, started_at = o.started_at, entered_at = o.entered_at, finished_at = o.finished_at, finished_by = o.finished_by, minutes = o.minutes, late = o.late, data = n.data || (o.data - 'vote')
     from process_step o where n.tenant_id = $1 and n.parent_id = $2 and o.tenant_id = $1 and o.parent_id = $3 and o.assignee_id = n.assignee_id and o.state = 'done' and o.outcome = $4 and o.id <> $5`,
    [ctx.tenant.id, again.id, last.parent_id, approval.approve, last.id])
  const rows = await votesOf(ctx, again.id)
  openTurns(ctx, h.loaded.instance.id, rows, tally(ruleOf(approval), asVotes(approval, rows)))
}

/** Ends an application that nobody has touched. */
async function endCase(ctx: Ctx, h: Back, reason: string): Promise<void> {
  const effects = cancel(h.loaded.definition.process!, h.loaded.state, h.loaded.env)
  await persist(ctx, h.loaded, effects, { finishedBy: ctx.user?.id ?? null, record: h.record.row })
  tellPeople(ctx, h.loaded.instance.id, h.loaded.votes.flatMap(v => v.assignee_id ?? []))
  const stageField = h.loaded.definition.process!.binding?.stageField
  const initial = stageField ? h.entity.fields.get(stageField)?.default : undefined
  await storeChange(elevated(ctx, 'process'), h.entity, h.record.row.id as string, stageField && initial !== undefined ? { [stageField]: initial } : {}, { act: 'withdraw', locked: h.record, note: { ended: true, reason } })
}

/** 催办: those who are waited for see it, on the bell and in the inbox; once in half an hour. */
export async function urge(ctx: Ctx, caseId: string): Promise<{ told: string[] }> {
  const h = await holdCase(ctx, caseId)
  const { instance, live, votes } = h.loaded
  const since = instance.urged_at ? (ctx.now().getTime() - instance.urged_at.getTime()) / 60_000 : URGE_MINUTES
  if (since < URGE_MINUTES) fail('URGE_SOON', { minutes: Math.ceil(URGE_MINUTES - since) })
  const waiting = [...votes.filter(v => v.state === 'active'), ...live.filter(s => s.kind === 'user' && s.assignee_id)]
  const people = [...new Set(waiting.flatMap(s => s.assignee_id ?? []))].filter(id => id !== ctx.user?.id)
  if (!people.length) return fail('URGE_NOBODY')
  await ctx.query('update process_instance set urged_at = $3, urges = urges + 1 where tenant_id = $1 and id = $2', [ctx.tenant.id, caseId, ctx.now()])
  const title = `${String(h.record.row.number ?? h.loaded.definition.name)} 催办：${ctx.user?.name ?? ''}`
  for (const s of waiting.filter(w => people.includes(w.assignee_id!))) {
    await raiseAlarm(ctx, { kind: 'urge', title, entity: instance.entity, recordId: instance.record_id, stepKey: s.id, stage: s.name, unitId: instance.unit_id, ownerId: s.assignee_id, recipientIds: [s.assignee_id!], count: instance.urges + 1 })
  }
  tellPeople(ctx, caseId, people)
  const names = await Promise.all(people.map(id => userName(ctx, id)))
  await write(ctx, h, 'urge', { to: names })
  ctx.send('select pg_notify($1, $2)', [CHANNEL, notice(ctx.tenant.id, instance.entity!, instance.record_id!, instance.unit_id, 'urge', ctx.now())])
  return { told: names }
}

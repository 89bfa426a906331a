import type { CompiledEntity, Ctx } from '@quancheng/kernel'
import type { CompiledProcess, Problem } from '../model/index.ts'
import { handlerOf } from './handlers.ts'
import { storeProblems } from './check-store.ts'
import { inputsOf, keyField, writable } from './record-starts.ts'

/**
 * What a model demands of this tenant: the entity it runs on, the fields of its forms, the stages its record can show. Found out when it is
 * deployed, or a case would stand before a form that nobody can fill in.
 */
export function bindingProblems(ctx: Ctx, process: CompiledProcess): Problem[] {
  const problems: Problem[] = []
  const refuse = (elementId: string | null, code: Problem['code'], message: string): void => { problems.push({ elementId, code, message }) }
  problems.push(...storeProblems(process))
  if (!process.binding) return problems
  const entity = ctx.entities.find(process.binding.entity)
  if (!entity) { refuse(process.id, 'QC_INVALID', `没有对象“${process.binding.entity}”`); return problems }
  checkStages(entity, process, refuse)
  checkStarts(entity, process, refuse)
  for (const node of Object.values(process.nodes)) {
    if (node.type !== 'userTask') continue
    for (const field of node.task.fields) if (entity.fields.has(field.name) && field.type) refuse(node.id, 'QC_INVALID', `“${node.name}”的表单里，“${field.label ?? field.name}”是${entity.label[0]}的字段，类型由它决定，不能另写`)
    for (const field of node.task.fields) if (!entity.fields.has(field.name)) refuse(node.id, 'QC_INVALID', `“${node.name}”的表单里，${entity.label[0]}没有字段“${field.name}”`)
  }
  return problems
}

/** What begins by itself on records: the fields that its events fill in, and the one that picks a record by a message's key. */
function checkStarts(entity: CompiledEntity, process: CompiledProcess, refuse: (elementId: string | null, code: Problem['code'], message: string) => void): void {
  for (const start of process.starts) {
    for (const { to } of inputsOf(process, start.id)) if (!writable(entity, to)) refuse(start.id, 'QC_INVALID', `“${start.name}”的 qc:input：${entity.label[0]}没有可以填写的字段“${to}”`)
    const key = keyField(start)
    if (key !== null && !entity.fields.get(key)?.column) refuse(start.id, 'QC_INVALID', `“${start.name}”的关联键“${key}”须是${entity.label[0]}的一个字段，用来找到是哪条记录`)
    if (entity.noAudit && start.triggers.some(t => t.on === 'conditional')) refuse(start.id, 'ELEMENT_UNSUPPORTED', `“${start.name}”按条件启动流程，而${entity.label[0]}没有变更记录，看不出什么时候变了`)
  }
}

/** A timer makes its record of nothing but the model: what that must have and does not get, unless the entity fills it in by itself. */
function timerWarnings(ctx: Ctx, process: CompiledProcess): Problem[] {
  const entity = process.binding ? ctx.entities.find(process.binding.entity) : undefined
  if (!entity) return []
  return process.starts.filter(s => s.triggers.some(t => t.on === 'timer')).flatMap(start => {
    const given = new Set(inputsOf(process, start.id).map(i => i.to))
    const missing = [...entity.fields.values()].filter(x => x.required && !x.system && x.type !== 'serial' && (x.default ?? null) === null && !given.has(x.name))
    return missing.length ? [{ elementId: start.id, code: 'QC_INVALID', message: `“${start.name}”到时间要新建${entity.label[0]}，没有用 qc:input 给出必填的${missing.map(x => `“${x.label[0]}”`).join('、')}` }] : []
  })
}

function checkStages(entity: CompiledEntity, process: CompiledProcess, refuse: (elementId: string | null, code: Problem['code'], message: string) => void): void {
  const name = process.binding!.stageField
  if (!name) return
  const field = entity.fields.get(name)
  if (!field) return refuse(process.id, 'QC_INVALID', `${entity.label[0]}没有字段“${name}”`)
  if (field.type !== 'choice') return
  const known = new Set((field.options ?? []).map(o => o.value))
  for (const node of Object.values(process.nodes)) {
    if ((node.type === 'userTask' || (node.type === 'endEvent' && node.parent === null)) && !known.has(node.stage)) refuse(node.id, 'QC_INVALID', `“${node.name}”的阶段“${node.stage}”不在“${field.label[0]}”的选项里，请用 qc:stage 指定一个`)
  }
}

/** What the model names and the company does not have (yet): posts, whose tasks nobody would find, programs, other processes, decision tables. */
export async function roleWarnings(ctx: Ctx, process: CompiledProcess): Promise<Problem[]> {
  const rows = await ctx.query<{ code: string }>('select code from role where tenant_id = $1 and not off and code = any($2)', [ctx.tenant.id, process.roles])
  const known = new Set(rows.map(r => r.code))
  const problems: Problem[] = process.roles.filter(r => !known.has(r)).map(r => ({ elementId: process.lanes.find(l => l.role === r)?.id ?? null, code: 'ROLE_UNKNOWN', message: `没有角色“${r}”，它的任务暂时没有人能办` }))
  return [...problems, ...timerWarnings(ctx, process), ...(await missingParts(ctx, process))]
}

/** Programs, called processes and decisions that are not there (yet): a case waits, or refuses to go on, where it comes to them. */
async function missingParts(ctx: Ctx, process: CompiledProcess): Promise<Problem[]> {
  const nodes = Object.values(process.nodes)
  const calls = nodes.flatMap(n => (n.type === 'callActivity' ? [n.called] : [])), asks = nodes.flatMap(n => (n.type === 'ruleTask' ? [n.decision] : []))
  const there = calls.length ? new Set((await ctx.query<{ key: string }>('select distinct key from process_definition where tenant_id = $1 and key = any($2)', [ctx.tenant.id, calls])).map(r => r.key)) : new Set<string>()
  const tables = asks.length ? new Set((await ctx.query<{ key: string }>('select distinct key from decision_definition where tenant_id = $1 and key = any($2)', [ctx.tenant.id, asks])).map(r => r.key)) : new Set<string>()
  return nodes.flatMap((n): Problem[] => {
    if (n.type === 'serviceTask' && !handlerOf(ctx.runtime, n.handler)) return [{ elementId: n.id, code: 'HANDLER_UNKNOWN', message: `“${n.name}”：系统里没有程序“${n.handler}”，由外部程序按这个主题领取` }]
    if (n.type === 'callActivity' && !there.has(n.called)) return [{ elementId: n.id, code: 'QC_INVALID', message: `“${n.name}”要调用的流程“${n.called}”还没有发布` }]
    if (n.type === 'ruleTask' && !tables.has(n.decision)) return [{ elementId: n.id, code: 'QC_INVALID', message: `“${n.name}”要问的决策表“${n.decision}”还没有发布` }]
    return []
  })
}

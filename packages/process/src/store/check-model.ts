import type { CompiledEntity, Ctx } from '@quancheng/kernel'
import type { CompiledProcess, Problem } from '../model/index.ts'

/**
 * What a model demands of this tenant: the entity it runs on, the fields of its forms, the stages its record can show. Found out when it is
 * deployed, or a case would stand before a form that nobody can fill in.
 */
export function bindingProblems(ctx: Ctx, process: CompiledProcess): Problem[] {
  const problems: Problem[] = []
  const refuse = (elementId: string | null, code: Problem['code'], message: string): void => { problems.push({ elementId, code, message }) }
  for (const node of Object.values(process.nodes)) if (node.type === 'serviceTask') refuse(node.id, 'HANDLER_UNKNOWN', `“${node.name}”要由程序“${node.handler}”办理，现在没有这个程序`)
  if (!process.binding) return problems
  const entity = ctx.entities.find(process.binding.entity)
  if (!entity) { refuse(process.id, 'QC_INVALID', `没有对象“${process.binding.entity}”`); return problems }
  checkStages(entity, process, refuse)
  for (const node of Object.values(process.nodes)) {
    if (node.type !== 'userTask') continue
    for (const field of node.task.fields) if (!entity.fields.has(field.name)) refuse(node.id, 'QC_INVALID', `“${node.name}”的表单里，${entity.label[0]}没有字段“${field.name}”`)
  }
  return problems
}

function checkStages(entity: CompiledEntity, process: CompiledProcess, refuse: (elementId: string | null, code: Problem['code'], message: string) => void): void {
  const name = process.binding!.stageField
  if (!name) return
  const field = entity.fields.get(name)
  if (!field) return refuse(process.id, 'QC_INVALID', `${entity.label[0]}没有字段“${name}”`)
  if (field.type !== 'choice') return
  const known = new Set((field.options ?? []).map(o => o.value))
  for (const node of Object.values(process.nodes)) {
    if ((node.type === 'userTask' || node.type === 'endEvent') && !known.has(node.stage)) refuse(node.id, 'QC_INVALID', `“${node.name}”的阶段“${node.stage}”不在“${field.label[0]}”的选项里，请用 qc:stage 指定一个`)
  }
}

/** Posts named in the model that the tenant does not have (yet): nobody would find the task. */
export async function roleWarnings(ctx: Ctx, process: CompiledProcess): Promise<Problem[]> {
  const rows = await ctx.query<{ code: string }>('select code from role where tenant_id = $1 and not off and code = any($2)', [ctx.tenant.id, process.roles])
  const known = new Set(rows.map(r => r.code))
  return process.roles.filter(r => !known.has(r)).map(r => ({ elementId: process.lanes.find(l => l.role === r)?.id ?? null, code: 'ROLE_UNKNOWN', message: `没有角色“${r}”，它的任务暂时没有人能办` }))
}

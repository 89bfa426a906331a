import { registerOptions, type Ctx, type Runtime, type SourceOption } from '@quancheng/kernel'
import { definitionById } from './definitions.ts'

const newest = (ctx: Ctx): Promise<Array<{ id: string; key: string; name: string }>> =>
  ctx.query("select distinct on (key) id, key, name from process_definition where tenant_id = $1 and kind = 'bpmn' order by key, version desc", [ctx.tenant.id])

/** The stages of a process that people do, in the order in which they are drawn; the same stage drawn twice is named once. */
async function stages(ctx: Ctx): Promise<SourceOption[]> {
  const all: SourceOption[] = []
  for (const { id, key } of await newest(ctx)) {
    const { process } = await definitionById(ctx, id)
    for (const node of Object.values(process?.nodes ?? {})) if (node.type === 'userTask') all.push({ value: node.id, label: node.name || node.id, of: key })
  }
  return all
}

/** `process`: the processes by key; `stage`: their stages, each of its process. For fields that hold a key or a node. */
export function registerProcessOptions(runtime: Runtime): void {
  registerOptions(runtime, 'process', async ctx => (await newest(ctx)).map(d => ({ value: d.key, label: d.name })))
  registerOptions(runtime, 'stage', stages)
}

import type { CompiledProcess, Problem } from '../model/index.ts'

/** What the engine runs in memory and this store does not do, or not in this way: named element by element, so that nothing half done is deployed. */
export function storeProblems(process: CompiledProcess): Problem[] {
  const problems: Problem[] = []
  const refuse = (elementId: string | null, message: string): void => { problems.push({ elementId, code: 'ELEMENT_UNSUPPORTED', message }) }
  if (process.binding) return problems
  for (const start of process.starts) {
    // variables belong to a case: before it begins there is nothing whose change could be noticed
    const node = process.nodes[start.id]
    if (node?.type === 'startEvent' && node.inputs) refuse(start.id, `“${start.name}”的 qc:input 是新记录的字段，流程没有绑定对象`)
    if (start.triggers.some(t => t.on === 'conditional')) refuse(start.id, `“${start.name}”按条件启动流程：流程没有绑定对象，条件没有记录可看，请绑定对象或用消息启动`)
  }
  return problems
}

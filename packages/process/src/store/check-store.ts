import type { CompiledProcess, Problem } from '../model/index.ts'

/** What the engine runs in memory and this store does not do yet, or not in this way: named element by element, so that nothing half done is deployed. */
export function storeProblems(process: CompiledProcess): Problem[] {
  const problems: Problem[] = []
  const refuse = (elementId: string | null, message: string): void => { problems.push({ elementId, code: 'ELEMENT_UNSUPPORTED', message }) }
  const bound = process.binding !== null
  for (const start of process.starts) {
    const node = process.nodes[start.id]
    if (node?.type === 'startEvent' && node.all && node.triggers.length > 1) refuse(start.id, `“${start.name}”要等几个事件都发生才启动流程，目前不能发布`)
    for (const t of start.triggers) {
      if (t.on === 'conditional') refuse(start.id, `“${start.name}”按条件启动流程，目前不能发布`)
      else if (bound) refuse(start.id, `“${start.name}”由事件启动，而流程绑定了对象“${process.binding!.entity}”：事件不知道是哪条记录`)
    }
  }
  for (const node of Object.values(process.nodes)) {
    if (node.type !== 'userTask') continue
    const { task } = node
    if (task.people?.dueDate) refuse(node.id, `“${node.name}”用表达式给出到期时间，目前不能发布，请用时间标准`)
    if (task.people?.candidateUsers && !task.people.assignee && !task.people.candidateGroups) {
      const text = task.people.candidateUsers.text
      if (text.includes(',')) refuse(node.id, `“${node.name}”派给几个候选人，目前不能发布，请用岗位`)
    }
    if (!bound && task.approval) refuse(node.id, `“${node.name}”是审批，要在绑定对象的流程里`)
    if (!bound && task.outcomes.some(o => o.gate)) refuse(node.id, `“${node.name}”的结果要先审批，要在绑定对象的流程里`)
  }
  return problems
}

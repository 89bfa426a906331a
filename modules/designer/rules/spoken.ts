import { parseBpmn } from '@quancheng/process'
import { child, flowElements, mainProcess } from './moddle.ts'
import { kindOf } from './words.ts'

/** What people call the elements of a model: a flow without a name is known by its two ends. */
export async function namesIn(xml: string): Promise<ReadonlyMap<string, string>> {
  const { definitions } = await parseBpmn(xml)
  const process = definitions && mainProcess(definitions)
  const names = new Map<string, string>()
  for (const e of process ? flowElements(process) : []) {
    const [from, to] = e.$type === 'bpmn:SequenceFlow' ? [child(e, 'sourceRef'), child(e, 'targetRef')] : [null, null]
    const name = e.name?.trim() || (from && to ? `${from.name?.trim() || kindOf(from.$type)} → ${to.name?.trim() || kindOf(to.$type)}` : kindOf(e.$type))
    if (e.id && name) names.set(e.id, name)
  }
  return names
}

/** The complaint in the words of the drawing: identifiers, which nobody sees there, give way to names. */
export const spoken = <T extends { message: string }>(problem: T, names: ReadonlyMap<string, string>): T =>
  ({ ...problem, message: problem.message.replace(/“([^”]+)”/g, (whole, id: string) => { const name = names.get(id); return name && name !== id ? `“${name}”` : whole }) })

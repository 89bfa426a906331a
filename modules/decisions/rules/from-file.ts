import { fail } from '@quancheng/kernel'
import { fromDmnXml, readDmn, type DecisionTable } from '@quancheng/process'
import { TABLE } from './table-schema.ts'

/** The table of a .dmn file made anywhere. A file with several decisions answers which there are, so that one can be chosen. */
export function tableFromFile(xml: string, decisionId?: string): DecisionTable {
  const { table, problems } = fromDmnXml(xml, decisionId)
  if (table) {
    const sound = TABLE.safeParse({ ...table, ...withIds(table) })
    return sound.success ? sound.data : fail('DECISION_INVALID', { reason: sound.error.issues.map(issue => issue.message).slice(0, 5).join('；') })
  }
  if (problems.some(problem => problem.code === 'DECISION_SEVERAL')) {
    const choices = [...readDmn(xml).decisions?.decisions.values() ?? []].filter(each => fromDmnXml(xml, each.id).table).map(({ id, name }) => ({ id, name }))
    if (choices.length === 1) return tableFromFile(xml, choices[0]!.id)
    if (choices.length) return fail('DECISION_CHOOSE', { count: choices.length, choices })
  }
  return fail('DECISION_INVALID', { reason: problems.map(problem => problem.message).slice(0, 5).join('；'), problems })
}

/** Ids of other tools may have any form; within a table they only have to differ. */
function withIds(table: DecisionTable): Pick<DecisionTable, 'inputs' | 'outputs' | 'rules'> {
  const seen = new Set<string>()
  const made = <T extends { id: string }>(part: T, fallback: string): T => {
    const plain = part.id.replace(/[^\p{L}\p{N}_.-]/gu, '_').slice(0, 100)
    const id = plain === '' || seen.has(plain) ? fallback : plain
    seen.add(id)
    return { ...part, id }
  }
  return { inputs: table.inputs.map((each, i) => made(each, `in-${i + 1}`)), outputs: table.outputs.map((each, i) => made(each, `out-${i + 1}`)), rules: table.rules.map((each, i) => made(each, `rule-${i + 1}`)) }
}

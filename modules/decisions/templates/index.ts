import { fail } from '@quancheng/kernel'
import type { DecisionTable, TableInput, TableOutput } from '@quancheng/process'

export interface DecisionTemplate { id: string; name: string; about: string; table: DecisionTable }

type Cells = readonly [tests: readonly string[], outputs: readonly string[], note?: string]

const input = (id: string, label: string, type: TableInput['type'], values: string[] = []): TableInput => ({ id: `in-${id}`, label, expression: id, type, values })
const output = (id: string, label: string, type: TableOutput['type'], values: string[] = [], otherwise: string | null = null): TableOutput => ({ id: `out-${id}`, name: id, label, type, values, default: otherwise })

const made = (id: string, name: string, t: Pick<DecisionTable, 'hitPolicy' | 'inputs' | 'outputs'> & { aggregation?: DecisionTable['aggregation']; rules: readonly Cells[] }): DecisionTable =>
  ({ id, name, hitPolicy: t.hitPolicy, aggregation: t.aggregation ?? null, inputs: t.inputs, outputs: t.outputs, rules: t.rules.map(([tests, outputs, note], i) => ({ id: `rule-${i + 1}`, tests: [...tests], outputs: [...outputs], note: note ?? '' })) })

const TIERS = ['"钻石"', '"金卡"', '"银卡"', '"普通"']

export const TEMPLATES: readonly DecisionTemplate[] = [
  {
    id: 'customer-tier', name: '客户分级', about: '按年消费额和合作年数定客户等级，老客户升一级',
    table: made('customer-tier', '客户分级', {
      hitPolicy: 'UNIQUE',
      inputs: [input('yearlySpend', '年消费额', 'number', ['>= 0']), input('years', '合作年数', 'number', ['>= 0'])],
      outputs: [output('tier', '客户等级', 'string', TIERS)],
      rules: [
        [['>= 200000', '-'], ['"钻石"']],
        [['[50000..200000)', '>= 5'], ['"钻石"'], '五年以上的老客户升一级'],
        [['[50000..200000)', '< 5'], ['"金卡"']],
        [['[10000..50000)', '>= 5'], ['"金卡"'], '五年以上的老客户升一级'],
        [['[10000..50000)', '< 5'], ['"银卡"']],
        [['< 10000', '-'], ['"普通"']],
      ],
    }),
  },
  {
    id: 'discount-approval', name: '折扣审批层级', about: '按折扣、金额和客户等级定由谁审批，从上往下第一条成立的算',
    table: made('discount-approval', '折扣审批层级', {
      hitPolicy: 'FIRST',
      inputs: [input('discount', '让价（%）', 'number', ['[0..100]']), input('amount', '合同金额', 'number', ['>= 0']), input('tier', '客户等级', 'string', TIERS)],
      outputs: [output('approver', '审批人', 'string', ['"免批"', '"站长"', '"大区"', '"本部"'])],
      rules: [
        [['<= 5', '-', '-'], ['"免批"']],
        [['<= 10', '< 100000', '"钻石", "金卡"'], ['"免批"'], '大客户放宽到 10%'],
        [['<= 10', '-', '-'], ['"站长"']],
        [['<= 20', '< 500000', '-'], ['"大区"']],
        [['-', '-', '-'], ['"本部"'], '其余都报本部'],
      ],
    }),
  },
  {
    id: 'dispatch-priority', name: '派单优先级', about: '每条成立的规则加一份分，总分高的先派',
    table: made('dispatch-priority', '派单优先级', {
      hitPolicy: 'COLLECT', aggregation: 'SUM',
      inputs: [input('tier', '客户等级', 'string', TIERS), input('waitingHours', '已等小时', 'number', ['>= 0']), input('stopped', '停机', 'boolean'), input('repeated', '重复故障', 'boolean')],
      outputs: [output('score', '得分', 'number')],
      rules: [
        [['"钻石"', '-', '-', '-'], ['30']],
        [['"金卡"', '-', '-', '-'], ['20']],
        [['-', '-', 'true', '-'], ['40'], '客户的生产停了'],
        [['-', '-', '-', 'true'], ['25'], '同一故障三十天内又来'],
        [['-', '[4..24)', '-', '-'], ['10']],
        [['-', '>= 24', '-', '-'], ['30']],
      ],
    }),
  },
]

export const templateTable = (id: string): DecisionTable => TEMPLATES.find(each => each.id === id)?.table ?? fail('DECISION_TEMPLATE_UNKNOWN', { id })

/** One condition, one result, one rule: the rest is the author's. */
export const blankTable = (): DecisionTable => made('blank', '决策表', {
  hitPolicy: 'UNIQUE',
  inputs: [{ id: 'in-1', label: '条件', expression: 'condition', type: 'string', values: [] }], outputs: [{ id: 'out-1', name: 'result', label: '结果', type: 'string', values: [], default: null }],
  rules: [[['-'], ['']]],
})

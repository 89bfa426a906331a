import type { DecisionTable } from '@quancheng/process'

/** Who approves a contract, by its amount and kind: what a company begins with. It is edited like any decision table. */
export const APPROVAL_LEVELS: DecisionTable = {
  id: 'contract-approval-levels', name: '合同审批权限', hitPolicy: 'FIRST', aggregation: null,
  inputs: [{ id: 'in-amount', label: '合同金额', expression: 'amount', type: 'number', values: ['>= 0'] }, { id: 'in-kind', label: '合同类型', expression: 'kind', type: 'string', values: ['"single"', '"frame"', '"group"', '"branch"'] }],
  outputs: [{ id: 'out-level', name: 'level', label: '由谁审批', type: 'string', values: ['"免批"', '"版块负责人"', '"版块负责人和财务"'], default: null }],
  rules: [
    { id: 'rule-1', tests: ['-', '"group"'], outputs: ['"版块负责人和财务"'], note: '集团协议一律两级' },
    { id: 'rule-2', tests: ['< 10000', '"single"'], outputs: ['"免批"'], note: '' },
    { id: 'rule-3', tests: ['< 500000', '-'], outputs: ['"版块负责人"'], note: '' },
    { id: 'rule-4', tests: ['-', '-'], outputs: ['"版块负责人和财务"'], note: '' },
  ],
}

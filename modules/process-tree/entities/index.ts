export { HeadOfficeRule, RULE_KINDS, type RuleKind } from './head-office-rule.ts'
export { ProcessNode } from './process-node.ts'
export { ProcessRollout } from './process-rollout.ts'

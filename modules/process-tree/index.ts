import { defineModule } from '@quancheng/kernel'
import { addDemands, VERSION_SERVICE } from '@quancheng/process'
import './rules/errors.ts'
import { ruleActions } from './actions/rules.ts'
import { rolloutActions } from './actions/rollouts.ts'
import { moveNode, ring, tree } from './actions/tree.ts'
import { treeFiles } from './actions/tree-files.ts'
import { HeadOfficeRule, ProcessNode, ProcessRollout } from './entities/index.ts'
import { resolveDemands } from './rules/demands.ts'
import { resolveVersion } from './rules/unit-version.ts'

/** How head office makes the work of all stations one: the process tree and what its nodes demand, rules that bind every new request, which version a unit works on. */
export const processTree = defineModule({
  name: 'processTree',
  label: ['流程管理', 'Process management'],
  acts: { roll: ['推行标准', 'Roll out'], 'headOfficeRule.publish': ['发布总部规则', 'Publish'], 'headOfficeRule.withdraw': ['撤回总部规则', 'Withdraw'] },
  entities: [ProcessNode, HeadOfficeRule, ProcessRollout],
  actions: [tree, ring, moveNode, ...ruleActions, ...rolloutActions],
  permissions: [{ code: 'headOfficeRule:publish', label: ['发布与撤回规则', 'Publish rules'], scoped: false }, { code: 'processRollout:publish', label: ['推行版本', 'Roll out versions'] }],
  routes: treeFiles,
  start: runtime => {
    addDemands(runtime, resolveDemands)
    runtime.services.set(VERSION_SERVICE, resolveVersion)
  },
})
export default processTree

export { importTree, loadTree } from './actions/tree.ts'
export { ringOf } from './rules/tree.ts'
export { publishRule, type PublishInput } from './actions/rules.ts'
export { setVersion } from './actions/rollouts.ts'
export { fromJson } from './rules/tree-file.ts'
export { HeadOfficeRule, ProcessNode, ProcessRollout }

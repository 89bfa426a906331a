import { defineModule } from '@quancheng/kernel'
import { simulateActions } from './actions/simulate.ts'
import { walkAction } from './actions/walk.ts'

/** Trying a process out before anybody works by it: cases by the hundred with queues and clocks, or one case step by step. Nothing is stored. */
export const simulation = defineModule({
  name: 'simulation',
  label: ['流程推演', 'Process simulation'],
  actions: [...simulateActions, walkAction],
})
export default simulation

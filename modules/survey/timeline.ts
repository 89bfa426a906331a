import { registerTimeline } from '@quancheng/customers'
import type { Runtime } from '@quancheng/kernel'

/** Answers to surveys on the customer's time line (CU-06). */
export const surveyOnTimeline = (runtime: Runtime): void => registerTimeline(runtime, { entity: 'surveyAnswer', kind: 'complaint', at: 'answeredAt', title: ['score', 'words'], who: 'personId' })

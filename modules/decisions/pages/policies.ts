import type { HitPolicy } from '@quancheng/process'
import { tx } from './texts.ts'

export const POLICIES: readonly HitPolicy[] = ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER']
const short = (policy: HitPolicy) => (policy === 'RULE ORDER' ? 'RULE' : policy === 'OUTPUT ORDER' ? 'OUTPUT' : policy)
export const policyLabel = (policy: HitPolicy): string => tx(`p${short(policy)}`)
export const policyMeaning = (policy: HitPolicy): string => tx(`e${short(policy)}`)

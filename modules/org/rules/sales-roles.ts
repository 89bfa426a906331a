import type { Scope } from '@quancheng/kernel'
import { allow, type StandardRole } from './allow.ts'

/*
 * Who sells (RU-05): the five tiers of the rules of use, the marketing department, and partners. A block (板块) is a unit: `unitBelow` is
 * one's block, `self` one's own, `all` the group. The fifth tier, the system administrator, is `admin` of the standard roles.
 */

/** What everybody who sells sees without owning it. */
const catalogue = allow('all', { product: 'read', productLine: 'read', priceBook: 'read', price: 'read', campaign: 'read' })
const colleagues = allow('unitBelow', { employee: 'read', user: 'read' })

/** All that a deal is made of, each with the verbs of who works on it. */
const deal = (scope: Scope, verbs: string): Record<string, Scope[]> =>
  allow(scope, Object.fromEntries('lead opportunity engagement quote quoteLine contract contractLine salesOrder orderLine instalment receipt'.split(' ').map(entity => [entity, verbs])))
const people = (scope: Scope, verbs: string): Record<string, Scope[]> => allow(scope, { customer: verbs, contact: verbs })

const SEE = 'read export', WORK = 'read create update', RUN = 'read create update remove import export'

export const SALES_ROLES: readonly StandardRole[] = [
  {
    code: 'sales', name: '业务人员', note: '销售：只看自己的线索、商机、报价、合同', fields: {},
    grants: { ...catalogue, ...colleagues, ...deal('self', WORK), ...people('self', WORK), ...allow('unitBelow', { feedback: 'read create move confirm' }), ...allow('self', { alarm: 'read', serviceRequest: 'read' }) },
  },
  {
    code: 'blockLead', name: '板块负责人', note: '看本板块全部，指派行动，在板块内调配', fields: {},
    grants: { ...catalogue, ...colleagues, ...deal('unitBelow', RUN), ...people('unitBelow', 'read create update export import reveal'), ...allow('unitBelow', { lead: 'assign', opportunity: 'reassign', engagement: 'assign', alarm: 'read', feedback: 'read create move confirm reassign' }) },
  },
  { code: 'blockAdmin', name: '板块管理员', note: '看本板块全部，管账户与录入，不改业务', fields: {}, grants: { ...catalogue, ...colleagues, ...deal('unitBelow', SEE), ...people('unitBelow', SEE), ...allow('unitBelow', { alarm: 'read' }) } },
  { code: 'groupManager', name: '集团管理层', note: '看全部，指派行动', fields: {}, grants: { ...catalogue, ...allow('all', { employee: 'read', user: 'read', alarm: 'read', serviceRequest: 'read', engagement: 'create assign' }), ...deal('all', SEE), ...people('all', SEE) } },
  {
    code: 'marketing', name: '市场营销部', note: '营销活动、跨板块调配、集团价格与账户的办理', fields: {},
    grants: { ...catalogue, ...allow('all', { employee: 'read', user: 'read', campaign: RUN, lead: 'assign', opportunity: 'reassign', engagement: 'assign', priceBook: RUN, price: RUN, alarm: 'read' }), ...deal('all', RUN), ...people('all', 'read create update export import reveal') },
  },
]

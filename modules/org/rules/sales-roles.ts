import type { Scope } from '@quancheng/kernel'
import { allow, cares, meets, type StandardRole } from './allow.ts'

/*
 * Who sells (RU-05): the five tiers of the rules of use, the marketing department, and partners. A block (板块) is a unit: `unitBelow` is
 * one's block, `self` one's own, `all` the group. The fifth tier, the system administrator, is `admin` of the standard roles.
 */

/** What everybody who sells sees without owning it. */
const catalogue = allow('all', { accountTypeProfile: 'read', product: 'read', productLine: 'read', priceBook: 'read', price: 'read', campaign: 'read', campaignPrice: 'read', promotion: 'read', crossSell: 'read' })
const colleagues = allow('unitBelow', { employee: 'read', user: 'read busy', unit: 'agenda', serviceResource: 'read' })

/** What things cost us, and what stays over, is not for everybody who sells (SA-04). */
const NO_COST = { 'priceRequest.marginBefore': 'none', 'priceRequest.marginAfter': 'none', 'price.cost': 'none', 'quote.margin': 'none', 'quote.marginRate': 'none', 'quote.listMarginRate': 'none' } as const

/** 线索与商机: who works on deals moves them and fills in checklists; the rules behind them are set by whoever runs the block, or the whole. */
const sells = (scope: Scope): Record<string, Scope[]> => ({ ...allow(scope, { opportunity: 'move', checklistAnswer: 'read fill', dealContact: 'read create update remove', prospect: 'read create update' }), ...allow('unitBelow', { lead: 'take', territory: 'read', territoryHolder: 'read' }), ...allow('all', { stageChance: 'read', checklistQuestion: 'read' }) })
const looksOn = (scope: Scope): Record<string, Scope[]> => ({ ...allow(scope, { checklistAnswer: 'read', dealContact: 'read', prospect: 'read', leadRule: 'read', leadPool: 'read', territory: 'read', territoryHolder: 'read' }), ...allow('all', { stageChance: 'read', checklistQuestion: 'read' }) })
const RULES = 'read create update remove'
const setsUp = (scope: Scope): Record<string, Scope[]> => allow(scope, { leadRule: RULES, leadPool: RULES, leadForm: RULES, territory: RULES, territoryHolder: RULES })

/** 合同执行: what hangs on contracts and orders. Deliveries are written by their act, money that came in by finance. */
const executes = (scope: Scope): Record<string, Scope[]> => ({ ...allow(scope, { milestone: 'read create update remove', invoice: 'read create update', changeOrder: 'read create update remove', contractLine: 'remove', orderLine: 'remove', instalment: 'remove', delivery: 'read', deliveryLine: 'read', receipt: 'read export', receiptShare: 'read' }), ...allow('all', { contractTemplate: 'read' }) })
const executionSeen = (scope: Scope): Record<string, Scope[]> => allow(scope, { milestone: 'read export', invoice: 'read export', changeOrder: 'read', delivery: 'read export', deliveryLine: 'read', receipt: 'read export', receiptShare: 'read', contractTemplate: 'read' })
/** 财务: books what came in, takes back what was booked wrongly, writes to whoever owes. */
export const FINANCE_COLLECTS: Record<string, Scope[]> = allow('all', { receipt: 'read create reverse import export', receiptShare: 'read', instalment: 'read create update remove export', invoice: 'read create update remove import export', milestone: 'read', changeOrder: 'read approve', delivery: 'read export', deliveryLine: 'read', contract: 'read export', contractLine: 'read', salesOrder: 'read export', orderLine: 'read', customer: 'read', contact: 'read', contractTemplate: 'read' })

/** 计划: targets and how the forecast moved; who runs a block sets its targets, marketing those of all. */
const plans = (scope: Scope): Record<string, Scope[]> => ({ ...allow(scope, { target: 'read', forecastLine: 'read', marketIntel: 'read', scoreResult: 'read', scoreLine: 'read' }), ...allow('all', { forecastSnapshot: 'read', competitor: 'read', competitorMove: 'read' }), ...allow(scope === 'self' ? 'unitBelow' : scope, { budget: 'read', swotVersion: 'read' }) })
/** Whoever is out with customers sees what rivals ask and do, and writes it down. */
const seesRivals = (scope: Scope): Record<string, Scope[]> => ({ ...allow(scope, { marketIntel: 'create update' }), ...allow('all', { competitorMove: 'create' }) })
const plansSet = (scope: Scope): Record<string, Scope[]> => ({ ...plans(scope), ...seesRivals(scope), ...allow(scope, { target: 'create update remove import export', forecastLine: 'export', swotVersion: 'write export', marketIntel: 'remove export', marketingExpense: 'read export', scoreGiven: 'read create', scoreResult: 'export' }), ...allow('all', { competitor: 'create update', scoreCard: 'read', scoreMeasure: 'read' }) })
/** 总监、财务、本部 look at the plans of all. */
export const PLANS_SEEN: Record<string, Scope[]> = { ...plans('all'), ...allow('all', { target: 'export', opportunity: 'read', marketingExpense: 'read export' }) }

/** All that a deal is made of, each with the verbs of who works on it. */
const deal = (scope: Scope, verbs: string): Record<string, Scope[]> =>
  ({ ...allow(scope, Object.fromEntries('lead opportunity engagement quote quoteLine contract contractLine salesOrder orderLine instalment'.split(' ').map(entity => [entity, verbs]))), ...allow(scope, { dealSurvey: verbs.includes('export') ? 'read export' : 'read' }) })
const people = (scope: Scope, verbs: string): Record<string, Scope[]> => allow(scope, { customer: verbs, contact: verbs, preference: verbs.replace(' reveal', ''), consent: verbs.includes('create') ? 'read create' : 'read', customerMerge: 'read' })
/** 合并: who answers for a block's customers decides that two of them are one. */
const mergers = (scope: Scope): Record<string, Scope[]> => allow(scope, { customer: 'merge' })

/** 共享 (CU-20): who owns a customer or a deal, and who answers for the block, may let somebody else in. */
const sharers = (scope: Scope): Record<string, Scope[]> => allow(scope, { customer: 'share', opportunity: 'share' })

/** 重点客户: who looks after an account sees where it stands and says why it is below the mean; who runs the block lets accounts in; head office sets up teams, signs for groups and has everybody judged anew. */
const accountsSeen = (scope: Scope): Record<string, Scope[]> => ({ ...allow(scope, { customerStanding: 'read', standingChange: 'read', decline: 'read', accountTeam: 'read', teamFeedback: 'read', priceRequest: 'read', keyReport: 'read' }), ...allow('all', { tierPackage: 'read' }) })
const accounts = (scope: Scope): Record<string, Scope[]> => ({ ...accountsSeen(scope), ...allow(scope, { customerStanding: 'update join', decline: 'move' }) })
const accountsRun: Record<string, Scope[]> = { ...accounts('all'), ...allow('all', { customerStanding: 'export', contract: 'signGroup', accountTeam: 'set remove', tierRun: 'read start', tierPackage: 'update', decline: 'check export reassign', decision: 'read', keyReport: 'export make' }) }

/** 市场营销: segments, campaigns and their plans, promotions and what came of them; who sells sees what was sent to their customers and gives out promotions. */
const markets: Record<string, Scope[]> = allow('all', { campaign: 'run', segment: RULES, campaignPlan: 'read', campaignStep: 'read', campaignMember: 'read export', campaignSend: 'read export', campaignCost: 'read create update remove import export', campaignPrice: RULES, campaignList: 'read', campaignReply: 'read export', promotion: 'read create update remove export use settle', promotionUse: 'read export', crossSell: RULES, customerNotice: 'read', customerVisit: 'read', serviceRequest: 'read' })

/** 使用规则 (RU-01…RU-12): everybody sees how they keep them; the block asks for accounts, freezes and hands over within itself; marketing carries out and hands over between blocks. */
const rulesRead = allow('all', { ruleDocument: 'read' }), ownUse = { ...rulesRead, ...allow('self', { user: 'usage', signInDay: 'read', noticeLine: 'read' }) }
const useSeen = (scope: Scope): Record<string, Scope[]> => ({ ...rulesRead, ...allow(scope, { user: 'usage', signInDay: 'read export', noticeList: 'read export', noticeLine: 'read export', accountRequest: 'read export', handover: 'read export', handoverItem: 'read', usageRule: 'read' }) })
const useRun = (scope: Scope): Record<string, Scope[]> => ({ ...useSeen(scope), ...allow(scope, { user: 'usage freeze handOver', noticeList: 'make', accountRequest: 'create', handover: 'undo', usageRule: 'create update' }) })
const useCarriedOut: Record<string, Scope[]> = { ...useRun('all'), ...allow('all', { user: 'unfreeze', accountRequest: 'carryOut', ruleDocument: 'create export', usageRule: 'remove' }) }

const SEE = 'read export', WORK = 'read create update', RUN = 'read create update remove import export'

export const SALES_ROLES: readonly StandardRole[] = [
  {
    code: 'sales', name: '业务人员', note: '销售：只看自己的线索、商机、报价、合同', fields: NO_COST,
    grants: { ...catalogue, ...meets('self'), ...ownUse, ...plans('self'), ...seesRivals('self'), ...accounts('self'), ...colleagues, ...allow('self', { commissionEntry: 'read', commissionShare: 'read' }), ...deal('self', WORK), ...executes('self'), ...sells('self'), ...sharers('self'), ...people('self', WORK), ...allow('unitBelow', { feedback: 'read create move confirm' }), ...allow('self', { alarm: 'read', serviceRequest: 'read' }) },
  },
  {
    code: 'blockLead', name: '板块负责人', note: '看本板块全部，指派行动，在板块内调配', fields: {},
    grants: { ...catalogue, ...meets('unitBelow'), ...allow('all', { carePlan: 'read' }), ...useRun('unitBelow'), ...plansSet('unitBelow'), ...accounts('unitBelow'), ...colleagues, ...allow('unitBelow', { unit: 'agenda plan' }), ...deal('unitBelow', RUN), ...executes('unitBelow'), ...allow('unitBelow', { changeOrder: 'approve' }), ...sells('unitBelow'), ...setsUp('unitBelow'), ...people('unitBelow', 'read create update export import reveal'), ...mergers('unitBelow'), ...sharers('unitBelow'), ...allow('all', { quote: 'margin', discountRule: 'read', commissionPlan: 'read', commissionTier: 'read' }), ...allow('unitBelow', { commissionEntry: 'read export', commissionShare: 'read', lead: 'assign', opportunity: 'reassign', engagement: 'assign', alarm: 'read', feedback: 'read create move confirm reassign' }) },
  },
  { code: 'blockAdmin', name: '板块管理员', note: '看本板块全部，管账户与录入，不改业务', fields: {}, grants: { ...catalogue, ...useSeen('unitBelow'), ...allow('unitBelow', { accountRequest: 'create' }), ...plans('unitBelow'), ...accountsSeen('unitBelow'), ...colleagues, ...deal('unitBelow', SEE), ...executionSeen('unitBelow'), ...looksOn('unitBelow'), ...people('unitBelow', SEE), ...allow('unitBelow', { alarm: 'read' }) } },
  { code: 'groupManager', name: '集团管理层', note: '看全部，指派行动', fields: {}, grants: { ...catalogue, ...meets('all'), ...allow('all', { carePlan: 'read' }), ...useSeen('all'), ...plans('all'), ...accountsSeen('all'), ...allow('all', { surveyAnswer: 'read', counterRating: 'read', employee: 'read', user: 'read busy', unit: 'agenda plan', serviceResource: 'read', alarm: 'read', serviceRequest: 'read', engagement: 'create assign', quote: 'margin', discountRule: 'read', commissionPlan: 'read', commissionTier: 'read', commissionEntry: 'read export', commissionShare: 'read' }), ...deal('all', SEE), ...executionSeen('all'), ...looksOn('all'), ...allow('all', { prospect: 'handOut' }), ...people('all', SEE) } },
  {
    code: 'marketing', name: '市场营销部', note: '营销活动、跨板块调配、集团价格与账户的办理', fields: {},
    grants: { ...catalogue, ...cares, ...useCarriedOut, ...plansSet('all'), ...allow('all', { targetRule: 'read update', budget: 'create update remove import export', competitor: 'remove import export', competitorMove: 'update remove export', scoreCard: 'create update remove', scoreMeasure: 'create update remove', scoreGiven: 'update remove', scoreResult: 'run' }), ...accountsRun, ...markets, ...allow('all', { surveyAnswer: 'read', counterRating: 'read', employee: 'read', user: 'read busy', unit: 'agenda plan', serviceResource: 'read', campaign: RUN, lead: 'assign', opportunity: 'reassign', engagement: 'assign', priceBook: RUN, price: RUN, discountRule: RUN, quote: 'margin', commissionPlan: RUN, commissionTier: RUN, commissionEntry: 'read export run', commissionShare: 'read', alarm: 'read' }), ...deal('all', RUN), ...executes('all'), ...allow('all', { contractTemplate: RUN, documentTemplate: 'read create update remove', contractRule: 'read update', changeOrder: 'approve' }), ...sells('all'), ...setsUp('all'), ...allow('all', { lead: 'take', prospect: 'handOut', stageChance: RULES, checklistQuestion: RULES }), ...people('all', 'read create update export import reveal'), ...mergers('all'), ...sharers('all'), ...allow('all', { accountTypeProfile: 'read create update' }) },
  },
  {
    // what is everybody's inside is not theirs: all that they see stands here (docs/adr/0049)
    code: 'partner', name: '合作伙伴', note: '合作伙伴的人：只看分给自己的线索、共享给自己的服务请求和其中的文件', fields: { 'lead.campaignId': 'none', 'lead.customerId': 'none', 'lead.opportunityId': 'none', 'serviceRequest.ownerId': 'none', 'serviceRequest.repeatEngineerId': 'none', 'serviceRequest.repeatOfId': 'none' },
    grants: { ...allow('self', { lead: 'read create update', engagement: 'read create update', serviceRequest: 'read', alarm: 'read', savedView: WORK }), ...allow('all', { product: 'read' }) },
  },
]

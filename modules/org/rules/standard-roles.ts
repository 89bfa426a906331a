import type { Scope } from '@quancheng/kernel'
import { allow, cares, meets, type StandardRole } from './allow.ts'
import { FINANCE_COLLECTS, PLANS_SEEN, SALES_ROLES } from './sales-roles.ts'

/** What the work on a request needs beside the request itself. */
const reference = allow('all', { serviceContract: 'read', device: 'read', product: 'read', productLine: 'read', warrantyCard: 'read', timeStandard: 'read', lawRule: 'read' })
/** 日程: when colleagues are busy, and what their team plans; a room or a car can be booked by everybody. */
const calendars = (scope: Scope, plans = ''): Record<string, Scope[]> => allow(scope, { user: 'busy', unit: `agenda${plans}`, serviceResource: 'read' })
const colleagues = { ...calendars('unitBelow'), ...allow('unitBelow', { employee: 'read', user: 'read', alarm: 'read' }) }
const request = allow('unitBelow', { serviceRequest: 'read update move', contactAttempt: 'read create' })
/** 配件: everybody at the station sees what is there; who quotes or repairs writes the lines, the store receives. */
const partsSeen = allow('unitBelow', { partStock: 'read', stockMove: 'read', partLine: 'read' }), partsUsed = { ...partsSeen, ...allow('unitBelow', { partLine: 'create use' }) }
/** 单据: the counter prints, and sees what its printers did. */
const papers = allow('unitBelow', { serviceRequest: 'print', printer: 'read', printJob: 'read' })
/** 热线单: the station takes up what the hotline hands to it. */
const ticketsTaken = allow('unitBelow', { hotlineTicket: 'read accept' })
/** 客户之声: everybody may write down what a customer says, and works on what is given to them. */
const voiceHeard = allow('unitBelow', { complaint: 'read create move verdict', feedback: 'read create move confirm' }), voiceWorked = allow('unitBelow', { complaint: 'read move', feedback: 'read create move' })
const voiceRun = allow('unitBelow', { complaint: 'reassign transfer figures export', feedback: 'reassign export', counterRating: 'read export' })
/** 派工与预约: who gets which work and why is seen by those who do it; the counter books; the manager keeps people, slots and resources. */
const workGiven = allow('unitBelow', { dispatchEntry: 'read' }), booked = allow('unitBelow', { booking: 'read create arrive', slotRule: 'read', serviceResource: 'read' })
const dispatchRun = allow('unitBelow', {
  dispatchEntry: 'read export', dispatchRule: 'create update remove', personSkill: 'read create update remove import export', workProfile: 'read create update remove', absence: 'read create update remove',
  booking: 'read create arrive export', slotRule: 'read create update remove', serviceResource: 'read create update remove',
})
const partsKept = allow('unitBelow', { part: 'receive adjust', partStock: 'export', stockMove: 'export' })
/** Behind the counter, and on the telephone, a number is not needed in full (CU-22). */
const behindCounter = { 'customer.phone': 'mask', 'customer.mail': 'mask', 'contact.phone': 'mask', 'contact.mail': 'mask', 'serviceRequest.phone': 'mask', 'booking.phone': 'mask', 'complaint.phone': 'mask', 'feedback.phone': 'mask' } as const
/** Forms that people apply with: everybody has their own; these see those of others. */
const forms = (scope: Scope, names = 'leaveRequest expenseClaim tripRequest discountRequest contractApproval permissionChange purchaseRequest'): Record<string, Scope[]> =>
  allow(scope, Object.fromEntries(names.split(' ').map(name => [name, 'read export'])))
/** 知识: everybody reads what is for them and writes; who answers for quality approves, never what they wrote. */
const knows = allow('self', { article: 'read' }), writes = allow('self', { article: 'read create update' }), approves = { ...allow('unitBelow', { article: 'read create update publish' }), ...allow('all', { synonym: 'read' }) }
const workshop = { ...writes, ...workGiven, ...reference, ...colleagues, ...request, ...voiceWorked, ...allow('unitBelow', { customer: 'read', contact: 'read' }) }

/**
 * The roles a new tenant starts with: data only. Codes are what the standard processes name in their lanes. Customers and devices
 * belong to the whole company (people walk into any station); requests belong to the station that took them.
 */
export const STANDARD_ROLES: readonly StandardRole[] = [
  {
    code: 'receptionist', name: '接待', note: '前台：取号、登记、报价、交机', fields: {},
    grants: {
      ...reference, ...colleagues, ...request, ...knows, ...workGiven, ...booked, ...voiceHeard, ...partsUsed, ...ticketsTaken, ...papers, ...meets('all'), ...allow('unitBelow', { serviceRequest: 'takeNumber board', customer: 'create', customerNotice: 'read' }),
      ...allow('all', { customer: 'read update', contact: 'read create update', preference: 'read create update', consent: 'read create', device: 'create update', warrantyCard: 'create', noticeChoice: 'read create update' }),
    },
  },
  { code: 'inspector', name: '检验', note: '检测故障，判断保修', fields: behindCounter, grants: { ...workshop, ...partsUsed, ...allow('all', { device: 'update' }) } },
  { code: 'engineer', name: '维修', note: '维修设备', fields: behindCounter, grants: { ...workshop, ...partsUsed } },
  { code: 'qc', name: '质检', note: '维修后的检验', fields: behindCounter, grants: { ...workshop, ...approves } },
  { code: 'storekeeper', name: '库管', note: '配件的收发', fields: behindCounter, grants: { ...workshop, ...partsSeen, ...partsKept } },
  {
    code: 'stationManager', name: '站长', note: '本站的现场、人员与时限', fields: {},
    grants: {
      ...reference, ...colleagues, ...calendars('unitBelow', ' plan'), ...request, ...allow('unitBelow', { serviceRequest: 'share' }), ...approves, ...dispatchRun, ...voiceHeard, ...voiceRun, ...partsUsed, ...partsKept, ...ticketsTaken, ...papers, ...meets('all'), ...allow('all', { carePlan: 'read' }),
      ...allow('all', { customer: 'read update', contact: 'read create update', preference: 'read create update', consent: 'read create', accountTypeProfile: 'read', device: 'create update', warrantyCard: 'create update', serviceContract: 'create update export', noticeChoice: 'read create update', noticeTemplate: 'read' }),
      ...allow('unitBelow', {
        serviceRequest: 'export takeNumber reassign board rollup reveal', customer: 'create export import reveal', contact: 'export', device: 'export import', warrantyCard: 'export',
        alarm: 'export', employee: 'export', contactAttempt: 'export', customerVisit: 'read create update export', processRollout: 'read', automation: 'read', customerNotice: 'read export send', surveyAnswer: 'read export', suspicion: 'read judge', workTarget: 'read create update remove',
      }),
      ...allow('all', { process: 'read', decision: 'read', processNode: 'read', headOfficeRule: 'read' }), ...forms('unitBelow'), ...allow('unitBelow', { serviceRequest: 'startProcess', decline: 'read move' }),
    },
  },
  {
    code: 'regionManager', name: '大区', note: '大区内各站的汇总与支援', fields: {},
    grants: {
      ...reference, ...meets('all'), ...calendars('region', ' plan'), ...allow('all', { synonym: 'read' }), ...allow('region', { article: 'read create update publish export' }), ...allow('region', {
        serviceRequest: 'read reassign board rollup export', contactAttempt: 'read', alarm: 'read export', customer: 'read export', contact: 'read', employee: 'read export', user: 'read', customerVisit: 'read export', processRollout: 'read', customerNotice: 'read export', dispatchEntry: 'read export', booking: 'read', personSkill: 'read', workProfile: 'read', absence: 'read', slotRule: 'read', surveyAnswer: 'read export', workTarget: 'read create update remove',
        complaint: 'read reassign transfer figures export', feedback: 'read reassign export', counterRating: 'read export',
      }),
      ...allow('all', { process: 'read', decision: 'read', processNode: 'read', headOfficeRule: 'read' }), ...forms('region'),
    },
  },
  {
    code: 'hq', name: '本部', note: '流程、标准与全公司的运行', fields: {},
    grants: { ...cares, ...PLANS_SEEN, ...allow('all', {
      article: 'read create update publish export', synonym: 'read create update remove import export',
      serviceRequest: 'read reassign board rollup export share', contactAttempt: 'read export', alarm: 'read export', customer: 'read export', contact: 'read export', device: 'read export',
      warrantyCard: 'read export', timeStandard: 'read create update remove export', lawRule: 'read create update remove export', faultCategory: 'read create update import export', labourRate: 'read create update remove export', workTarget: 'read create update remove export', productLine: 'read create update export', product: 'read create update import export',
      employee: 'read export', user: 'read busy', unit: 'agenda plan', calendar: 'update', process: 'read deploy operate start', decision: 'read edit', eventLog: 'import', audit: 'read',
      customerVisit: 'read export', processNode: 'read create update remove import export', headOfficeRule: 'read publish', processRollout: 'read publish', automation: 'read edit', customerNotice: 'read export send', noticeTemplate: 'read update', documentTemplate: 'read create update remove', noticeSetting: 'read update', noticeChoice: 'read', surveyAnswer: 'read export', estimate: 'read export',
      decline: 'read move export', serviceContract: 'read create update import export', skill: 'create update remove', skillNeed: 'create update remove import export', dispatchRule: 'create update remove', dispatchEntry: 'read export', personSkill: 'read export', workProfile: 'read', absence: 'read',
      booking: 'read export', slotRule: 'read create update', serviceResource: 'read create update',
      part: 'create update import export', partStock: 'read export', stockMove: 'read export', partLine: 'read export', suspicion: 'read judge', hotlineTicket: 'read export redirect', phoneCall: 'read export',
      prospect: 'read create update handOut', complaint: 'read create move verdict reassign transfer figures export', complaintLimit: 'read create update remove', feedback: 'read create move confirm reassign export', feedbackRoute: 'read create update remove', counterRating: 'read export',
    }) },
  },
  // who approves needs no right on the forms: the task opens the one record to them
  { code: 'deptManager', name: '部门经理', note: '本部门的人员与审批', fields: {}, grants: { ...calendars('unitBelow', ' plan'), ...allow('unitBelow', { employee: 'read', user: 'read', alarm: 'read' }), ...forms('unitBelow') } },
  { code: 'director', name: '总监', note: '金额较大与跨部门的审批', fields: {}, grants: { ...PLANS_SEEN, ...calendars('all', ' plan'), ...allow('all', { employee: 'read', user: 'read', process: 'read' }), ...allow('self', { alarm: 'read' }), ...forms('all') } },
  { code: 'finance', name: '财务', note: '费用、采购与合同的审批，收款与开票', fields: {}, grants: { ...PLANS_SEEN, ...FINANCE_COLLECTS, ...calendars('unitBelow'), ...allow('unitBelow', { employee: 'read' }), ...allow('all', { user: 'read' }), ...allow('all', { commissionEntry: 'read export', commissionShare: 'read', commissionPlan: 'read', commissionTier: 'read' }), ...allow('self', { alarm: 'read' }), ...forms('all', 'expenseClaim tripRequest contractApproval purchaseRequest discountRequest') } },
  { code: 'hr', name: '人事', note: '请假与人员变动', fields: {}, grants: { ...calendars('all'), ...allow('all', { employee: 'read create update export', user: 'read' }), ...allow('self', { alarm: 'read' }), ...forms('all', 'leaveRequest tripRequest permissionChange') } },
  { code: 'legal', name: '法务', note: '合同的审批', fields: {}, grants: { ...calendars('unitBelow'), ...allow('unitBelow', { employee: 'read', user: 'read' }), ...allow('self', { alarm: 'read' }), ...forms('all', 'contractApproval'), ...allow('all', { documentTemplate: 'read create update' }) } },
  { code: 'purchaser', name: '采购', note: '询价、下单、跟催', fields: {}, grants: { ...calendars('unitBelow'), ...allow('unitBelow', { employee: 'read', user: 'read' }), ...allow('self', { alarm: 'read' }), ...forms('all', 'purchaseRequest') } },
  {
    code: 'agent', name: '坐席', note: '热线：查询进度、联系客户，号码默认隐藏', fields: behindCounter,
    grants: {
      ...knows, ...meets('all'), ...reference, ...calendars('unitBelow'), ...allow('all', { serviceRequest: 'read reveal', contactAttempt: 'read create', customerNotice: 'read', customer: 'read reveal', contact: 'read reveal', preference: 'read create update', consent: 'read create', alarm: 'read', booking: 'read create', slotRule: 'read', hotlineTicket: 'read create update import redirect', phoneCall: 'read note', complaint: 'read create verdict', feedback: 'read create move confirm' }),
      ...allow('unitBelow', { employee: 'read', user: 'read' }),
    },
  },
  { code: 'admin', name: '系统管理员', note: '全部权限；不办理业务任务', grants: {}, fields: {}, everything: true },
  ...SALES_ROLES,
  { code: 'kiosk', name: '自助机', note: '门口取号机与评价器的账号：公开页面，上报评分', grants: allow('all', { counterRating: 'post' }), fields: {} },
]

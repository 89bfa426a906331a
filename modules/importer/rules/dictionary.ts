/**
 * Titles under which other systems export what our fields hold, lower case, without blanks and marks. Written from the column titles that
 * the common open-source CRMs and spreadsheets of Chinese companies use. A title may stand for several fields: the first that is free takes it.
 */
export const TITLES: Record<string, Record<string, readonly string[]>> = {
  customer: {
    name: ['name', 'accountname', 'company', 'companyname', 'organization', '公司名称', '单位名称', '客户名称', '客户', '企业名称'], kind: ['kind', '客户性质'],
    phone: ['phone', 'officephone', 'phonenumber', 'phoneoffice', 'telephone', 'mobile', '联系电话', '手机', '座机', '公司电话'], mail: ['email', 'emailaddress', 'emailaddress0', '电子邮件', '邮箱地址'],
    taxNumber: ['taxid', 'vatnumber', 'siccode', '税号', '统一社会信用代码', '纳税人识别号'], industry: ['industry', '所属行业'], province: ['state', 'billingaddressstate', 'billingstate', 'province', '省份'], city: ['city', 'billingaddresscity', 'billingcity', '城市'],
    address: ['address', 'billingaddress', 'billingaddressstreet', 'billingstreet', 'street', '详细地址', '公司地址'], staffCount: ['employees', 'numberofemployees', '人数', '公司规模'], accountType: ['type', 'accounttype'],
    annualPurchase: ['annualpurchase', '年采购额'], source: ['leadsource', 'source'], ownerId: ['assigneduser', 'assignedusername', 'assignedto', 'owner', '客户经理', '业务员'], parentId: ['parent', 'memberof', 'parentaccount', 'parentaccountid', '上级公司'], note: ['description', 'notes', '描述', '说明'],
  },
  contact: {
    name: ['name', 'fullname', 'contactname', '联系人', '联系人姓名'], customerId: ['account', 'accountid', 'accountname', 'company', '所属公司', '客户名称', '公司'], title: ['title', 'accountrole', 'jobtitle', 'position', '职位'],
    phone: ['phone', 'mobile', 'phonemobile', 'phonenumber', 'officephone', '手机', '手机号'], mail: ['email', 'emailaddress', 'emailaddress0', '电子邮件'], note: ['description', 'notes', '描述'],
  },
  lead: {
    name: ['name', 'fullname', '联系人'], company: ['accountname', 'company', 'organization', '公司', '公司名称'], phone: ['phone', 'mobile', 'phonemobile', 'phonenumber', '手机'], mail: ['email', 'emailaddress', 'emailaddress0', '电子邮件'],
    province: ['state', 'addressstate', 'primaryaddressstate', 'province', '省份'], city: ['city', 'addresscity', 'primaryaddresscity', '城市'], source: ['source', 'leadsource'], amount: ['opportunityamount', 'amount', 'budget', '预算'], needs: ['description', 'notes', '描述', '需求描述'],
    ownerId: ['assigneduser', 'assignedusername', 'assignedto', 'owner'], campaignId: ['campaign', 'campaignname', 'campaignid'], state: ['status', 'leadstatus', '线索状态'],
  },
  opportunity: {
    name: ['name', 'opportunityname', 'dealname', '商机名称', '项目名称'], customerId: ['account', 'accountid', 'accountname', 'company', '客户', '客户名称'], amount: ['amount', 'opportunityamount', 'dealvalue', '预计金额'], closeOn: ['closedate', 'dateclosed', 'expectedclosedate', '预计成交日期', '成交日期'],
    stage: ['stage', 'salesstage', '商机阶段', '阶段'], chance: ['probability', '成功率'], ownerId: ['assigneduser', 'assignedusername', 'assignedto', 'owner'], campaignId: ['campaign', 'campaignname', 'campaignid'], note: ['description', 'notes', '描述'], lostReason: ['lostreason', 'closedlostreason', 'reasonlost', '输单原因'], lostTo: ['lostto', 'competitor', 'maincompetitor', '竞争对手'], closedAt: ['closedat', 'actualclosedate', 'dateactuallyclosed', '关闭日期', '实际成交日期'], source: ['leadsource', 'source'],
  },
  engagement: {
    subject: ['name', 'subject', '标题'], at: ['datestart', 'startdate', 'date', '开始时间', '日期'], minutes: ['durationminutes', 'duration', '时长'], state: ['status'], result: ['description', 'notes', '内容', '跟进内容'], customerId: ['account', 'accountname', 'accountid', 'parent', 'parentid', 'relatedto'],
    ownerId: ['assigneduser', 'assignedusername', 'assignedto', 'owner', '跟进人'],
  },
  product: { code: ['code', 'partnumber', 'sku', 'productcode', '产品编码'], name: ['name', 'productname', '产品名称'] },
}

/** Two columns that make up one name. */
export const NAMES: ReadonlyArray<readonly [string, string]> = [['firstname', 'lastname'], ['名', '姓']]
/** A column that holds the other system's own id. */
export const IDS: readonly string[] = ['id', 'recordid', '编号id', '系统编号', '记录id']

/** What other systems write for values that we know under another name; our value of the field. */
export const VALUES: Record<string, Record<string, string>> = {
  'opportunity.stage': {
    prospecting: 'qualify', qualification: 'qualify', new: 'qualify', needsanalysis: 'needs', valueproposition: 'needs', iddecisionmakers: 'needs', perceptionanalysis: 'needs', proposal: 'quote', proposalpricequote: 'quote', pricequote: 'quote', negotiation: 'negotiate', negotiationreview: 'negotiate',
    closedwon: 'won', won: 'won', closedlost: 'lost', lost: 'lost',
  },
  'opportunity.lostReason': { price: 'price', tooexpensive: 'price', pricetoohigh: 'price', product: 'product', missingfeature: 'product', missingfeatures: 'product', service: 'service', relationship: 'relation', timing: 'timing', badtiming: 'timing', nobudget: 'cancelled', nodecision: 'cancelled', projectcancelled: 'cancelled', other: 'other' },
  'lead.state': { assigned: 'new', inprocess: 'new', recycled: 'new', notcontacted: 'new', contacted: 'new', qualified: 'new', dead: 'discarded', unqualified: 'discarded', junk: 'discarded', converted: 'converted' },
  'lead.source': { website: 'web', coldcall: 'call', call: 'call', existingcustomer: 'referral', wordofmouth: 'referral', employee: 'referral', partner: 'partner', campaign: 'campaign', email: 'campaign', directmail: 'campaign', tradeshow: 'visit', conference: 'visit', publicrelations: 'other', selfgenerated: 'other', other: 'other' },
  'customer.source': { website: 'web', call: 'hotline', coldcall: 'hotline', existingcustomer: 'referral', wordofmouth: 'referral', partner: 'referral' },
  'customer.accountType': { customer: 'general', prospect: 'general', partner: 'general', investor: 'general', reseller: 'general', competitor: 'general', analyst: 'general', press: 'general', integrator: 'general', other: 'general' },
  'engagement.state': { planned: 'planned', notstarted: 'planned', held: 'done', completed: 'done', notheld: 'dropped', canceled: 'dropped', cancelled: 'dropped' },
}

/** Lower case, without blanks, marks and what stands in brackets: `Billing Address: City` and `billing_address_city` are one. */
export const plain = (title: string): string => title.toLowerCase().replace(/[（(].*?[)）]/g, '').replace(/[^\p{Letter}\p{Number}]/gu, '')

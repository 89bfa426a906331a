/** What people complain of. */
export const CATEGORIES = {
  attitude: ['服务态度', 'Manner'], quality: ['维修质量', 'Repair quality'], speed: ['时间太久', 'Too slow'], price: ['收费', 'Charges'], parts: ['配件', 'Parts'], data: ['数据与隐私', 'Data and privacy'], other: ['其他', 'Other'],
} as const
export const SEVERITIES = { normal: ['一般', 'Normal', 'default'], serious: ['较重', 'Serious', 'orange'], grave: ['严重', 'Grave', 'red'] } as const
export const CHANNELS = { desk: ['前台', 'Desk'], phone: ['电话', 'Phone'], web: ['网上', 'Web'], request: ['服务请求', 'From a request'], survey: ['满意度评价', 'From a survey'], rating: ['台席评分', 'From a rating'] } as const
/** The nodes of the drawn process; whatever follows 客户意见 tells the verdict. */
export const COMPLAINT_STAGES = {
  assign: ['待分派', 'To assign', 'default'], handle: ['处理', 'Handling', 'geekblue'], reply: ['回复客户', 'To answer', 'purple'], verdict: ['等客户意见', 'Customer’s verdict', 'gold'],
  closed: ['已关闭', 'Closed', 'green'], unanswered: ['已关闭（客户无回应）', 'Closed, no word', 'default'], dropped: ['不受理', 'Dropped', 'default'],
} as const
export const VERDICTS = { satisfied: ['满意', 'Satisfied', 'green'], unsatisfied: ['不满意', 'Not satisfied', 'red'], none: ['无回应', 'No word', 'default'] } as const

export const FEEDBACK_CATEGORIES = { quote: ['报价', 'Quotation'], service: ['服务', 'Service'], product: ['产品', 'Product'], other: ['其他', 'Other'] } as const
export const FEEDBACK_SOURCES = { service: ['服务', 'Service'], sales: ['销售', 'Sales'], web: ['网上', 'Web'] } as const
export const FEEDBACK_STAGES = { handle: ['处理', 'Handling', 'geekblue'], confirm: ['等客户确认', 'To be confirmed', 'gold'], closed: ['已关闭', 'Closed', 'green'] } as const
export const SAID_BY = { link: ['客户用链接', 'By the link'], agent: ['员工记录', 'By an agent'] } as const

export const RATING_TAGS = { attitude: ['态度', 'Manner'], speed: ['速度', 'Speed'], clear: ['说得清楚', 'Clearness'], skill: ['业务熟练', 'Skill'], place: ['环境', 'Place'] } as const
export const RATING_SOURCES = { qr: ['扫码', 'QR code'], device: ['评价器', 'Evaluator'] } as const

export type Category = keyof typeof CATEGORIES
export type Severity = keyof typeof SEVERITIES
export type FeedbackCategory = keyof typeof FEEDBACK_CATEGORIES

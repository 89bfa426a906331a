import { AGREE, DAY, REJECT, RETURN, and, end, start, task, timer, xor, type Outcome, type TemplateSpec } from './spec.ts'

/** What a countersigner answers: an opinion does not stop the others. */
const OPINION: Outcome[] = [{ id: 'fine', label: '无意见' }, { id: 'remarks', label: '有意见', comment: true }]

/** Applications inside the company. */
export const OFFICE: TemplateSpec[] = [
  {
    id: 'leave', name: '请假', category: '管理', about: '员工请假：直接上级审批，超过三天再经人事；退回可修改重报，销假后办结。',
    lanes: [
      { id: 'lane-applicant', name: '申请人', nodes: [
        start('asked', '申请'),
        task('apply', '填写请假单', { assign: 'completer', standard: 60, guide: '病假附诊断证明；年假至少提前三天。', fields: ['kind 假别 required', 'from 开始 required', 'to 结束 required', 'days 天数 required', 'reason 事由 required'], items: ['handover 工作已交接'], outcomes: [{ id: 'submit', label: '提交' }] }),
        task('revise', '修改请假单', { assign: 'previous:apply', standard: 240, fields: ['days 天数 required', 'reason 事由 required'], outcomes: [{ id: 'submit', label: '重新提交' }, { id: 'withdraw', label: '撤回', danger: true }] }),
        xor('again', '重报？'), end('withdrawn', '已撤回'),
        task('return', '销假', { assign: 'previous:apply', standard: { minutes: DAY, pauseReasons: '休假中' }, fields: ['actualDays 实际天数 required'], outcomes: [{ id: 'done', label: '已返岗' }] }),
        end('closed', '办结'),
      ] },
      { id: 'lane-manager', name: '直接上级', role: 'stationManager', nodes: [
        task('approve', '上级审批', { standard: { minutes: DAY, remind: '240' }, fields: ['days 天数 readonly', 'reason 事由 readonly'], items: ['cover 已安排代班 @agree'], outcomes: [AGREE, RETURN, REJECT] }),
        xor('decided', '上级意见'), xor('long', '超过三天？'), end('rejected', '已驳回'),
      ] },
      { id: 'lane-hr', name: '人事', role: 'hq', nodes: [task('hr', '人事审批', { standard: DAY, fields: ['days 天数 readonly'], items: ['balance 假期余额足够 @agree'], outcomes: [AGREE, REJECT] }), xor('hr-decided', '人事意见')] },
    ],
    flows: `
      asked -> apply
      apply -> approve
      approve -> decided
      decided -> long 同意 default
      decided -> revise 退回 [outcome = "return"]
      decided -> rejected 驳回 [outcome = "reject"]
      long -> return 不超过 default
      long -> hr 超过 [days > 3]
      hr -> hr-decided
      hr-decided -> return 同意 default
      hr-decided -> rejected 驳回 [outcome = "reject"]
      revise -> again
      again -> approve 重报 default
      again -> withdrawn 撤回 [outcome = "withdraw"]
      return -> closed`,
  },
  {
    id: 'expense', name: '费用', category: '管理', about: '费用报销：上级审批、财务审核、五千元以上经本部、出纳付款。',
    lanes: [
      { id: 'lane-applicant', name: '报销人', nodes: [
        start('spent', '报销'),
        task('apply', '填写报销单', { assign: 'completer', standard: 60, fields: ['amount 金额 required', 'subject 科目 required', 'reason 用途 required'], items: ['invoices 发票已上传且真实'], outcomes: [{ id: 'submit', label: '提交' }] }),
        task('revise', '补正', { assign: 'previous:apply', standard: { minutes: DAY, pauseReasons: '待补材料' }, fields: ['amount 金额 required'], outcomes: [{ id: 'submit', label: '重新提交' }] }),
      ] },
      { id: 'lane-manager', name: '直接上级', role: 'stationManager', nodes: [task('approve', '上级审批', { standard: DAY, outcomes: [AGREE, RETURN, REJECT] }), xor('decided', '上级意见'), end('rejected', '已驳回')] },
      { id: 'lane-finance', name: '财务', role: 'finance', nodes: [
        task('audit', '财务审核', { standard: DAY, items: ['genuine 发票查验为真', 'budget 在预算内', 'policy 符合报销标准'], outcomes: [AGREE, RETURN] }), xor('audited', '审核结果'), xor('large', '五千以上？'),
        task('pay', '付款', { standard: { minutes: 2 * DAY, pauseReasons: '待资金' }, fields: ['paidAt 付款日期 required'], outcomes: [{ id: 'done', label: '已付款' }] }), end('paid', '已付款'),
      ] },
      { id: 'lane-hq', name: '本部', role: 'hq', nodes: [task('director', '本部审批', { standard: DAY, outcomes: [AGREE, REJECT] }), xor('director-decided', '本部意见')] },
    ],
    flows: `
      spent -> apply
      apply -> approve
      approve -> decided
      decided -> audit 同意 default
      decided -> revise 退回 [outcome = "return"]
      decided -> rejected 驳回 [outcome = "reject"]
      audit -> audited
      audited -> large 通过 default
      audited -> revise 退回 [outcome = "return"]
      large -> pay 不到 default
      large -> director 达到 [amount >= 5000]
      director -> director-decided
      director-decided -> pay 同意 default
      director-decided -> rejected 驳回 [outcome = "reject"]
      revise -> approve
      pay -> paid`,
  },
  {
    id: 'travel', name: '出差', category: '管理', about: '出差申请与审批，订票订房同时进行，出差后写报告、核销借款。',
    lanes: [
      { id: 'lane-applicant', name: '出差人', nodes: [
        start('needed', '申请'),
        task('apply', '填写出差申请', { assign: 'completer', standard: 60, fields: ['place 地点 required', 'from 出发 required', 'to 返回 required', 'purpose 事由 required', 'budget 预算 required'], outcomes: [{ id: 'submit', label: '提交' }] }),
        task('advance', '借款', { assign: 'previous:apply', standard: DAY, fields: ['advanceAmount 借款金额'], outcomes: [{ id: 'done', label: '已办' }] }),
        task('report', '出差报告', { assign: 'previous:apply', standard: { minutes: 3 * DAY, pauseReasons: '出差中' }, fields: ['result 结果 required'], items: ['shared 已与相关同事分享'], outcomes: [{ id: 'done', label: '提交报告' }] }),
      ] },
      { id: 'lane-manager', name: '直接上级', role: 'stationManager', nodes: [task('approve', '上级审批', { standard: DAY, outcomes: [AGREE, REJECT] }), xor('decided', '意见'), and('prepare'), and('ready'), end('rejected', '已驳回')] },
      { id: 'lane-office', name: '行政', role: 'hq', nodes: [task('book', '订票订房', { standard: 240, fields: ['tickets 行程 required'], items: ['rules 符合差旅标准', 'told 已发给出差人'], outcomes: [{ id: 'done', label: '已订' }] })] },
      { id: 'lane-finance', name: '财务', role: 'finance', nodes: [task('settle', '核销', { standard: 2 * DAY, items: ['invoices 票据齐全'], outcomes: [{ id: 'done', label: '已核销' }] }), end('settled', '办结')] },
    ],
    flows: `
      needed -> apply
      apply -> approve
      approve -> decided
      decided -> prepare 同意 default
      decided -> rejected 驳回 [outcome = "reject"]
      prepare -> advance
      prepare -> book
      advance -> ready
      book -> ready
      ready -> report
      report -> settle
      settle -> settled`,
  },
  {
    id: 'purchase', name: '采购', category: '供应', about: '采购：申请、审批、询价比价、下单、到货验收、付款；不合格退货。',
    lanes: [
      { id: 'lane-asker', name: '申请部门', nodes: [start('needed', '需要'), task('ask', '采购申请', { assign: 'completer', standard: 60, fields: ['goods 物品 required', 'quantity 数量 required', 'amount 预计金额 required', 'neededBy 需用日期 required'], items: ['stock 库存不足'], outcomes: [{ id: 'submit', label: '提交' }] })] },
      { id: 'lane-manager', name: '站长', role: 'stationManager', nodes: [task('approve', '审批', { standard: DAY, outcomes: [AGREE, REJECT] }), xor('decided', '意见'), end('rejected', '已驳回')] },
      { id: 'lane-buyer', name: '采购', role: 'purchaser', nodes: [
        task('compare', '询价比价', { standard: { minutes: 3 * DAY, pauseReasons: '待供应商' }, fields: ['supplier 供应商 required', 'price 单价 required'], items: ['three 至少三家报价', 'qualified 供应商合格'], outcomes: [{ id: 'done', label: '已选定' }] }),
        task('order', '下单跟催', { standard: { minutes: 5 * DAY, pauseReasons: '待供应商', remind: '1350' }, fields: ['dueDate 交货日期 required'], outcomes: [{ id: 'arrived', label: '已到货' }] }),
        task('complain', '退换交涉', { standard: 2 * DAY, items: ['returned 不合格品已退'], outcomes: [{ id: 'again', label: '重新发货' }] }),
      ] },
      { id: 'lane-store', name: '库管', role: 'storekeeper', nodes: [task('receive', '验收入库', { standard: 240, items: ['counted 数量相符', 'checked 质量合格 @accept'], outcomes: [{ id: 'accept', label: '合格入库' }, { id: 'refuse', label: '不合格', comment: true }] }), xor('accepted', '合格？')] },
      { id: 'lane-finance', name: '财务', role: 'finance', nodes: [task('pay', '付款', { standard: { minutes: 5 * DAY, pauseReasons: '待发票' }, items: ['match 订单、入库单、发票相符'], outcomes: [{ id: 'done', label: '已付款' }] }), end('closed', '办结')] },
    ],
    flows: `
      needed -> ask
      ask -> approve
      approve -> decided
      decided -> compare 同意 default
      decided -> rejected 驳回 [outcome = "reject"]
      compare -> order
      order -> receive
      receive -> accepted
      accepted -> pay 合格 default
      accepted -> complain 不合格 [outcome = "refuse"]
      complain -> order
      pay -> closed`,
  },
  {
    id: 'contract-review', name: '合同审批', category: '管理', about: '合同起草后业务、法务、财务同时会签，业务主管汇总意见：签署归档，或退回修改后再会签。',
    lanes: [
      { id: 'lane-drafter', name: '起草人', nodes: [
        start('wanted', '起草'),
        task('draft', '起草合同', { assign: 'completer', standard: { minutes: 2 * DAY, pauseReasons: '待对方' }, fields: ['partner 对方 required', 'amount 金额 required', 'term 期限 required'], items: ['template 使用公司范本', 'partner-checked 对方资信已查'], outcomes: [{ id: 'submit', label: '送审' }] }),
        task('revise', '修改合同', { assign: 'previous:draft', standard: { minutes: DAY, pauseReasons: '待对方' }, outcomes: [{ id: 'submit', label: '再次送审' }] }),
        task('sign', '签署归档', { assign: 'previous:draft', standard: { minutes: 3 * DAY, pauseReasons: '待对方' }, items: ['seal 双方盖章', 'archived 原件已归档'], outcomes: [{ id: 'done', label: '已归档' }] }),
        end('signed', '已签署'),
      ] },
      { id: 'lane-business', name: '业务主管', role: 'regionManager', nodes: [
        xor('merge', ''), and('fork'), task('business', '业务会签', { standard: DAY, items: ['price 价格与付款条件'], outcomes: OPINION }), and('join'),
        task('conclude', '汇总意见', { standard: 240, items: ['all 三方意见已逐条答复'], outcomes: [{ id: 'sign', label: '同意签署' }, RETURN, REJECT] }), xor('concluded', '结论'), end('dropped', '不签'),
      ] },
      { id: 'lane-legal', name: '法务', role: 'legal', nodes: [task('legal', '法务会签', { standard: 2 * DAY, items: ['liability 违约责任', 'dispute 争议解决'], outcomes: OPINION })] },
      { id: 'lane-finance', name: '财务', role: 'finance', nodes: [task('finance', '财务会签', { standard: DAY, items: ['tax 税率与开票'], outcomes: OPINION })] },
    ],
    flows: `
      wanted -> draft
      draft -> merge
      merge -> fork
      fork -> business
      fork -> legal
      fork -> finance
      business -> join
      legal -> join
      finance -> join
      join -> conclude
      conclude -> concluded
      concluded -> sign 同意 default
      concluded -> revise 退回 [outcome = "return"]
      concluded -> dropped 不签 [outcome = "reject"]
      revise -> merge
      sign -> signed`,
  },
  {
    id: 'investment', name: '新投资', category: '项目', about: '新投资项目：立项、可行性研究、三方评估、投委会决策、实施、投后评价；决策超时提醒本部。',
    lanes: [
      { id: 'lane-sponsor', name: '发起部门', role: 'regionManager', nodes: [
        start('idea', '投资意向'),
        task('propose', '立项申请', { assign: 'completer', standard: 3 * DAY, fields: ['amount 投资额 required', 'return 预期回报(%) required', 'period 回收期 required'], outcomes: [{ id: 'submit', label: '提交立项' }] }),
        task('study', '可行性研究', { assign: 'previous:propose', standard: { minutes: 20 * DAY, remind: '6750', pauseReasons: '待资料' }, items: ['market 市场分析', 'technology 技术方案', 'risk 风险与对策'], outcomes: [{ id: 'done', label: '提交报告' }] }),
        task('implement', '实施', { assign: 'previous:propose', standard: { minutes: 60 * DAY, pauseReasons: '待资金' }, items: ['milestones 里程碑按月报告'], outcomes: [{ id: 'done', label: '投产' }] }),
        task('evaluate', '投后评价', { assign: 'previous:propose', standard: 10 * DAY, fields: ['actualReturn 实际回报(%) required'], items: ['lessons 经验教训'], outcomes: [{ id: 'done', label: '完成评价' }] }),
        end('closed', '项目结束'),
      ] },
      { id: 'lane-hq', name: '本部', role: 'hq', nodes: [
        and('assess'), task('strategy', '战略评估', { standard: 5 * DAY, outcomes: [{ id: 'done', label: '已评估' }] }), and('assessed'),
        task('decide', '投委会决策', { standard: { minutes: 10 * DAY, remind: '2250' }, items: ['quorum 到会人数有效', 'minutes 会议纪要已签'], outcomes: [AGREE, RETURN, REJECT] }),
        timer('slow', '十天未决', 'decide', 'P10D', { clock: 'business' }), task('remind', '催开投委会', { standard: DAY, outcomes: [{ id: 'done', label: '已安排' }] }), end('reminded', '已催办'),
        xor('decided', '决策'), end('rejected', '不投'),
      ] },
      { id: 'lane-finance', name: '财务', role: 'finance', nodes: [task('finance', '财务评估', { standard: 5 * DAY, fields: ['npv 净现值 required'], items: ['funding 资金来源'], outcomes: [{ id: 'done', label: '已评估' }] })] },
      { id: 'lane-legal', name: '法务', role: 'legal', nodes: [task('legal', '法律评估', { standard: 5 * DAY, items: ['compliance 合规', 'contract 合同与股权'], outcomes: [{ id: 'done', label: '已评估' }] })] },
    ],
    flows: `
      idea -> propose
      propose -> study
      study -> assess
      assess -> strategy
      assess -> finance
      assess -> legal
      strategy -> assessed
      finance -> assessed
      legal -> assessed
      assessed -> decide
      decide -> decided
      decided -> implement 同意 default
      decided -> study 补充研究 [outcome = "return"]
      decided -> rejected 不投 [outcome = "reject"]
      slow -> remind
      remind -> reminded
      implement -> evaluate
      evaluate -> closed`,
  },
]

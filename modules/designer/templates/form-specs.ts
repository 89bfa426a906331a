import { AGREE, DAY, REJECT, and, end, start, task, timer, xor, type Outcome, type TemplateSpec } from './spec.ts'

/** What an applicant does with their form: hand it in, or give it up. What is sent back comes to them again. */
const HAND_IN: Outcome[] = [{ id: 'submit', label: '提交' }, { id: 'drop', label: '作废', danger: true, confirm: '作废后不能恢复，确定作废？' }]
const BACK = '退回的单子改好后重新提交，不再需要的可以作废。'
const YES_NO: Outcome[] = [AGREE, REJECT]
/** The form that the process runs on; its record shows the stage. */
const on = (entity: string) => ({ entity, stageField: 'stage' })
/** Every form process ends in one of the stages that the forms have. */
const ended = { approved: (id: string, name: string) => end(id, name, 'approved'), rejected: end('rejected', '已驳回', 'rejected'), dropped: end('dropped', '已作废', 'dropped') }

/** Applications inside the company, each on its form: begun from the form, decided by approvals. */
export const FORMS: TemplateSpec[] = [
  {
    id: 'leave', name: '请假', category: '管理', about: '员工请假：上级审批，超过三天再经人事；退回后修改重报，销假后办结。', binding: on('leaveRequest'),
    lanes: [
      { id: 'lane-applicant', name: '申请人', nodes: [
        start('asked', '申请'),
        task('apply', '填写请假单', { assign: 'completer', stage: 'apply', standard: 60, guide: `病假附诊断证明；年假至少提前三天。${BACK}`, fields: ['kind 假别 required @submit', 'startsOn 开始 required @submit', 'endsOn 结束 required @submit', 'days 天数 required @submit', 'reason 事由 required @submit', 'handover 工作交接'], outcomes: HAND_IN }),
        xor('handed-in', '提交？'), ended.dropped,
        task('return', '销假', { assign: 'previous:apply', stage: 'approved', standard: { minutes: DAY, pauseReasons: '休假中' }, fields: ['startsOn 开始', 'endsOn 结束', 'days 天数'], items: ['back 已返岗，实际天数与单上一致'], outcomes: [{ id: 'done', label: '已返岗' }] }),
        ended.approved('closed', '办结'),
      ] },
      { id: 'lane-manager', name: '上级', nodes: [
        task('approve', '上级审批', { stage: 'manager', approval: { who: 'starter.manager' }, standard: { minutes: DAY, remind: '240' }, fields: ['days 天数 readonly', 'reason 事由 readonly'], items: ['cover 已安排代班 @agree'], outcomes: YES_NO }),
        xor('decided', '上级意见'), xor('long', '超过三天？'), ended.rejected,
      ] },
      { id: 'lane-hr', name: '人事', nodes: [task('hr', '人事审批', { stage: 'hr', approval: { who: 'role:hr' }, standard: DAY, fields: ['days 天数 readonly'], items: ['balance 假期余额足够 @agree'], outcomes: YES_NO }), xor('hr-decided', '人事意见')] },
    ],
    flows: `
      asked -> apply
      apply -> handed-in
      handed-in -> approve 提交 default
      handed-in -> dropped 作废 [outcome = "drop"]
      approve -> decided
      decided -> long 同意 default
      decided -> rejected 驳回 [outcome = "reject"]
      long -> return 不超过 default
      long -> hr 超过 [days > 3]
      hr -> hr-decided
      hr-decided -> return 同意 default
      hr-decided -> rejected 驳回 [outcome = "reject"]
      return -> closed`,
  },
  {
    id: 'expense', name: '费用', category: '管理', about: '费用报销：上级审批、财务审核、五千元以上经总监、财务付款。', binding: on('expenseClaim'),
    lanes: [
      { id: 'lane-applicant', name: '报销人', nodes: [
        start('spent', '报销'),
        task('apply', '填写报销单', { assign: 'completer', stage: 'apply', standard: DAY, guide: `发票拍照上传为附件。${BACK}`, fields: ['title 事由 required @submit', 'kind 费用类别 required @submit', 'amount 金额 required @submit', 'account 收款账户'], outcomes: HAND_IN }),
        xor('handed-in', '提交？'), ended.dropped,
      ] },
      { id: 'lane-manager', name: '上级', nodes: [task('approve', '上级审批', { stage: 'manager', approval: { who: 'starter.manager' }, standard: DAY, fields: ['amount 金额 readonly'], outcomes: YES_NO }), xor('decided', '上级意见'), ended.rejected] },
      { id: 'lane-finance', name: '财务', nodes: [
        task('audit', '财务审核', { stage: 'finance', approval: { who: 'role:finance' }, standard: DAY, fields: ['amount 金额 readonly'], items: ['genuine 发票查验为真 @agree', 'budget 在预算内 @agree', 'policy 符合报销标准 @agree'], outcomes: YES_NO }), xor('audited', '审核结果'), xor('large', '五千以上？'),
        task('pay', '付款', { stage: 'finance', approval: { who: 'role:finance' }, standard: { minutes: 2 * DAY, pauseReasons: '待资金' }, fields: ['account 收款账户 readonly'], items: ['receipt 回单已上传 @paid'], outcomes: [{ id: 'paid', label: '已付款' }, { id: 'unpaid', label: '付不出', danger: true, comment: true }] }), xor('settled', '付了？'), ended.approved('paid', '已付款'),
      ] },
      { id: 'lane-director', name: '总监', nodes: [task('director', '总监审批', { stage: 'director', approval: { who: 'role:director' }, standard: DAY, fields: ['amount 金额 readonly'], outcomes: YES_NO }), xor('director-decided', '总监意见')] },
    ],
    flows: `
      spent -> apply
      apply -> handed-in
      handed-in -> approve 提交 default
      handed-in -> dropped 作废 [outcome = "drop"]
      approve -> decided
      decided -> audit 同意 default
      decided -> rejected 驳回 [outcome = "reject"]
      audit -> audited
      audited -> large 通过 default
      audited -> rejected 不合规 [outcome = "reject"]
      large -> pay 不到 default
      large -> director 达到 [amount >= 5000]
      director -> director-decided
      director-decided -> pay 同意 default
      director-decided -> rejected 驳回 [outcome = "reject"]
      pay -> settled
      settled -> paid 已付 default
      settled -> rejected 未付 [outcome = "unpaid"]`,
  },
  {
    id: 'travel', name: '出差', category: '管理', about: '出差申请与审批，预算一万元以上经总监；同意后本人订票、写报告，财务核销。', binding: on('tripRequest'),
    lanes: [
      { id: 'lane-applicant', name: '出差人', nodes: [
        start('needed', '申请'),
        task('apply', '填写出差申请', { assign: 'completer', stage: 'apply', standard: 60, guide: BACK, fields: ['destination 地点 required @submit', 'startsOn 出发 required @submit', 'endsOn 返回 required @submit', 'purpose 事由 required @submit', 'budget 预算 required @submit', 'transport 交通'], outcomes: HAND_IN }),
        xor('handed-in', '提交？'), ended.dropped,
        xor('granted', ''), and('prepare'), task('book', '订票订房', { assign: 'previous:apply', stage: 'approved', standard: 240, items: ['rules 符合差旅标准'], outcomes: [{ id: 'done', label: '已订' }] }),
        task('advance', '借款', { assign: 'previous:apply', stage: 'approved', standard: DAY, outcomes: [{ id: 'done', label: '已办' }, { id: 'none', label: '不用借款' }] }), and('ready'),
        task('report', '出差报告', { assign: 'previous:apply', stage: 'approved', standard: { minutes: 3 * DAY, pauseReasons: '出差中' }, items: ['attached 报告已上传', 'shared 已与相关同事分享'], outcomes: [{ id: 'done', label: '提交报告' }] }),
      ] },
      { id: 'lane-manager', name: '上级', nodes: [task('approve', '上级审批', { stage: 'manager', approval: { who: 'starter.manager' }, standard: DAY, fields: ['budget 预算 readonly'], outcomes: YES_NO }), xor('decided', '上级意见'), xor('large', '一万以上？'), ended.rejected] },
      { id: 'lane-director', name: '总监', nodes: [task('director', '总监审批', { stage: 'director', approval: { who: 'role:director' }, standard: DAY, outcomes: YES_NO }), xor('director-decided', '总监意见')] },
      { id: 'lane-finance', name: '财务', nodes: [task('settle', '核销', { stage: 'finance', approval: { who: 'role:finance' }, standard: 2 * DAY, items: ['invoices 票据齐全 @settled'], outcomes: [{ id: 'settled', label: '已核销' }, { id: 'refused', label: '不予核销', danger: true, comment: true }] }), xor('settled-decided', '核销？'), ended.approved('settled', '办结')] },
    ],
    flows: `
      needed -> apply
      apply -> handed-in
      handed-in -> approve 提交 default
      handed-in -> dropped 作废 [outcome = "drop"]
      approve -> decided
      decided -> large 同意 default
      decided -> rejected 驳回 [outcome = "reject"]
      large -> granted 不到 default
      large -> director 达到 [budget >= 10000]
      director -> director-decided
      director-decided -> granted 同意 default
      director-decided -> rejected 驳回 [outcome = "reject"]
      granted -> prepare
      prepare -> book
      prepare -> advance
      book -> ready
      advance -> ready
      ready -> report
      report -> settle
      settle -> settled-decided
      settled-decided -> settled 核销 default
      settled-decided -> rejected 不予 [outcome = "refused"]`,
  },
  {
    id: 'purchase', name: '采购', category: '供应', about: '采购：申请、上级审批、五千元以上总监与财务会签、采购下单、申请人验收。', binding: on('purchaseRequest'),
    lanes: [
      { id: 'lane-asker', name: '申请人', nodes: [
        start('needed', '需要'),
        task('apply', '采购申请', { assign: 'completer', stage: 'apply', standard: 60, guide: `先查库存，库里有的不买。${BACK}`, fields: ['goods 物品 required @submit', 'quantity 数量 required @submit', 'amount 预计金额 required @submit', 'neededOn 需用日期 required @submit', 'reason 用途 required @submit', 'supplier 建议供应商'], outcomes: HAND_IN }),
        xor('handed-in', '提交？'), ended.dropped,
        task('receive', '验收', { assign: 'previous:apply', stage: 'buy', standard: 240, items: ['counted 数量相符 @accept', 'checked 质量合格 @accept'], outcomes: [{ id: 'accept', label: '合格' }, { id: 'refuse', label: '不合格', comment: true }] }), xor('accepted', '合格？'), ended.approved('closed', '办结'),
      ] },
      { id: 'lane-manager', name: '上级', nodes: [task('approve', '上级审批', { stage: 'manager', approval: { who: 'starter.manager' }, standard: DAY, fields: ['amount 预计金额 readonly'], outcomes: YES_NO }), xor('decided', '上级意见'), xor('large', '五千以上？'), ended.rejected] },
      { id: 'lane-review', name: '会签', nodes: [task('review', '总监与财务会签', { stage: 'review', approval: { who: 'role:director,role:finance', mode: 'all' }, standard: 2 * DAY, fields: ['amount 预计金额 readonly'], outcomes: YES_NO }), xor('reviewed', '会签结果')] },
      { id: 'lane-buyer', name: '采购', nodes: [
        task('order', '询价下单', { stage: 'buy', approval: { who: 'role:purchaser' }, standard: { minutes: 5 * DAY, pauseReasons: '待供应商', remind: '1350' }, fields: ['orderNo 采购单号 required @ordered'], items: ['three 至少三家报价 @ordered', 'qualified 供应商合格 @ordered'], outcomes: [{ id: 'ordered', label: '已到货' }, { id: 'unavailable', label: '买不到', danger: true, comment: true }] }), xor('bought', '买到？'),
      ] },
    ],
    flows: `
      needed -> apply
      apply -> handed-in
      handed-in -> approve 提交 default
      handed-in -> dropped 作废 [outcome = "drop"]
      approve -> decided
      decided -> large 同意 default
      decided -> rejected 驳回 [outcome = "reject"]
      large -> order 不到 default
      large -> review 达到 [amount >= 5000]
      review -> reviewed
      reviewed -> order 同意 default
      reviewed -> rejected 驳回 [outcome = "reject"]
      order -> bought
      bought -> receive 到货 default
      bought -> rejected 买不到 [outcome = "unavailable"]
      receive -> accepted
      accepted -> closed 合格 default
      accepted -> order 退换 [outcome = "refuse"]`,
  },
  {
    id: 'contract-review', name: '合同审批', category: '管理', about: '合同起草后上级先审，法务与财务会签；三天未签完提醒起草人，会签通过后签署归档，退回后修改再审。', binding: on('contractApproval'),
    lanes: [
      { id: 'lane-drafter', name: '起草人', nodes: [
        start('wanted', '起草'),
        task('draft', '起草合同', { assign: 'completer', stage: 'apply', standard: { minutes: 2 * DAY, pauseReasons: '待对方' }, guide: `使用公司范本，合同正文上传为附件。${BACK}`, fields: ['title 合同名称 required @submit', 'partner 对方 required @submit', 'amount 金额 required @submit', 'startsOn 生效 required @submit', 'endsOn 到期', 'summary 要点'], outcomes: HAND_IN }),
        xor('handed-in', '送审？'), ended.dropped,
        task('ask', '催会签', { assign: 'previous:draft', stage: 'review', standard: 240, items: ['called 已当面或电话说明'], outcomes: [{ id: 'done', label: '已催' }] }), end('asked-again', '已催', 'review'),
        task('sign', '签署归档', { assign: 'previous:draft', stage: 'approved', standard: { minutes: 3 * DAY, pauseReasons: '待对方' }, items: ['seal 双方盖章', 'archived 原件已归档'], outcomes: [{ id: 'done', label: '已归档' }] }),
        ended.approved('signed', '已签署'),
      ] },
      { id: 'lane-manager', name: '上级', nodes: [task('approve', '上级审批', { stage: 'manager', approval: { who: 'starter.manager' }, standard: DAY, items: ['price 价格与付款条件 @agree'], outcomes: YES_NO }), xor('decided', '上级意见'), ended.rejected] },
      { id: 'lane-review', name: '法务与财务', nodes: [
        task('review', '法务财务会签', { stage: 'review', approval: { who: 'role:legal,role:finance', mode: 'all' }, standard: 2 * DAY, items: ['terms 违约、争议、税率条款已看 @agree'], outcomes: YES_NO }), timer('slow', '三天未签完', 'review', 'P3D', { clock: 'business' }), xor('reviewed', '会签结果'),
      ] },
    ],
    flows: `
      wanted -> draft
      draft -> handed-in
      handed-in -> approve 送审 default
      handed-in -> dropped 作废 [outcome = "drop"]
      approve -> decided
      decided -> review 同意 default
      decided -> rejected 驳回 [outcome = "reject"]
      slow -> ask
      ask -> asked-again
      review -> reviewed
      reviewed -> sign 同意 default
      reviewed -> rejected 不签 [outcome = "reject"]
      sign -> signed`,
  },
  {
    id: 'access-change', name: '权限变更', category: '管理', about: '申请开通或变更系统权限：上级与人事会签，一方驳回即结束；管理员执行，本人验证。', binding: on('permissionChange'),
    lanes: [
      { id: 'lane-applicant', name: '申请人', nodes: [
        start('asked', '申请'),
        task('apply', '填写申请', { assign: 'completer', stage: 'apply', standard: 60, guide: `只申请工作必需的权限。${BACK}`, fields: ['kind 类别 required @submit', 'forWhom 账号或姓名 required @submit', 'wanted 角色与权限 required @submit', 'until 有效期至', 'reason 理由 required @submit'], outcomes: HAND_IN }),
        xor('handed-in', '提交？'), ended.dropped,
        task('verify', '本人验证', { assign: 'previous:apply', stage: 'admin', standard: DAY, outcomes: [{ id: 'right', label: '权限正确' }, { id: 'wrong', label: '不对', comment: true }] }),
        xor('right', '正确？'), ended.approved('opened', '已开通'),
      ] },
      { id: 'lane-review', name: '上级与人事', nodes: [task('approve', '上级与人事会签', { stage: 'review', approval: { who: 'starter.manager,role:hr', mode: 'all' }, standard: DAY, items: ['conflict 无不相容的职责 @agree', 'personal 个人信息按最小范围 @agree'], outcomes: YES_NO }), xor('approved', '会签结果'), ended.rejected] },
      { id: 'lane-admin', name: '系统管理员', nodes: [task('open', '开通权限', { stage: 'admin', approval: { who: 'role:admin' }, standard: 240, items: ['role 按角色授权，不单独加权 @done', 'expiry 已设到期 @done'], outcomes: [{ id: 'done', label: '已开通' }, { id: 'impossible', label: '不能开通', danger: true, comment: true }] }), xor('given', '开通？')] },
    ],
    flows: `
      asked -> apply
      apply -> handed-in
      handed-in -> approve 提交 default
      handed-in -> dropped 作废 [outcome = "drop"]
      approve -> approved
      approved -> open 同意 default
      approved -> rejected 驳回 [outcome = "reject"]
      open -> given
      given -> verify 已开通 default
      given -> rejected 不能 [outcome = "impossible"]
      verify -> right
      right -> opened 正确 default
      right -> open 不对 [outcome = "wrong"]`,
  },
  {
    id: 'discount', name: '折扣', category: '销售', about: '报价折扣审批：九折以上由上级批，低于九折再经总监；退回后修改再报。', binding: on('discountRequest'),
    lanes: [
      { id: 'lane-sales', name: '申请人', nodes: [
        start('wanted', '申请折扣'),
        task('apply', '填写折扣申请', { assign: 'completer', stage: 'apply', standard: 60, guide: `先核算毛利再申请。${BACK}`, fields: ['customer 客户 required @submit', 'item 项目 required @submit', 'listPrice 原价 required @submit', 'price 申请价 required @submit', 'reason 理由 required @submit'], outcomes: HAND_IN }),
        xor('handed-in', '提交？'), ended.dropped,
      ] },
      { id: 'lane-manager', name: '上级', nodes: [task('approve', '上级审批', { stage: 'manager', approval: { who: 'starter.manager' }, standard: 240, fields: ['percent 折扣率 readonly', 'reason 理由 readonly'], outcomes: YES_NO }), xor('decided', '上级意见'), xor('large', '低于九折？'), ended.approved('granted', '折扣生效')] },
      { id: 'lane-director', name: '总监', nodes: [task('director', '总监审批', { stage: 'director', approval: { who: 'role:director' }, standard: DAY, fields: ['percent 折扣率 readonly'], outcomes: YES_NO }), xor('director-decided', '总监意见'), ended.rejected] },
    ],
    flows: `
      wanted -> apply
      apply -> handed-in
      handed-in -> approve 提交 default
      handed-in -> dropped 作废 [outcome = "drop"]
      approve -> decided
      decided -> large 同意 default
      decided -> rejected 驳回 [outcome = "reject"]
      large -> granted 不低于 default
      large -> director 低于 [percent < 90]
      director -> director-decided
      director-decided -> granted 同意 default
      director-decided -> rejected 驳回 [outcome = "reject"]`,
  },
]

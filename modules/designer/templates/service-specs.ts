import { DAY, end, start, task, timer, xor, type TemplateSpec } from './spec.ts'

const REQUEST = { entity: 'serviceRequest', stageField: 'stage' }

/** Service to customers. */
export const SERVICE: TemplateSpec[] = [
  {
    id: 'repair', name: '维修', category: '服务', about: '到站维修：接待、检验、报价、维修、质检、交机；客户拒修或不同意报价为提前结束。', binding: REQUEST,
    lanes: [
      { id: 'lane-reception', name: '接待', role: 'receptionist', nodes: [
        start('taken', '取号'),
        task('reception', '接待登记', { stage: 'reception', standard: { minutes: 15, pauseReasons: '待客户' }, guide: '先听客户说完，再看机器；当面核对序列号，配件逐件登记。',
          fields: ['customerId 客户 required', 'deviceId 设备 required @inspect', 'faultDescription 故障描述 required'], items: ['appearance 外观检查 @inspect', 'serial 核对序列号 @inspect', 'backup 告知备份数据 @inspect'],
          script: ['! 您好，请问机器遇到了什么问题？', '维修中数据可能丢失，请确认重要数据已经备份。'], outcomes: [{ id: 'inspect', label: '送检' }, { id: 'refuse', label: '拒修', danger: true, comment: true, confirm: '确定拒修？' }] }),
        xor('accepted', '受理？'), end('refused', '拒修', 'refused'),
        task('quote', '报价确认', { stage: 'quote', standard: { minutes: 240, pauseReasons: '待客户', remind: '60,180' }, fields: ['quotedAmount 报价金额 required', 'customerAnswer 客户答复 required'],
          items: ['explain 说明故障、费用和所需时间'], outcomes: [{ id: 'agreed', label: '客户同意' }, { id: 'declined', label: '客户不修', danger: true }] }),
        xor('agreed', '同意？'),
        task('pickup', '通知取机', { stage: 'pickup', standard: { minutes: 3 * DAY, pauseReasons: '待客户', remind: '450' }, items: ['test 当面试机', 'invoice 交付凭证与发票'], script: ['! 机器已修好，请您当面试一下。'], outcomes: [{ id: 'done', label: '已取机' }] }),
        end('returned', '退机', 'returned'), end('collected', '已取机', 'collected'),
      ] },
      { id: 'lane-inspect', name: '检验', role: 'inspector', nodes: [
        task('inspect', '检验', { stage: 'inspect', standard: { minutes: 60, pauseReasons: '待客户' }, guide: '断电拆机、防静电；先复现故障再下结论。', fields: ['faultCode 故障代码 required', 'inspectionResult 检验结论 required'], items: ['reproduced 已复现故障', 'warranty 已查保修'], outcomes: [{ id: 'done', label: '检验完成' }] }),
      ] },
      { id: 'lane-repair', name: '维修', role: 'engineer', nodes: [
        task('repair', '维修', { stage: 'repair', standard: { minutes: 240, pauseReasons: '待件', remind: '180' }, fields: ['repairAction 维修措施 required'], items: ['parts 换下的配件已登记', 'clean 机内除尘'], outcomes: [{ id: 'done', label: '修好送检' }] }),
        timer('repair-late', '超过一天', 'repair', 'P1D', { clock: 'business' }),
      ] },
      { id: 'lane-quality', name: '质检', role: 'qc', nodes: [
        task('quality', '质检', { stage: 'quality', standard: 30, items: ['fault 原故障已消失', 'function 功能全测', 'screws 螺丝齐全、外观完好'], outcomes: [{ id: 'pass', label: '通过' }, { id: 'fail', label: '返修', comment: true }] }),
        xor('passed', '通过？'),
      ] },
      { id: 'lane-manager', name: '站长', role: 'stationManager', nodes: [
        task('chase', '督促维修', { stage: 'repair', standard: 60, items: ['reason 已查明延误原因', 'told 已告知客户新的时间'], outcomes: [{ id: 'done', label: '已处理' }] }),
        end('chased', '已督促', 'repair'),
      ] },
    ],
    flows: `
      taken -> reception
      reception -> accepted
      accepted -> inspect 送检 default
      accepted -> refused 拒修 [outcome = "refuse"]
      inspect -> quote
      quote -> agreed
      agreed -> repair 同意 default
      agreed -> returned 不修 [outcome = "declined"]
      repair -> quality
      quality -> passed
      passed -> pickup 通过 default
      passed -> repair 返修 [outcome = "fail"]
      pickup -> collected
      repair-late -> chase
      chase -> chased`,
  },
  {
    id: 'field-repair', name: '报修', category: '服务', about: '客户报修、上门服务：受理、派工、上门、验收、回访；修不好转送修。', binding: REQUEST,
    lanes: [
      { id: 'lane-agent', name: '热线', role: 'agent', nodes: [
        start('reported', '客户报修'),
        task('accept', '受理登记', { stage: 'waiting', standard: { minutes: 15, clock: 'clock' }, fields: ['customerId 客户 required', 'phone 联系电话 required', 'faultDescription 故障现象 required'], items: ['address 地址与上门时间已核对', 'entitled 已查保修与合同'], script: ['! 请问方便的上门时间是？'], outcomes: [{ id: 'dispatch', label: '派工上门' }, { id: 'solved', label: '电话中解决' }] }),
        xor('remote', '要上门？'),
        task('visit-back', '回访', { stage: 'pickup', standard: DAY, items: ['works 设备使用正常', 'polite 服务态度与着装'], script: ['! 请问这次服务您满意吗？'], outcomes: [{ id: 'content', label: '满意' }, { id: 'discontent', label: '不满意', comment: true }] }),
        xor('satisfied', '满意？'), end('closed', '办结', 'collected'),
      ] },
      { id: 'lane-station', name: '站长', role: 'stationManager', nodes: [
        task('assign', '派工', { stage: 'reception', standard: 30, items: ['skill 技能与备件相符'], outcomes: [{ id: 'done', label: '已派工' }] }),
        task('apologise', '处理不满意', { stage: 'quality', standard: DAY, items: ['called 已亲自致电'], outcomes: [{ id: 'done', label: '已处理' }] }),
      ] },
      { id: 'lane-engineer', name: '工程师', role: 'engineer', nodes: [
        task('onsite', '上门服务', { stage: 'repair', standard: { minutes: 240, pauseReasons: '待客户、待件' }, guide: '提前半小时致电；进门穿鞋套，出示工牌。', fields: ['repairAction 维修措施 required'], items: ['called 出发前已致电', 'tested 客户当面验机', 'signed 客户签字'], script: ['! 您好，我是服务工程师，这是我的工牌。'], outcomes: [{ id: 'fixed', label: '修好' }, { id: 'send', label: '转送修', comment: true }] }),
        xor('fixed', '修好？'), end('sent', '转送修', 'transferred'),
      ] },
    ],
    flows: `
      reported -> accept
      accept -> remote
      remote -> assign 上门 default
      remote -> visit-back 电话解决 [outcome = "solved"]
      assign -> onsite
      onsite -> fixed
      fixed -> visit-back 修好 default
      fixed -> sent 转送修 [outcome = "send"]
      visit-back -> satisfied
      satisfied -> closed 满意 default
      satisfied -> apologise 不满意 [outcome = "discontent"]
      apologise -> closed`,
  },
  {
    id: 'complaint', name: '客户投诉', category: '服务', about: '受理投诉、限时答复、调查、处理、客户确认；答复超时自动报大区。',
    lanes: [
      { id: 'lane-agent', name: '坐席', role: 'agent', nodes: [
        start('received', '收到投诉'),
        task('register', '受理登记', { standard: { minutes: 30, clock: 'clock' }, fields: ['customer 客户 required', 'content 投诉内容 required', 'level 严重程度 required'], items: ['calm 安抚客户并复述诉求', 'promise 告知答复时间'], script: ['! 给您带来不便，非常抱歉，我来帮您记录。'], outcomes: [{ id: 'done', label: '转处理' }] }),
        task('confirm', '客户确认', { standard: { minutes: DAY, pauseReasons: '待客户' }, script: ['! 这个处理结果您能接受吗？'], outcomes: [{ id: 'accepted', label: '客户接受' }, { id: 'refused', label: '不接受', comment: true }] }),
        xor('settled', '接受？'), end('closed', '办结'),
      ] },
      { id: 'lane-manager', name: '责任站长', role: 'stationManager', nodes: [
        task('investigate', '调查', { standard: { minutes: DAY, remind: '240' }, fields: ['cause 原因 required'], items: ['staff 已询问当事员工', 'record 已调取服务记录'], outcomes: [{ id: 'done', label: '查清' }] }),
        timer('late', '一天未答复', 'investigate', 'P1D', { clock: 'business' }),
        task('handle', '处理与答复', { standard: DAY, fields: ['solution 处理办法 required', 'compensation 补偿金额'], items: ['answered 已书面或电话答复客户', 'prevent 已写防再发措施'], outcomes: [{ id: 'done', label: '已答复' }] }),
      ] },
      { id: 'lane-region', name: '大区', role: 'regionManager', nodes: [
        task('urge', '督办', { standard: 240, items: ['reason 已问明原因'], outcomes: [{ id: 'done', label: '已督办' }] }), end('urged', '已督办'),
      ] },
    ],
    flows: `
      received -> register
      register -> investigate
      investigate -> handle
      handle -> confirm
      confirm -> settled
      settled -> closed 接受 default
      settled -> investigate 不接受 [outcome = "refused"]
      late -> urge
      urge -> urged`,
  },
  {
    id: 'opportunity', name: '商机阶段', category: '销售', about: '商机从线索到成交：甄别、需求、方案、报价、谈判；每一阶段都可能丢单，丢单要写原因。',
    lanes: [
      { id: 'lane-sales', name: '销售', role: 'sales', nodes: [
        start('lead', '线索'),
        task('qualify', '甄别', { standard: { minutes: 2 * DAY, remind: '450' }, fields: ['budget 预算 required', 'decider 决策人 required'], items: ['need 有真实需求', 'time 有采购时间'], outcomes: [{ id: 'go', label: '值得跟进' }, { id: 'lost', label: '放弃', danger: true, comment: true }] }),
        xor('qualified', '跟进？'),
        task('need', '需求确认', { standard: { minutes: 5 * DAY, pauseReasons: '待客户' }, fields: ['requirements 需求 required'], items: ['visit 已拜访客户'], outcomes: [{ id: 'go', label: '需求清楚' }] }),
        task('quote', '报价', { standard: { minutes: 2 * DAY, pauseReasons: '待客户' }, fields: ['amount 报价金额 required', 'discount 折扣(%)'], outcomes: [{ id: 'go', label: '已报价' }] }),
        task('negotiate', '谈判', { standard: { minutes: 10 * DAY, pauseReasons: '待客户', remind: '2250' }, fields: ['closing 预计成交日 required'], outcomes: [{ id: 'won', label: '赢单' }, { id: 'again', label: '改方案' }, { id: 'lost', label: '丢单', danger: true, comment: true }] }),
        xor('result', '结果'), end('won', '赢单'), end('lost', '丢单'),
      ] },
      { id: 'lane-presales', name: '售前', role: 'presales', nodes: [task('proposal', '方案', { standard: { minutes: 3 * DAY, pauseReasons: '待客户' }, items: ['reviewed 方案已评审', 'presented 已向客户讲解'], outcomes: [{ id: 'go', label: '方案提交' }] })] },
    ],
    flows: `
      lead -> qualify
      qualify -> qualified
      qualified -> need 跟进 default
      qualified -> lost 放弃 [outcome = "lost"]
      need -> proposal
      proposal -> quote
      quote -> negotiate
      negotiate -> result
      result -> won 赢单 default
      result -> proposal 改方案 [outcome = "again"]
      result -> lost 丢单 [outcome = "lost"]`,
  },
]

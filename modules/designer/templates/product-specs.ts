import { AGREE, DAY, RETURN, and, end, start, task, timer, xor, type TemplateSpec } from './spec.ts'

/** From the customer's wish to what is delivered and looked after. */
export const PRODUCT: TemplateSpec[] = [
  {
    id: 'standard-product', name: '常规产品', category: '销售', about: '常规产品的八步：客户、销售、订单、采购、生产、物流、交付、售后，依次办理。',
    lanes: [
      { id: 'lane-sales', name: '销售', role: 'sales', nodes: [
        start('asked', '客户询价'),
        task('customer', '客户', { standard: 240, guide: '先查是否老客户，再建档。', fields: ['customer 客户 required', 'contact 联系人 required', 'need 需求 required'], items: ['credit 信用已查', 'duplicate 无重复客户'], outcomes: [{ id: 'done', label: '已建档' }] }),
        task('sale', '销售', { standard: { minutes: 3 * DAY, pauseReasons: '待客户' }, fields: ['amount 报价金额 required', 'closing 预计成交日'], items: ['quoted 报价单已发'], script: ['! 请问您最看重价格、交期还是服务？'], outcomes: [{ id: 'won', label: '成交' }, { id: 'lost', label: '未成交', danger: true, comment: true }] }),
        xor('won', '成交？'), end('lost', '未成交'),
        task('order', '订单', { standard: 240, fields: ['orderNo 订单号 required', 'dueDate 交期 required'], items: ['contract 合同已盖章', 'deposit 定金已到'], outcomes: [{ id: 'done', label: '已下单' }] }),
      ] },
      { id: 'lane-buyer', name: '采购', role: 'purchaser', nodes: [task('purchase', '采购', { standard: { minutes: 5 * DAY, pauseReasons: '待供应商', remind: '1350' }, items: ['kit 物料齐套'], outcomes: [{ id: 'done', label: '齐套' }] })] },
      { id: 'lane-plant', name: '生产', role: 'production', nodes: [
        task('produce', '生产', { standard: { minutes: 5 * DAY, pauseReasons: '待料', remind: '1800' }, items: ['inspected 出厂检验合格'], outcomes: [{ id: 'done', label: '完工' }] }),
      ] },
      { id: 'lane-logistics', name: '物流', role: 'storekeeper', nodes: [
        task('ship', '物流', { standard: { minutes: 2 * DAY, pauseReasons: '待车' }, fields: ['waybill 运单号 required'], items: ['packed 包装完好', 'told 已通知客户到货时间'], outcomes: [{ id: 'done', label: '已到货' }] }),
      ] },
      { id: 'lane-service', name: '服务', role: 'engineer', nodes: [
        task('deliver', '交付', { standard: { minutes: DAY, pauseReasons: '待客户' }, items: ['installed 安装调试', 'trained 已培训用户', 'signed 客户签收'], outcomes: [{ id: 'done', label: '已验收' }] }),
        task('aftersale', '售后', { standard: { minutes: 5 * DAY, pauseReasons: '待客户' }, items: ['called 一周内回访', 'card 保修卡已登记'], script: ['! 产品使用得还顺利吗？'], outcomes: [{ id: 'done', label: '转入保修' }] }),
        end('closed', '办结'),
      ] },
    ],
    flows: `
      asked -> customer
      customer -> sale
      sale -> won
      won -> order 成交 default
      won -> lost 未成交 [outcome = "lost"]
      order -> purchase
      purchase -> produce
      produce -> ship
      ship -> deliver
      deliver -> aftersale
      aftersale -> closed`,
  },
  {
    id: 'new-product', name: '新产品开发', category: '项目', about: '新产品分阶段开发：概念、立项评审、设计与工艺并行、样机、试产、上市；每道评审可退回。',
    lanes: [
      { id: 'lane-product', name: '产品', role: 'product', nodes: [
        start('idea', '产品设想'),
        task('concept', '概念与需求', { assign: 'completer', standard: 10 * DAY, fields: ['market 目标市场 required', 'price 目标价 required', 'volume 预计销量 required'], items: ['voice 客户访谈不少于五家'], outcomes: [{ id: 'submit', label: '送立项评审' }] }),
        task('launch', '上市', { standard: 10 * DAY, items: ['manual 说明书与包装', 'trained 销售与服务已培训', 'parts 备件已备'], outcomes: [{ id: 'done', label: '已上市' }] }), end('launched', '已上市'),
      ] },
      { id: 'lane-hq', name: '评审', role: 'hq', nodes: [
        task('gate', '立项评审', { standard: 3 * DAY, items: ['case 投入产出合理'], outcomes: [AGREE, RETURN, { id: 'stop', label: '终止', danger: true, comment: true }] }), xor('approved', '立项？'), end('stopped', '已终止'),
        task('gate2', '定型评审', { standard: 3 * DAY, items: ['tests 试验全部通过', 'cost 成本达标'], outcomes: [AGREE, RETURN] }), xor('frozen', '定型？'),
      ] },
      { id: 'lane-design', name: '研发', role: 'engineer', nodes: [and('develop'), task('design', '设计', { standard: { minutes: 30 * DAY, remind: '9000' }, items: ['drawings 图纸会签', 'fmea 失效模式分析'], outcomes: [{ id: 'done', label: '设计完成' }] }), and('designed'), task('prototype', '样机试验', { standard: { minutes: 20 * DAY, pauseReasons: '待件' }, items: ['life 寿命试验', 'safety 安全试验'], outcomes: [{ id: 'done', label: '试验完成' }] })] },
      { id: 'lane-plant', name: '工艺', role: 'production', nodes: [task('process', '工艺与供应商', { standard: 20 * DAY, items: ['suppliers 供应商已定点', 'tooling 工装已开'], outcomes: [{ id: 'done', label: '已就绪' }] }), task('pilot', '小批试产', { standard: { minutes: 10 * DAY, pauseReasons: '待料' }, fields: ['yield 直通率(%) required'], outcomes: [{ id: 'done', label: '试产完成' }] })] },
    ],
    flows: `
      idea -> concept
      concept -> gate
      gate -> approved
      approved -> develop 立项 default
      approved -> concept 退回 [outcome = "return"]
      approved -> stopped 终止 [outcome = "stop"]
      develop -> design
      develop -> process
      design -> designed
      process -> designed
      designed -> prototype
      prototype -> gate2
      gate2 -> frozen
      frozen -> pilot 定型 default
      frozen -> prototype 退回 [outcome = "return"]
      pilot -> launch
      launch -> launched`,
  },
  {
    id: 'key-order', name: '重要订单项目', category: '项目', about: '重要订单按项目管理：立项、交底、技术与采购并行、生产、发货验收、回款；生产超期自动报本部。',
    lanes: [
      { id: 'lane-sales', name: '销售', role: 'sales', nodes: [
        start('signed', '重要订单'),
        task('kickoff', '立项交底', { standard: 2 * DAY, fields: ['customer 客户 required', 'amount 金额 required', 'dueDate 交期 required'], items: ['team 项目组已组成', 'plan 里程碑计划', 'risks 风险清单'], outcomes: [{ id: 'done', label: '已交底' }] }),
        task('collect', '回款', { standard: { minutes: 20 * DAY, pauseReasons: '待客户', remind: '4500' }, fields: ['received 已回款 required'], outcomes: [{ id: 'done', label: '款项收齐' }] }), end('closed', '项目结束'),
      ] },
      { id: 'lane-tech', name: '技术', role: 'engineer', nodes: [and('parallel'), task('design', '技术方案', { standard: { minutes: 10 * DAY, pauseReasons: '待客户' }, items: ['confirmed 客户已确认'], outcomes: [{ id: 'done', label: '已确认' }] }), and('ready')] },
      { id: 'lane-buyer', name: '采购', role: 'purchaser', nodes: [task('longlead', '长周期采购', { standard: { minutes: 15 * DAY, pauseReasons: '待供应商', remind: '4500' }, outcomes: [{ id: 'done', label: '已到货' }] })] },
      { id: 'lane-plant', name: '生产', role: 'production', nodes: [
        task('produce', '生产', { standard: { minutes: 15 * DAY, pauseReasons: '待料、待图', remind: '4500' }, items: ['weekly 每周向客户通报'], outcomes: [{ id: 'done', label: '完工' }] }), timer('late', '超过十五天', 'produce', 'P15D', { clock: 'business' }),
        task('accept', '发货验收', { standard: { minutes: 5 * DAY, pauseReasons: '待客户' }, items: ['shipped 货已到现场', 'signed 验收单已签'], outcomes: [{ id: 'passed', label: '验收通过' }, { id: 'rework', label: '整改', comment: true }] }), xor('passed', '通过？'),
      ] },
      { id: 'lane-hq', name: '本部', role: 'hq', nodes: [task('rescue', '协调赶工', { standard: DAY, items: ['resources 已调配资源', 'told 已告知客户'], outcomes: [{ id: 'done', label: '已协调' }] }), end('rescued', '已协调')] },
    ],
    flows: `
      signed -> kickoff
      kickoff -> parallel
      parallel -> design
      parallel -> longlead
      design -> ready
      longlead -> ready
      ready -> produce
      produce -> accept
      accept -> passed
      passed -> collect 通过 default
      passed -> produce 整改 [outcome = "rework"]
      late -> rescue
      rescue -> rescued
      collect -> closed`,
  },
]

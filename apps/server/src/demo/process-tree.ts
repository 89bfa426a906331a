/**
 * The demo company's work taken apart, an invented but ordinary one. One line a node: two blanks a level, `code name`, then what is prepared,
 * whom one talks to, what the system supports, what is fed back, separated by bars; `!` begins a must-do item after, `?` one before.
 */
const LINES = `
MK 市场营销 | 市场数据、竞品资料 | 销售、服务站 | 客户与请求统计 | 活动效果与线索数
  MK-1 市场调查 | 调查提纲、样本名单 | 老客户、站长 | 客户列表按地区与等级筛选 | 调查小结交本部
    MK-1-1 定题目与样本 | 上季报表 | 本部负责人 | 报表 | 样本名单
    MK-1-2 走访与电话调查 | 提纲、名片 | 客户使用人 | 客户页、联系记录 | 访谈记录
    MK-1-3 汇总与结论 | 访谈记录 | 销售 | 导出到表格 | 三条结论
  MK-2 推广活动 | 方案、预算 | 门店、渠道 | 日历、审批 | 到场人数、线索
    MK-2-1 方案与预算审批 | 预算表 | 财务 | 审批 | 批复意见
    MK-2-2 现场执行 | 物料清单 | 站长 | 任务 | 照片与人数
  MK-3 线索管理 | 线索来源表 | 销售 | 客户来源字段 | 转化率
    MK-3-1 登记与查重 | 联系方式 | 坐席 | 搜索与查重 | 有效线索数
    MK-3-2 分派销售 | 地区分工 | 销售负责人 | 负责人字段 | 当天首次联系
XS 销售 | 产品资料、报价单 | 客户采购与使用人 | 客户、拜访、合同审批 | 成交与丢单原因
  XS-1 客户拜访 ? 看上次拜访的反馈 ? 约好时间与参加人 ! 当天写拜访反馈 | 客户档案、样机 | 决策人与使用人 | 客户拜访 | 拜访反馈
    XS-1-1 拜访计划 | 客户档案 | 客户联系人 | 客户拜访 | 计划时间
    XS-1-2 当面拜访 | 样机、资料 | 决策人 | 手机页面 | 需求与顾虑
    XS-1-3 拜访反馈 | 拜访笔记 | 销售负责人 | 客户拜访 | 下一步
  XS-2 报价与谈判 ? 查清客户信用 | 成本、折扣政策 | 采购负责人 | 决策表、折扣申请 | 报价结果
    XS-2-1 出报价单 | 价目表 | 客户采购 | 报价模板 | 客户答复
    XS-2-2 折扣申请 | 毛利测算 | 站长、总监 | 折扣审批 | 批复
  XS-3 签约 | 合同文本 | 客户法务 | 合同审批 | 盖章合同
    XS-3-1 合同审批 | 合同与附件 | 法务、财务 | 合同审批 | 审批意见
    XS-3-2 盖章归档 | 盖章合同 | 行政 | 附件 | 归档号
DD 订单 | 合同、交期 | 采购、生产、物流 | 请求与任务 | 交期承诺
  DD-1 订单评审 | 合同、产能 | 采购、生产 | 任务 | 评审结论
    DD-1-1 核对配置与价格 | 合同 | 销售 | 附件 | 差异单
    DD-1-2 确认交期 | 产能与库存 | 采购、生产 | 日历 | 交期
  DD-2 订单下达 | 评审结论 | 生产、物流 | 任务 | 已接单
    DD-2-1 录入订单 | 订单资料 | 销售助理 | 列表与导入 | 订单号
    DD-2-2 通知各岗位 | 订单号 | 各岗位 | 任务提醒 | 接单确认
  DD-3 变更与取消 | 变更申请 | 客户、生产 | 审批 | 变更结果
    DD-3-1 评估影响 | 在制状态 | 生产 | 任务 | 费用与交期
    DD-3-2 客户确认 | 影响说明 | 客户 | 联系记录 | 书面确认
CG 采购供应 | 物料需求、供应商名单 | 供应商、库管 | 采购申请 | 到货与质量
  CG-1 供应商管理 | 资质、样件 | 供应商 | 附件 | 评分
    CG-1-1 准入评审 | 资质文件 | 质检 | 审批 | 评审结论
    CG-1-2 季度评分 | 到货记录 | 采购 | 报表 | 评分与改进
  CG-2 采购执行 | 采购申请 | 供应商 | 采购审批 | 到货日期
    CG-2-1 询价比价 | 三家报价 | 供应商 | 附件 | 比价表
    CG-2-2 下单跟催 | 订单 | 供应商 | 任务与催办 | 到货确认
  CG-3 到货检验 | 检验标准 | 质检、库管 | 检查单 | 合格率
    CG-3-1 数量与外观 | 送货单 | 库管 | 检查单 | 差异
    CG-3-2 抽检入库 | 抽样表 | 质检 | 检查单 | 入库数
SC 生产 | 工艺、物料 | 班组、质检 | 任务、时限 | 产量与不良
  SC-1 生产准备 | 工艺卡、工装 | 班组长 | 检查单 | 首件确认
    SC-1-1 领料 | 领料单 | 库管 | 任务 | 齐套
    SC-1-2 首件检验 | 首件 | 质检 | 检查单 | 首件结论
  SC-2 生产执行 | 工单 | 班组 | 任务与时限 | 日产量
    SC-2-1 工序流转 | 工序卡 | 上下工序 | 看板 | 工序进度
    SC-2-2 异常处理 | 异常单 | 班组长 | 报警 | 处理结果
  SC-3 成品检验 | 检验规范 | 质检 | 检查单 | 合格率
    SC-3-1 功能测试 | 测试程序 | 质检 | 检查单 | 测试记录
    SC-3-2 包装入库 | 包装规范 | 库管 | 检查单 | 入库数
WL 物流交付 | 发货单、运力 | 承运人、客户 | 任务 | 到货签收
  WL-1 发运 | 发货单 | 承运人 | 任务 | 运单号
    WL-1-1 装车核对 | 装箱单 | 库管 | 检查单 | 照片
    WL-1-2 在途跟踪 | 运单号 | 承运人 | 提醒 | 预计到达
  WL-2 交付安装 | 安装资料 | 客户使用人 | 检查单 | 验收单
    WL-2-1 开箱安装 | 工具、说明书 | 使用人 | 检查单 | 安装照片
    WL-2-2 培训与验收 | 培训资料 | 使用人、负责人 | 附件 | 签字验收
FW 服务 | 备件、检测台 | 客户、各岗位 | 服务请求全程 | 按时率与满意
  FW-1 接待登记 | 登记区、话术 | 客户 | 取号机、前台 | 故障描述
    FW-1-1 取号与接待 @repair/reception | 取号机 | 客户 | 取号机、前台 | 等候时间
    FW-1-2 外观与配件登记 | 检查单 | 客户 | 检查单 | 登记单
  FW-2 检测报价 | 检测台 | 客户、维修 | 任务、时限 | 检验结论
    FW-2-1 检验 @repair/inspect | 检测工具 | 接待 | 任务面板 | 故障代码
    FW-2-2 报价与答复 @repair/quote | 价目表 | 客户 | 报价、通知 | 客户答复
  FW-3 维修质检 | 备件、工具 | 维修、质检 | 任务、看板 | 一次修好率
    FW-3-1 维修 @repair/repair | 备件 | 检验 | 任务面板 | 维修措施
    FW-3-2 质检 @repair/quality | 检验单 | 维修 | 检查单 | 合格与否
  FW-4 交机 @repair/pickup | 取机凭证 | 客户 | 取机提醒 | 当面试机
WH 维护与回访 | 保修卡、回访名单 | 客户 | 保修卡、联系记录 | 问题与商机，交市场营销
  WH-1 回访 ? 看维修记录 ! 问题当天转服务 | 回访名单、话术 | 客户 | 联系记录 | 满意与问题
    WH-1-1 七日回访 | 维修记录 | 客户 | 提醒 | 回访结果
    WH-1-2 投诉处理 | 投诉记录 | 站长 | 报警 | 处理结果
  WH-2 保养与续约 | 保修到期名单 | 客户 | 保修卡 | 续约数
    WH-2-1 到期提醒 | 到期名单 | 客户 | 列表筛选 | 客户意向
    WH-2-2 商机移交营销 | 客户需求 | 市场营销 | 客户来源 | 移交线索数`

export interface PlannedNode { level: number; code: string; name: string; kind: string; next?: string; prepare: string; talkTo: string; support: string; feedback: string; mustBefore?: string; mustAfter?: string; processKey?: string; nodeId?: string }

/** The lines as nodes of a file; the phases in a ring, the last leading to the first. */
export function plannedTree(): PlannedNode[] {
  const nodes = LINES.split('\n').filter(line => line.trim() !== '').map((line): PlannedNode => {
    const level = (line.length - line.trimStart().length) / 2 + 1
    const [head = '', prepare = '', talkTo = '', support = '', feedback = ''] = line.split('|').map(part => part.trim())
    const [, code = '', name = '', linked, must = ''] = /^(\S+) (\S+)(?: @(\S+))?(.*)$/.exec(head) ?? []
    const items = (mark: string): string => [...must.matchAll(/([?!]) ([^?!]+)/g)].filter(m => m[1] === mark).map(m => m[2]!.trim()).join('\n')
    const [processKey, nodeId] = linked?.split('/') ?? []
    return {
      level, code, name, kind: level === 1 ? 'phase' : level === 2 ? 'process' : 'step', prepare, talkTo, support, feedback,
      ...(items('?') ? { mustBefore: items('?') } : {}), ...(items('!') ? { mustAfter: items('!') } : {}), ...(processKey && nodeId ? { processKey, nodeId } : {}),
    }
  })
  const phases = nodes.filter(n => n.level === 1)
  for (const [i, phase] of phases.entries()) phase.next = phases[(i + 1) % phases.length]!.code
  return nodes
}

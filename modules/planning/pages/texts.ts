import { defineTexts } from '@quancheng/ui'

export const tl = defineTexts({
  yearOf: ['{y}年', '{y}'], quarterOf: ['{y}年第{q}季度', 'Q{q} {y}'], monthOf: ['{y}年{m}月', '{y}-{m}'],
  forecast: ['销售预测', 'Forecast'], month: ['月', 'Month'], quarter: ['季', 'Quarter'], year: ['年', 'Year'], previous: ['上一期', 'Before'], next: ['下一期', 'After'],
  byPerson: ['按人', 'By person'], byUnit: ['按板块', 'By block'], byProduct: ['按产品', 'By product'], byMonth: ['按月', 'By month'], who: ['谁', 'Who'], nobody: ['未指定', 'None'], total: ['合计', 'Total'],
  won: ['已赢单', 'Won'], committed: ['承诺（赢率 ≥ 80%）', 'Committed (≥ 80 %)'], best: ['最好情形', 'Best case'], weighted: ['金额 × 赢率', 'Amount × chance'], quantity: ['数量 × 赢率', 'Quantity'], plan: ['计划', 'Plan'], gap: ['缺口', 'Gap'], ahead: ['超出 {n}', '{n} over'],
  noDeals: ['这一期没有预计成交的商机', 'No deals close in this period'], noDealsHint: ['商机的“预计成交日”落在这一期就会出现；也可以翻到下一期。', 'Deals appear in the period in which they are to close.'], toDeals: ['去商机', 'To the deals'],
  overdue: ['有 {n} 个商机的预计成交日已过，没有算进来', '{n} open deals are past their date and not counted'],
  moved: ['预测怎么变的', 'How the forecast moved'], movedNone: ['每周一生成上一周的快照，之后这里能看到变化。', 'A snapshot is taken each Monday.'], movedLabel: ['各周快照里这一期的预测', 'The forecast in each week'], right: ['预测准不准', 'How right it was'], rightHint: ['结束前四周的预测，和后来赢下的比。', 'What was expected four weeks before the end, against what came.'], rightNone: ['还没有结束前四周的快照可比。', 'No snapshot to compare yet.'],
  period: ['期间', 'Period'], week: ['周', 'Week'], expected: ['当时预测', 'Expected'], came: ['实际', 'Came'], accuracy: ['准确率', 'Accuracy'],
  funnel: ['销售漏斗', 'Funnel'], funnelLead: ['一段时间里新建的线索，后来走到了哪一步', 'What became of the leads of a time'], from: ['从', 'From'], to: ['到', 'To'], leads: ['线索', 'Leads'], deals: ['商机', 'Deals'], quotes: ['报价', 'Quotes'], orders: ['订单', 'Orders'], ofBefore: ['转化 {p}%，中位 {d} 天', '{p} %, median {d} days'], ofBeforeNone: ['没有走到下一步的', 'None went on'], noLeads: ['这段时间没有新线索', 'No leads in this time'], noLeadsHint: ['换一段时间，或先登记线索。', 'Choose another time.'],
  targets: ['目标', 'Targets'], newTarget: ['新目标', 'New target'], allMeasures: ['全部指标', 'All'], noTargets: ['{y} 年还没有目标', 'No targets in {y}'], noTargetsHint: ['先给板块定一个全年目标，再分解到季、月和人。', 'Set a target for the year, then divide it.'], dueShare: ['应有 {n}%', '{n} % due'], ofTarget: ['{a} / {b}', '{a} / {b}'],
  divide: ['分解', 'Divide'], divideTitle: ['分解：{n}', 'Divide {n}'], over: ['分到', 'Over'], periods: ['季或月', 'Quarters or months'], units: ['下级单位', 'Units below'], people: ['本单位的人', 'People'], by: ['方法', 'By'], even: ['平均', 'Evenly'], lastYear: ['按去年的份额', 'Last year\'s share'], part: ['部分', 'Part'], lastYearWas: ['去年完成', 'Last year'], amount: ['目标值', 'Target'], make: ['生成 {n} 个目标', 'Make {n}'], made: ['已分解成 {n} 个目标', '{n} targets made'],
  lessPeriods: ['各期相加比它少 {n}', 'The periods make {n} less'], morePeriods: ['各期相加比它多 {n}', 'The periods make {n} more'], lessPeople: ['下级相加比它少 {n}', 'The parts make {n} less'], morePeople: ['下级相加比它多 {n}', 'The parts make {n} more'], green: ['绿', 'Green'], yellow: ['黄', 'Yellow'], red: ['红', 'Red'], edit: ['修改', 'Edit'], cancel: ['取消', 'Cancel'], rows: ['看明细', 'Rows'],
})

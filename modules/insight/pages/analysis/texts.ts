import { defineTexts } from '@quancheng/ui'

export const ta = defineTexts({
  title: ['服务分析', 'Service analysis'], subtitle: ['{from} 至 {to} {basis}的请求', 'requests {basis} {from} to {to}'], ended: ['办结', 'ended'], started: ['取号', 'taken in'], basis: ['按哪个日期', 'By which date'],
  from: ['从', 'From'], to: ['到', 'To'], unit: ['单位', 'Unit'], line: ['产品线', 'Product line'], fault: ['故障类别', 'Fault'], clear: ['去掉“{name}”', 'Remove “{name}”'], file: ['导出', 'Export'], rowsFile: ['导出明细', 'Export rows'],
  requests: ['请求', 'Requests'], p50: ['用时 P50', 'Time P50'], p80: ['用时 P80', 'Time P80'], onTime: ['按时', 'On time'], cameBack: ['返修', 'Came back'], labour: ['工时', 'Labour'], cost: ['合计成本', 'Cost'], perRequest: ['单件成本', 'Cost a request'],
  late: ['超时', 'Late'], hours: ['{n} 小时', '{n} h'], stages: ['环节用时', 'Stage times'], stage: ['环节', 'Stage'], visits: ['次数', 'Visits'], mean: ['平均', 'Mean'], p95: ['P95', 'P95'], share: ['占全部时间', 'Of all time'],
  bottleneck: ['瓶颈：{name}，占全部时间 {share}%', 'Bottleneck: {name}, {share}% of all time'], bottleneckShort: ['瓶颈', 'bottleneck'], customers: ['等客户', 'the customer’s'], own: ['时间按各环节自己的计时（工作时间或自然时间），暂停不算', 'Minutes on each stage’s own clock, pauses out'],
  spread: ['{name}用了多久', 'How long {name} took'], spreadHint: ['点一根柱子看那些请求', 'A bar opens its requests'], spreadLabel: ['{name}：{list}', '{name}: {list}'], upTo: ['{n} 以内', 'up to {n}'], over: ['{n} 以上', 'over {n}'], nTimes: ['{n} 次', '{n}'],
  split: ['分开看', 'Split'], station: ['服务站', 'Station'], product: ['产品线', 'Line'], model: ['型号', 'Model'], person: ['维修人员', 'Engineer'], month: ['月份', 'Month'], none: ['未填', 'None'], longest: ['最耗时', 'Longest'], stageTime: ['{name} P50 / P80', '{name} P50 / P80'], narrow: ['只看{name}', 'Only {name}'], total: ['合计', 'Total'],
  labourCost: ['人工', 'Labour'], partsCost: ['配件', 'Parts'], noRate: ['还没有工时费率，人工成本是 0。', 'There are no labour rates yet: labour costs 0.'], setRates: ['去填写', 'Write them'], unrated: ['有 {n} 小时的工时没有费率，没有计入成本。', '{n} hours have no rate and are not in the cost.'],
  nothing: ['这段时间没有请求', 'No requests in these days'], nothingHint: ['换一段时间，或去掉上面的筛选。', 'Choose other days, or remove a filter.'], rows: ['{n} 个请求', '{n} requests'], rowsFirst: ['{n} 个请求，显示前 {shown} 个', '{n} requests, the first {shown} shown'], more: ['再看 100 个', '100 more'],
  byTime: ['最久的在前', 'Longest first'], byCost: ['最贵的在前', 'Dearest first'], byDate: ['最近的在前', 'Latest first'], openNow: ['还没办结', 'open'], repeatMark: ['后来返修', 'came back'],
})

import { defineTexts } from '@quancheng/ui'

export const tf = defineTexts({
  title: ['满意度', 'Satisfaction'], lead: ['取机后客户用链接评价，每个请求一次', 'Customers answer by the link, once a request'], leadDeal: ['订单交付后客户用链接评价，每单一次；同一客户一个月只请一次', 'Customers answer by the link, once an order'], afterService: ['维修', 'Service'], afterDeal: ['成交', 'Deals'], block: ['按板块', 'By block'], noneHintDeal: ['订单全部交付后，开了“满意度”通知的会请客户评价。', 'Customers are asked when an order was delivered, where notices of surveys are on.'], all: ['全部评价', 'All answers'],
  unit: ['按服务站', 'By station'], person: ['按经办人', 'By person'], product: ['按产品线', 'By product line'], name: ['名称', 'Name'], count: ['评价', 'Answers'], mean: ['平均分', 'Mean'], satisfied: ['满意率（4 分以上）', 'Satisfied (4 or 5)'], spread: ['1 到 5 分各多少', 'From 1 to 5'],
  days30: ['近 30 天', '30 days'], days90: ['近 90 天', '90 days'], ever: ['全部时间', 'Ever'], none: ['还没有评价', 'No answers yet'], noneHint: ['客户取机后打开查询链接就能评价。', 'Customers answer on the tracking page after pick-up.'], points: ['{n} 分', '{n}'],
})

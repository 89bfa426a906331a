import { defineTexts } from '@quancheng/ui'

export const ti = defineTexts({
  intel: ['市场情报', 'Market intelligence'], lead: ['同行的价格和走势，谁在哪里看到的', 'Prices and trends of rivals'], note: ['记一条', 'Write down'], rival: ['竞争对手', 'Competitor'], item: ['产品或服务', 'Item'], otherItem: ['别的', 'Another'], price: ['价格（元）', 'Price'], place: ['地点', 'Place'], trend: ['走势', 'Trend'], up: ['涨', 'Up'], flat: ['平', 'Level'], down: ['跌', 'Down'], save: ['保存', 'Save'], saved: ['已记下', 'Saved'], addRival: ['还没有竞争对手，请负责人先登记', 'No competitors yet'], registerRival: ['登记竞争对手', 'Register'],
  lines: ['价格走势', 'Trend'], entries: ['记录（新的在前）', 'Entries, newest first'], empty: ['还没有情报', 'Nothing yet'], emptyHint: ['在客户那里看到同行的价格，用上面的表单记下来。', 'Write down what rivals ask.'], allPlaces: ['全部地点', 'All places'], from: ['从', 'From'], to: ['到', 'To'], wrongPrice: ['价格填数字，最多两位小数', 'A number with at most two places'], needed: ['请填写', 'Fill this in'], evidence: ['补照片或说明', 'Add proof'],
})

import { defineTexts } from '@quancheng/ui'

export const tp = defineTexts({
  title: ['提成', 'Commission'], person: ['人员', 'Person'], total: ['全年', 'Year'], month: ['{n}月', 'M{n}'], empty: ['这一年还没有提成', 'No commission this year'], emptyHint: ['收到货款、月底计提之后出现在这里', 'It appears here after a month is booked'],
  shares: ['提成分配', 'Commission shares'], divide: ['分配提成', 'Divide'], divided: ['已分配', 'Divided'], allOwner: ['全部归负责人 {n}', 'All for {n}'], noShares: ['没有分配，全部归负责人', 'All for the owner'], addShare: ['加一人', 'Add'], removeShare: ['去掉', 'Remove'], percent: ['比例', 'Percent'], whoMissing: ['请选择人员', 'Choose a person'], percentWrong: ['比例应大于 0，最多两位小数', 'A percent above 0'], twice: ['同一个人只写一行', 'Each person once'], notHundred: ['比例合计要等于 100%', 'Together 100 %'],
  wrongPlan: ['方案“{n}”的分档不对，暂不能计提：{why}', 'The tiers of {n} are wrong, nothing is booked: {why}'], before: ['上一年', 'Year before'], after: ['下一年', 'Next year'], expected: ['进行中的商机可能带来', 'What open deals may bring'], deals: ['商机', 'Deals'], weighted: ['金额 × 赢率', 'Amount × chance'], commission: ['提成', 'Commission'], run: ['计提上个月', 'Book last month'], ran: ['计提了 {n} 笔，共 ¥{sum}', '{n} entries, ¥{sum}'], nothing: ['没有新的可以计提', 'Nothing new'],
})

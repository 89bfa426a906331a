import { defineTexts } from '@quancheng/ui'

export const te = defineTexts({
  expenses: ['营销费用', 'Marketing expenses'], newClaim: ['报一笔费用', 'New claim'], newBudget: ['新预算', 'New budget'], allClaims: ['全部费用单', 'All claims'], previous: ['上一年', 'Year before'], next: ['下一年', 'Next year'],
  budgets: ['预算', 'Budgets'], used: ['已用 {a} / {b}', '{a} of {b} used'], left: ['还剩 {n}', '{n} left'], over: ['超出 {n}', '{n} over'], claims: ['{n} 张单', '{n} claims'], noBudgets: ['{y} 年还没有预算', 'No budgets in {y}'], noBudgetsHint: ['没有预算时，每笔费用都要总监批。', 'Without a budget every claim goes to the director.'],
  returns: ['花的钱带来什么', 'What it brought'], what: ['活动或商机', 'Campaign or deal'], cost: ['费用', 'Cost'], revenue: ['赢单金额', 'Won'], roi: ['回报率', 'ROI'], roiHint: ['（赢单金额 − 费用）÷ 费用，只算批准了的费用。', '(Won − cost) ÷ cost, approved claims only.'], noReturns: ['批准了的、写明活动或商机的费用会出现在这里。', 'Approved claims that name a campaign or a deal appear here.'],
  submit: ['提交', 'Hand in'], submitted: ['已提交', 'Handed in'], submittedOver: ['已提交；超出预算 {n}，还要总监批', 'Handed in; {n} over the budget, the director decides too'], kept: ['单子已存为草稿，没有提交：{why}', 'Kept as a draft: {why}'],
})

import { defineTexts } from '@quancheng/ui'

export const tj = defineTexts({
  map: ['旅程地图', 'Journey map'], mapLead: ['每个触点的次数、评分，与标准差多少', 'How often, how it was judged, how far from the standard'], install: ['装入模板', 'Install a template'], installed: ['已装入', 'Installed'], points: ['{n} 个触点', '{n} points'], setUp: ['设置触点', 'Set up points'],
  none: ['还没有旅程', 'No journey yet'], noneHint: ['装入一个模板，或新建旅程与触点', 'Install a template, or make a journey of your own'], noPoints: ['这个旅程还没有触点', 'This journey has no points yet'], noPointsHint: ['点“设置触点”添加', 'Add them under “Set up points”'],
  ahead30: ['接下来 30 天', 'Next 30 days'], ahead90: ['接下来 90 天', 'Next 90 days'], days30: ['近 30 天', '30 days'], days90: ['近 90 天', '90 days'], days365: ['近一年', 'A year'],
  worst: ['差距最大的五个', 'The five furthest below'], allGood: ['没有低于标准的触点', 'No point is below its standard'], noScores: ['还没有评分', 'No scores yet'], noScoresHint: ['满意度评价、台席评分和渠道上报的评分都会算在这里', 'Survey answers, counter ratings and posted scores count here'],
  point: ['触点', 'Point'], score: ['评分', 'Score'], standard: ['标准', 'Standard'], gap: ['差距', 'Gap'], rated: ['评分次数', 'Scores'], department: ['责任部门', 'Department'], rows: ['记录', 'Records'], times: ['{n} 次', '{n} times'], expectedHere: ['到点名单', 'Expected'],
  legend: ['绿：达到标准　黄：低不到半分　红：低半分以上　灰：没有评分', 'Green: kept · yellow: less than half a point below · red: more · grey: no scores'],
  expected: ['到点名单', 'Expected at a point'], expectedLead: ['快到这个触点的客户，和他们的偏好', 'Who is on the way here, and what they prefer'], occasion: ['哪一趟（如航班与日期、请求号）', 'Occasion'], nobody: ['没有快到这里的客户', 'Nobody is on the way here'], nobodyHint: ['前面的触点有了事件，还没有到这里的客户会列在这里', 'Who was at an earlier point and has not come here'],
  came: ['从“{point}”来，{when}', 'From “{point}”, {when}'], ask: ['问一下：{topics}', 'Ask: {topics}'], arrived: ['到了', 'Here'], arrivedDone: ['已记录“{name}”到了', '“{name}” is here'],
  line: ['旅程', 'Journey'], events: ['{n} 个事件 · {c} 个渠道', '{n} events · {c} channels'], gaps: ['遗漏 {n} 个', '{n} missed'], missed: ['没有：{names}', 'Missed: {names}'], next: ['接下来：{name}', 'Next: {name}'], noLine: ['还没有旅程', 'No journey yet'], noLineHint: ['取号、评价、来电和渠道上报的事件会连成一条线', 'Requests, ratings, calls and posted events will make a line'],
  done: ['有', 'Done'], gapState: ['遗漏', 'Missed'], skipped: ['没有（不一定要有）', 'None (need not be)'], ahead: ['还没到', 'Ahead'],
  care: ['客户关怀', 'Care'], careLead: ['接下来 {n} 天轮到谁；当天早上七点变成负责人的待办', 'Whose turn it is in the next {n} days; each becomes a to-do at seven in the morning'], plans: ['关怀方案', 'Care plans'], newPlan: ['新建方案', 'New plan'], noCare: ['接下来没有要关怀的客户', 'Nobody’s turn'], noCareHint: ['登记客户的生日，或新建一个方案', 'Register birthdays, or make a plan'], noPlans: ['还没有关怀方案', 'No plans yet'], noPlansHint: ['说明什么日子、提前几天、做什么，每天早上七点自动变成待办', 'Say on which day, how long before, and what to do'], askPlans: ['请管理员新建一个方案', 'Ask an administrator for a plan'],
  due: ['待办日', 'Due'], customer: ['客户', 'Customer'], day: ['日子', 'Day'], todo: ['做什么', 'What'], owner: ['交给', 'To'], made: ['已成待办', 'Made'], history: ['关怀记录', 'Records'], more: ['只列出前 200 个', 'The first 200 only'], allPlans: ['全部方案', 'All plans'],
})

import { defineTexts } from '@quancheng/ui'

export const tn = defineTexts({
  evaluation: ['评价', 'Evaluation'], previous: ['上个月', 'Month before'], next: ['下个月', 'Month after'], mine: ['我的', 'Mine'], give: ['人工评分', 'Give a score'], run: ['评这个月', 'Judge this month'], ran: ['评了 {n} 份', '{n} judged'], ranNone: ['没有新的可评', 'Nothing new'],
  empty: ['这个月还没有评价结果', 'No results for this month'], emptyHint: ['每月 1 日早上自动评上个月；先由管理员设好评价表，权重相加是 100。', 'Each month is judged on the first of the next.'], measure: ['指标', 'Measure'], figure: ['数值', 'Figure'], points: ['得分', 'Points'], weight: ['权重', 'Weight'], noFigure: ['没有可算的', 'Nothing to count'], wrongCard: ['评价表“{n}”的权重相加是 {sum}，不是 100，暂不评', 'The weights of {n} make {sum}, not 100: nobody is judged by it'], total: ['总分 {n}', '{n} points'],
})

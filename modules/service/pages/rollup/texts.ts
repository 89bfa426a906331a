import { defineTexts } from '@quancheng/ui'

export const tu = defineTexts({
  title: ['汇总', 'Roll-up'],
  unit: ['单位', 'Unit'],
  open: ['在修', 'Open'],
  late: ['超时', 'Late'],
  warn: ['快超时', 'Due soon'],
  taken: ['今日取号', 'Taken today'],
  ended: ['今日办结', 'Ended today'],
  done: ['今日完成环节', 'Stages today'],
  onTime: ['按时率', 'On time'],
  median: ['30 天中位总时长', 'Median, 30 days'],
  total: ['合计', 'Total'],
  board: ['看板', 'Board'],
  nothingBelow: ['下面没有别的单位', 'There is no unit below'],
  nothingBelowHint: ['这里已经是一个站，可以直接看它的看板。', 'This is a station; see its board.'],
  openBoard: ['打开看板', 'Open the board'],
  at: ['{t} 更新', 'as of {t}'],
  drill: ['看 {name} 的下级', 'Units below {name}'],
  path: ['位置', 'Where'],
  barLabel: ['在修 {open}，其中超时 {late}、快超时 {warn}', '{open} open: {late} late, {warn} due soon'],
  ok: ['正常', 'In time'],
})

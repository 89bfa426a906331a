import { defineTexts } from '@quancheng/ui'

export const tt = defineTexts({
  title: ['站长视图', 'Team'], at: ['{unit} · {t} 更新', '{unit} · as of {t}'], unit: ['单位', 'Unit'], days: ['最近', 'Last'], nDays: ['{n} 天', '{n} days'], targets: ['改目标', 'Targets'], board: ['看板', 'Board'],
  person: ['人员', 'Person'], open: ['在修', 'Open'], late: ['超时', 'Late'], warn: ['快超时', 'Due soon'], paused: ['暂停', 'Paused'], pool: ['无人接手', 'Not taken'], doneToday: ['今日完成', 'Done today'], onTime: ['按时率', 'On time'], history: ['每天完成', 'Done a day'], current: ['正在做', 'Doing'],
  ofTarget: ['目标 {n}', 'target {n}'], most: ['最多 {n}', 'at most {n}'], keptYes: ['达到目标', 'target kept'], keptNo: ['没有达到目标', 'target missed'], noTarget: ['没有目标', 'no target'],
  dayLabel: ['{day}：完成 {done}，超时 {late}', '{day}: {done} done, {late} late'], nobody: ['这个单位没有办理人员', 'Nobody works in this unit'], nobodyHint: ['给员工开账号、分岗位后，会出现在这里。', 'People with an account and a post appear here.'],
  rowsOf: ['{who} · {what}', '{who} · {what}'], all: ['全部人员', 'Everybody'], nothing: ['没有', 'None'], shown: ['共 {n} 个环节', '{n} steps'], shownFirst: ['共 {n} 个环节，显示前 {shown} 个', '{n} steps, the first {shown} shown'], entered: ['进入', 'entered'], done: ['完成', 'done'], doneOf: ['{day} 完成', 'done on {day}'], due: ['应完成 {t}', 'due {t}'], nowhere: ['手上没有', 'nothing in hand'],
})

import { defineTexts } from '@quancheng/ui'

export const ta = defineTexts({
  title: ['报警', 'Alarms'],
  open: ['未解除', 'Open'],
  likely: ['可能超时', 'Likely late'],
  likelyHint: ['还没有超时、按历史很可能来不及的环节：剩下的时限少于同类八成的用时。可能性大的在前。', 'Stages that are not late yet and, by their history, likely will be: less time is left than four in five needed. The likeliest first.'],
  likelyNone: ['没有可能超时的环节', 'Nothing is likely to be late'],
  likelyNoneHint: ['按同类环节的历史推算；办完的同类不到 20 次的环节不推算。', 'Worked out from the history of such stages; with fewer than 20 finished ones nothing is said.'],
  due: ['应在 {t} 前', 'due {t}'],
  first: ['只列出可能性最大的 {n} 件，共 {m} 件', 'The {n} likeliest of {m}'],
  closed: ['已解除', 'Closed'],
  all: ['全部', 'All'],
  none: ['没有未解除的报警', 'No open alarms'],
  noneHint: ['环节超时、无人接手、通知不到客户时，会出现在这里；原因消除后自己解除。', 'Late stages, work nobody took and customers not reached appear here and close themselves.'],
  since: ['已 {d}', 'for {d}'],
  owner: ['责任人', 'Owner'],
  told: ['已通知', 'Told'],
  nobody: ['无人', 'nobody'],
  escalated: ['已升级', 'escalated'],
  go: ['去处理', 'Deal with it'],
})

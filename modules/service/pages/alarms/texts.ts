import { defineTexts } from '@quancheng/ui'

export const ta = defineTexts({
  title: ['报警', 'Alarms'],
  open: ['未解除', 'Open'],
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

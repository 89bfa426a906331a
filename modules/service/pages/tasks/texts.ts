import { defineTexts } from '@quancheng/ui'

export const ti = defineTexts({
  title: ['我的任务', 'My tasks'],
  mine: ['我的', 'Mine'],
  pool: ['待接手', 'To be taken'],
  done: ['已办', 'Done'],
  nothingMine: ['没有等你办的任务', 'Nothing waits for you'],
  nothingMineHint: ['可以到「待接手」里接一件。', 'You can take one under “To be taken”.'],
  nothingPool: ['没有待接手的任务', 'Nothing to be taken'],
  nothingPoolHint: ['你的岗位和单位里，每件事都有人负责。', 'In your posts and units everything has an owner.'],
  nothingDone: ['还没有办完的任务', 'Nothing done yet'],
  claim: ['接手', 'Take'],
  taken: ['已接手', 'Taken'],
  choose: ['在左边选一件任务', 'Choose a task on the left'],
  chooseHint: ['选中后在这里办理，不用离开这一页。', 'It opens here; you need not leave the page.'],
  paused: ['暂停：{why}', 'Paused: {why}'],
  openRecord: ['打开记录', 'Open the record'],
  used: ['用时 {d}', 'took {d}'],
  onTime: ['按时', 'on time'],
  late: ['超时', 'late'],
})

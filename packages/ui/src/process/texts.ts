import { defineTexts } from '../core/i18n.ts'

export const tr = defineTexts({
  diagram: ['流程图', 'Diagram'],
  asList: ['步骤列表', 'Steps as a list'],
  current: ['进行中', 'in progress'],
  done: ['已完成', 'done'],
  planned: ['未到达', 'not reached'],
  fit: ['适合宽度', 'Fit'],
  zoomIn: ['放大', 'Zoom in'],
  zoomOut: ['缩小', 'Zoom out'],
  badDiagram: ['流程图无法显示，请看步骤列表。', 'The diagram cannot be drawn; see the list.'],
  activities: ['活动', 'Activities'],
  paths: ['路径', 'Paths'],
  frequency: ['次数', 'Count'],
  time: ['中位时长', 'Median time'],
  start: ['开始', 'Start'],
  end: ['结束', 'End'],
  mapLabel: ['流程发现图：{nodes} 个活动，{edges} 条路径', 'Discovered process: {nodes} activities, {edges} paths'],
  nothing: ['没有可显示的记录', 'Nothing recorded to show'],
  from: ['从', 'From'],
  to: ['到', 'To'],
})

import { end, start, task, toXml } from './spec.ts'

/** Where an empty process begins: one post with one task between start and end. */
export const blankXml = (key: string, name: string): string => toXml({
  id: key, name, category: '', about: '',
  lanes: [{ id: 'lane-1', name: '岗位一', nodes: [start('start', '开始'), task('task-1', '第一步', { outcomes: [{ id: 'done', label: '完成' }] }), end('end', '结束')] }],
  flows: 'start -> task-1\ntask-1 -> end',
})

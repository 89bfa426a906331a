import type { LogMapping } from './types.ts'

export type LogField = keyof LogMapping

/* Header spellings per field, best first; compared after `plain`. */
const SPELLINGS: Record<LogField, readonly string[]> = {
  case: [
    'case:concept:name', 'case id', 'caseid', 'case', 'trace id', 'process instance id', 'instance id', 'ticket id', 'ticket', 'incident id',
    'order id', 'order no', '案例编号', '案例id', '案例号', '案例', '流程实例', '实例编号', '工单号', '工单编号', '服务单号', '订单号', '订单编号', '合同编号', '申请单号', '单号', '编号',
  ],
  activity: ['concept:name', 'activity', 'activity name', 'task', 'task name', 'step', 'event', '活动', '活动名称', '环节', '环节名称', '步骤', '节点', '节点名称', '任务'],
  timestamp: [
    'time:timestamp', 'complete timestamp', 'completion time', 'end timestamp', 'end time', 'finish time', 'timestamp', 'event time', 'time', 'date',
    '完成时间', '结束时间', '时间戳', '时间', '发生时间', '操作时间', '处理时间', '日期',
  ],
  startTimestamp: ['start timestamp', 'start time', 'time:start', 'begin time', '开始时间'],
  resource: ['org:resource', 'resource', 'user', 'performer', 'agent', 'employee', 'owner', '人员', '处理人', '执行人', '经办人', '操作人', '办理人', '资源', '负责人'],
  lifecycle: ['lifecycle:transition', 'lifecycle', 'transition', 'event type', '生命周期', '事件类型'],
}

/** Which header holds which field; fields not found are absent. `given` wins over recognition. */
export function recogniseColumns(headers: readonly string[], given: LogMapping = {}): LogMapping {
  const byPlain = new Map<string, string>()
  for (const header of headers) {
    const key = plain(header)
    if (key && !byPlain.has(key)) byPlain.set(key, header)
  }
  const mapping: LogMapping = {}
  for (const field of Object.keys(SPELLINGS) as LogField[]) {
    const name = given[field] ?? SPELLINGS[field].map(plain).map(key => byPlain.get(key)).find(found => found !== undefined)
    if (name !== undefined) mapping[field] = name
  }
  return mapping
}

/** How many of the three fields a log cannot do without are there. */
export function essentials(mapping: LogMapping): number {
  return [mapping.case, mapping.activity, mapping.timestamp ?? mapping.startTimestamp].filter(Boolean).length
}

function plain(header: string): string {
  return header.normalize('NFKC').toLowerCase().replace(/[\s_\-."()]/g, '')
}

/** The modeller in Chinese: what bpmn-js says in English → what people read here. `{name}` stays a place for a value. */
const WORDS: Readonly<Record<string, string>> = {
  'Activate hand tool': '移动画布', 'Activate lasso tool': '框选', 'Activate create/remove space tool': '腾出或收紧空间', 'Activate global connect tool': '连线',
  'Create start event': '开始', 'Create end event': '结束', 'Create gateway': '分支', 'Create task': '环节', 'Create group': '分组框', 'Create pool/participant': '泳池', 'Create expanded sub-process': '子流程',
  'Create intermediate/boundary event': '中间事件', 'Create data object reference': '数据对象', 'Create data store reference': '数据存储',
  'Add lane above': '在上方加泳道', 'Add lane below': '在下方加泳道', 'Divide into two lanes': '分成两条泳道', 'Divide into three lanes': '分成三条泳道',
  'Append end event': '接一个结束', 'Append gateway': '接一个分支', 'Append task': '接一个环节', 'Append intermediate/boundary event': '接一个中间事件', 'Append receive task': '接一个接收任务', 'Append compensation activity': '接一个补偿任务',
  'Append timer intermediate catch event': '接一个定时等待', 'Append message intermediate catch event': '接一个等待消息', 'Append signal intermediate catch event': '接一个等待信号', 'Append conditional intermediate catch event': '接一个等待条件',
  'Add text annotation': '加注释', 'Change element': '换成别的元素', 'Connect to other element': '连到别的元素', 'Connect using association': '用虚线连接', 'Connect using data input association': '连接数据', 'Delete': '删除',
  'Align elements': '对齐', 'Align elements left': '左对齐', 'Align elements center': '水平居中', 'Align elements right': '右对齐', 'Align elements top': '上对齐', 'Align elements middle': '垂直居中', 'Align elements bottom': '下对齐',
  'Distribute elements horizontally': '水平等距', 'Distribute elements vertically': '垂直等距', 'Search in diagram': '在图中查找', 'Open {element}': '打开{element}', 'Loop': '循环', 'Parallel multi-instance': '多人同时办', 'Sequential multi-instance': '多人依次办',
  'Participant multiplicity': '多个参与者', 'Collection': '集合', 'Toggle non-interrupting': '打断／不打断', 'Search': '查找', 'Sequence flow': '普通连线', 'Default flow': '默认连线', 'Conditional flow': '带条件的连线',
  'Task': '任务（系统外）', 'User task': '环节（人来办）', 'Service task': '系统办理', 'Send task': '发送任务', 'Receive task': '接收任务', 'Manual task': '手工任务', 'Business rule task': '决策', 'Script task': '脚本任务', 'Call activity': '调用流程',
  'Transaction': '事务', 'Event sub-process': '事件子流程', 'Sub-process': '子流程', 'Sub-process (collapsed)': '子流程（折叠）', 'Sub-process (expanded)': '子流程（展开）', 'Ad-hoc sub-process': '临时子流程', 'Ad-hoc sub-process (collapsed)': '临时子流程（折叠）', 'Ad-hoc sub-process (expanded)': '临时子流程（展开）',
  'Exclusive gateway': '分支（只走一条）', 'Parallel gateway': '并行（同时走）', 'Inclusive gateway': '分支（可走几条）', 'Complex gateway': '复杂分支', 'Event-based gateway': '等事件的分支', 'Data store reference': '数据存储', 'Data object reference': '数据对象',
  'Expanded pool/participant': '展开的泳池', 'Empty pool/participant': '空泳池', 'Empty pool/participant (removes content)': '空泳池（内容会去掉）', 'Start event': '开始', 'End event': '结束', 'Intermediate throw event': '中间事件', 'Boundary event': '边界事件',
  'Terminate end event': '全部结束（其他分支也停）', 'flow elements must be children of pools/participants': '请放到泳池里面', 'Data object must be placed within a pool/participant.': '数据对象要放在泳池里',
  'Ad-hoc': '临时', 'element required': '缺少元素', 'no shape type specified': '没有指明图形', 'No matching entries found': '没有符合的', 'No matching entries found.': '没有符合的', 'Toggle palette': '展开或收起',
}

const TRIGGERS = { Message: '消息', Timer: '定时', Conditional: '条件', Signal: '信号', Error: '错误', Escalation: '升级', Compensation: '补偿', Cancel: '取消', Link: '跳转' } as const
const POSITIONS = { 'start event': '开始', 'intermediate catch event': '等待', 'intermediate throw event': '发出', 'boundary event': '（边界）', 'end event': '结束' } as const

function typedEvent(template: string): string | null {
  const m = /^(\w+) (start event|intermediate catch event|intermediate throw event|boundary event|end event)( \(non-interrupting\))?$/.exec(template)
  const trigger = TRIGGERS[m?.[1] as keyof typeof TRIGGERS] as string | undefined
  return m && trigger ? `${trigger}${POSITIONS[m[2] as keyof typeof POSITIONS]}${m[3] ? '，不打断' : ''}` : null
}

/** For bpmn-js's `translate`. An English text that has no word here is shown as it is. */
export function chinese(template: string, replacements: Record<string, string> = {}): string {
  const said = WORDS[template] ?? typedEvent(template) ?? template
  return said.replace(/\{(\w+)\}/g, (whole, name: string) => replacements[name] ?? whole)
}

/** The same without translation, for the English screen. */
export const english = (template: string, replacements: Record<string, string> = {}): string => template.replace(/\{(\w+)\}/g, (whole, name: string) => replacements[name] ?? whole)

/** BPMN and our extension in the words of the screen. What is not here is shown by its own name. */
const KINDS: Readonly<Record<string, string>> = {
  'bpmn:Process': '流程', 'bpmn:Lane': '泳道', 'bpmn:SequenceFlow': '连线', 'bpmn:StartEvent': '开始', 'bpmn:EndEvent': '结束', 'bpmn:UserTask': '环节', 'bpmn:ServiceTask': '系统办理', 'bpmn:Task': '任务', 'bpmn:ManualTask': '手工任务',
  'bpmn:SendTask': '发送任务', 'bpmn:ReceiveTask': '接收任务', 'bpmn:ScriptTask': '脚本任务', 'bpmn:BusinessRuleTask': '决策', 'bpmn:CallActivity': '调用流程', 'bpmn:SubProcess': '子流程', 'bpmn:AdHocSubProcess': '临时子流程', 'bpmn:Transaction': '事务',
  'bpmn:ExclusiveGateway': '分支（择一）', 'bpmn:ParallelGateway': '并行', 'bpmn:InclusiveGateway': '分支（可多选）', 'bpmn:EventBasedGateway': '等事件的分支', 'bpmn:ComplexGateway': '复杂分支',
  'bpmn:BoundaryEvent': '边界事件', 'bpmn:DataObjectReference': '数据', 'bpmn:DataStoreReference': '数据存储', 'bpmn:IntermediateCatchEvent': '等待事件', 'bpmn:IntermediateThrowEvent': '中间事件', 'bpmn:TextAnnotation': '注释',
}

const PROPERTIES: Readonly<Record<string, string>> = {
  name: '名称', documentation: '说明', isExecutable: '可执行', sourceRef: '从', targetRef: '到', conditionExpression: '条件', default: '默认连线', attachedToRef: '附着于', cancelActivity: '打断原环节', eventDefinitions: '事件',
  gate: '先经审批', decision: '决策表', resultVariable: '结果存到', correlationKey: '对应的键', mode: '方式', share: '比例', veto: '一票否决', who: '谁', approve: '算同意的结果', reject: '算驳回的结果', collection: '每一项', elementVariable: '项的名称', script: '脚本',
  role: '岗位', assign: '派给', stage: '阶段', handler: '处理程序', lane: '所在泳道', timeDuration: '时长', timeDate: '时刻', timeCycle: '周期', loopCharacteristics: '循环', isSequential: '依次进行', calledElement: '调用的流程',
  entity: '对象', stageField: '阶段字段', id: '编号', label: '文字', target: '去向', danger: '醒目提醒', confirm: '办理前询问', requiresComment: '须写说明', required: '必填', readonly: '只读', outcomes: '只在这些结果下', help: '填写提示', width: '宽度', type: '类型', options: '选项', visibleWhen: '显示条件', text: '内容', minutes: '分钟数', clock: '计时', warn: '预警(%)',
  messageRef: '消息', signalRef: '信号', errorRef: '错误', escalationRef: '升级', activityRef: '撤销', condition: '条件', loopCardinality: '份数', completionCondition: '提前结束的条件', loopCondition: '再办一次的条件', loopMaximum: '至多几次', testBefore: '先看条件', outputCollection: '结果收到', outputElement: '每份的结果', ordering: '次序', cancelRemainingInstances: '停掉没办完的', activationCondition: '继续的条件', waitForCompletion: '等它撤销完', candidateGroups: '岗位', candidateUsers: '人',
  pauseReasons: '可暂停的原因', remind: '提醒（分钟）', value: '值', body: '内容', isInterrupting: '打断',
}

/** Extensions that a task has several of: what they are called, and what tells one from another. */
export const PARTS: Readonly<Record<string, { label: string; key: string; name: string }>> = {
  'qc:Outcome': { label: '办理结果', key: 'id', name: 'label' }, 'qc:Field': { label: '表单字段', key: 'name', name: 'label' }, 'qc:Section': { label: '小节', key: 'id', name: 'label' }, 'qc:Item': { label: '必做事项', key: 'id', name: 'label' }, 'qc:Script': { label: '话术', key: 'id', name: 'text' },
  'qc:Standard': { label: '时间标准', key: '', name: '' }, 'qc:Guide': { label: '服务规范', key: '', name: '' }, 'qc:Binding': { label: '绑定的对象', key: '', name: '' }, 'qc:Approval': { label: '审批方式', key: '', name: '' }, 'qc:Output': { label: '输出', key: 'name', name: 'name' }, 'qc:Input': { label: '输入', key: 'name', name: 'name' },
}

const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mode: { all: '会签', any: '或签', sequence: '顺签' }, ordering: { Sequential: '一次一项', Parallel: '同时' },
  width: { half: '半行', full: '整行' }, type: { text: '文字', number: '数字', date: '日期', boolean: '是否', choice: '选项' },
  clock: { business: '工作时间', clock: '自然时间' }, assign: { pool: '岗位里的人领取', completer: '上一步的办理人' },
}

export const kindOf = (type: string): string => KINDS[type] ?? type.replace(/^bpmn:/, '')
const ON_PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = { 'qc:Item': { required: '必做' }, 'qc:Script': { required: '必说' }, 'qc:Field': { default: '默认值' } }
/** `part`: the extension that the property belongs to; some have another word on each. */
export const propertyOf = (name: string, part = ''): string => ON_PARTS[part]?.[name] ?? PROPERTIES[name] ?? name
export const wordOf = (name: string, v: string): string => VALUES[name]?.[v] ?? (name === 'assign' && v.startsWith('previous:') ? `上次办理“${v.slice(9)}”的人` : v)

/** A duration of BPMN in words: `PT48H` → 48 小时, `P1DT30M` → 1 天 30 分钟; what is none stays as it is. */
export function durationWords(iso: string): string {
  const m = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso.trim())
  const said = m?.slice(1).map((n, i) => (n ? `${n} ${['年', '个月', '周', '天', '小时', '分钟', '秒'][i]}` : '')).filter(Boolean).join(' ')
  return said || iso
}

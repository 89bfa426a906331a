/**
 * Our extension of BPMN 2.0, as bpmn-moddle and the modeller read it. Product-independent: it knows roles, outcomes,
 * forms and time standards, never a repair. Documented with an example in the package's README.
 */
export const QC_NAMESPACE = 'urn:quancheng:bpmn:1'

type Type = 'String' | 'Boolean' | 'Integer'

const attribute = (name: string, type: Type = 'String') => ({ name, type, isAttr: true })
const body = { name: 'text', type: 'String', isBody: true }

export const qcModdle = {
  name: 'Quancheng',
  prefix: 'qc',
  uri: QC_NAMESPACE,
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  types: [
    { name: 'LaneAttributes', extends: ['bpmn:Lane'], properties: [attribute('role')] },
    {
      name: 'UserTaskAttributes',
      extends: ['bpmn:UserTask'],
      properties: [attribute('role'), attribute('assign'), attribute('stage')],
    },
    { name: 'EndEventAttributes', extends: ['bpmn:EndEvent'], properties: [attribute('stage')] },
    { name: 'ServiceTaskAttributes', extends: ['bpmn:ServiceTask'], properties: [attribute('handler')] },
    { name: 'RuleAttributes', extends: ['bpmn:BusinessRuleTask'], properties: [attribute('handler'), attribute('decision'), attribute('resultVariable')] },
    { name: 'ScriptAttributes', extends: ['bpmn:ScriptTask'], properties: [attribute('resultVariable')] },
    { name: 'SendAttributes', extends: ['bpmn:SendTask'], properties: [attribute('handler'), attribute('correlationKey')] },
    { name: 'ReceiveAttributes', extends: ['bpmn:ReceiveTask'], properties: [attribute('correlationKey')] },
    { name: 'CatchAttributes', extends: ['bpmn:CatchEvent'], properties: [attribute('correlationKey')] },
    { name: 'ThrowAttributes', extends: ['bpmn:ThrowEvent'], properties: [attribute('correlationKey')] },
    {
      name: 'MultiInstanceAttributes',
      extends: ['bpmn:MultiInstanceLoopCharacteristics'],
      properties: [attribute('collection'), attribute('elementVariable'), attribute('outputCollection'), attribute('outputElement')],
    },
    { name: 'TimerAttributes', extends: ['bpmn:TimerEventDefinition'], properties: [attribute('clock')] },
    {
      name: 'Binding',
      superClass: ['Element'],
      properties: [attribute('entity'), attribute('stageField')],
    },
    {
      name: 'Outcome',
      superClass: ['Element'],
      properties: [
        attribute('id'),
        attribute('label'),
        attribute('target'),
        attribute('danger', 'Boolean'),
        attribute('confirm'),
        attribute('requiresComment', 'Boolean'),
        attribute('gate'),
      ],
    },
    {
      name: 'Field',
      superClass: ['Element'],
      properties: [
        attribute('name'),
        attribute('label'),
        attribute('required', 'Boolean'),
        attribute('readonly', 'Boolean'),
        attribute('outcomes'),
        attribute('help'),
        attribute('width'),
        attribute('type'),
        attribute('options'),
        attribute('default'),
        attribute('visibleWhen'),
      ],
    },
    { name: 'Section', superClass: ['Element'], properties: [attribute('id'), attribute('label')] },
    {
      name: 'Item',
      superClass: ['Element'],
      properties: [attribute('id'), attribute('label'), attribute('required', 'Boolean'), attribute('outcomes')],
    },
    {
      name: 'Script',
      superClass: ['Element'],
      properties: [attribute('id'), attribute('required', 'Boolean'), attribute('outcomes'), body],
    },
    {
      name: 'Standard',
      superClass: ['Element'],
      properties: [
        attribute('minutes', 'Integer'),
        attribute('clock'),
        attribute('warn', 'Integer'),
        attribute('pauseReasons'),
        attribute('remind'),
      ],
    },
    {
      name: 'Approval',
      superClass: ['Element'],
      properties: [attribute('mode'), attribute('share'), attribute('veto', 'Boolean'), attribute('who'), attribute('approve'), attribute('reject')],
    },
    { name: 'Guide', superClass: ['Element'], properties: [body] },
    { name: 'Output', superClass: ['Element'], properties: [attribute('name'), attribute('value')] },
    { name: 'Input', superClass: ['Element'], properties: [attribute('name'), attribute('value')] },
  ],
}

/*
 * The process that is measured: start → t1 → t2 → XOR(approved) → t3 → t4 [boundary timer PT48H] → t5 → t6 → end. Each task is a post's and
 * adds one variable; both engines read the same elements, each with a condition in its own language.
 */

export const STEPS = 6
export const TIMED = 4
export const KEY = 'bench-six'

const ids = Array.from({ length: STEPS }, (_, i) => `t${i + 1}`)
const FLOWS = ['s t1', 't1 t2', 't2 x', 't3 t4', 't4 t5', 't5 t6', 't6 e', 'b late', 'x refused']

const frame = (tasks: string, condition: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions id="defs" xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:qc="urn:quancheng:bpmn:1" targetNamespace="urn:bench">
<bpmn:process id="${KEY}" name="六步" isExecutable="true"><bpmn:startEvent id="s"/>${tasks}<bpmn:exclusiveGateway id="x" default="x-refused"/><bpmn:endEvent id="e"/><bpmn:endEvent id="refused"/><bpmn:endEvent id="late"/>
<bpmn:boundaryEvent id="b" attachedToRef="t${TIMED}"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT48H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
${FLOWS.map(f => `<bpmn:sequenceFlow id="${f.replace(' ', '-')}" sourceRef="${f.split(' ')[0]}" targetRef="${f.split(' ')[1]}"/>`).join('')}
<bpmn:sequenceFlow id="agreed" sourceRef="x" targetRef="t3"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression></bpmn:sequenceFlow>
</bpmn:process></bpmn:definitions>`

/** For our engine: posts, and forms that take the variable of each step. */
export const ourModel = (role: string): string => frame(
  ids.map((id, i) => `<bpmn:userTask id="${id}" name="第${i + 1}步" qc:role="${role}"><bpmn:extensionElements><qc:field name="${fieldOf(i + 1)}"/></bpmn:extensionElements></bpmn:userTask>`).join(''), '= approved')

/** For bpmn-engine, which has no posts and no forms. */
export const peerModel = (): string => frame(ids.map((id, i) => `<bpmn:userTask id="${id}" name="第${i + 1}步"/>`).join(''), '${environment.variables.approved}')

/** 350 bytes as JSON, as a case is started with. */
export const startVariables = (n: number): Record<string, unknown> => ({
  customer: `客户${n % 1000}`, phone: `138${String(n).padStart(8, '0')}`, model: '启明 N16 Pro', serialNo: `PF${String(n).padStart(7, '0')}`, amount: 1280.5, urgent: false, channel: 'desk',
  address: '浙江省杭州市西湖区文三路 90 号东部软件园 3 号楼 501 室', fault: '按电源键没有反应，指示灯不亮，外壳有旧划痕，已拍照', promised: '2026-11-25T10:00:00+08:00', lines: [{ part: 'MB-2210', n: 1 }],
})

export const fieldOf = (step: number): string => (step === 2 ? 'approved' : `note${step}`)
/** the variable that a step adds */
export const stepVariables = (step: number): Record<string, unknown> => ({ [fieldOf(step)]: step === 2 ? true : `第${step}步办妥` })

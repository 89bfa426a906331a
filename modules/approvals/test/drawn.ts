/** Test processes over the leave form, drawn without a picture: one approval of the kind asked for, and what the cases need around it. */
const head = (name: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:qc="urn:quancheng:bpmn:1" targetNamespace="urn:test">
<bpmn:process id="p" name="${name}" isExecutable="true"><bpmn:extensionElements><qc:binding entity="leaveRequest" stageField="stage" /></bpmn:extensionElements>
<bpmn:startEvent id="s" /><bpmn:endEvent id="approved" name="已同意" /><bpmn:endEvent id="rejected" name="已驳回" />
<bpmn:userTask id="apply" name="填写" qc:assign="completer"><bpmn:extensionElements><qc:outcome id="submit" label="提交" /></bpmn:extensionElements></bpmn:userTask>`

const flow = (source: string, target: string): string => `<bpmn:sequenceFlow id="${source}-${target}" sourceRef="${source}" targetRef="${target}" />`

export const approvalNode = (id: string, name: string, approval: string, next: string, more = ''): string => `<bpmn:userTask id="${id}" name="${name}" qc:stage="manager"><bpmn:extensionElements><qc:approval ${approval} />${more}
<qc:outcome id="approve" label="同意" target="${next}" /><qc:outcome id="reject" label="驳回" target="rejected" requiresComment="true" /></bpmn:extensionElements></bpmn:userTask>`

/** start → apply → one approval → approved or rejected */
export const drawn = (approval: string, name = '测试审批'): string => `${head(name)}${approvalNode('check', '审批', approval, 'approved')}
${flow('s', 'apply')}${flow('apply', 'check')}${flow('check', 'approved')}${flow('check', 'rejected')}</bpmn:process></bpmn:definitions>`

/** start → apply → first approval → second approval → approved or rejected */
export const drawnTwice = (first: string, second: string): string => `${head('两级审批')}${approvalNode('first', '一审', first, 'second')}${approvalNode('second', '二审', second, 'approved')}
${flow('s', 'apply')}${flow('apply', 'first')}${flow('first', 'second')}${flow('first', 'rejected')}${flow('second', 'approved')}${flow('second', 'rejected')}</bpmn:process></bpmn:definitions>`

/** start → one approval → approved or rejected; nobody fills in anything */
export const drawnBare = (approval: string): string => `${head('直接审批').replace(/<bpmn:userTask id="apply".*?<\/bpmn:userTask>/s, '')}${approvalNode('check', '审批', approval, 'approved')}
${flow('s', 'check')}${flow('check', 'approved')}${flow('check', 'rejected')}</bpmn:process></bpmn:definitions>`

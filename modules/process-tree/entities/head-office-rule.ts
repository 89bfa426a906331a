import { defineEntity, f } from '@quancheng/kernel'

/** What a rule asks of a step: a field filled in, an attachment, a ticked item, a number within limits. */
export const RULE_KINDS = { field: ['必填字段', 'Field required'], photo: ['照片或附件', 'Photo or file'], item: ['必做事项', 'Must-do item'], limit: ['数值限额', 'Limit of a number'] } as const
export type RuleKind = keyof typeof RULE_KINDS

/** 总部规则: one published version of a rule. A version is never changed; a newer one follows it, or the rule is withdrawn. */
export const HeadOfficeRule = defineEntity('headOfficeRule', {
  label: ['总部规则', 'Head office rule'],
  icon: 'role',
  fields: {
    code: f.code(['规则编号', 'Rule'], { required: true, max: 40, search: 'code' }),
    release: f.integer(['版', 'Version'], { required: true, min: 1 }),
    text: f.text(['要求', 'Text'], { required: true, max: 200, search: 'text' }),
    processKey: f.text(['流程', 'Process'], { required: true, max: 80, source: { name: 'process' }, index: true }),
    nodeId: f.text(['环节', 'Step'], { required: true, max: 120, source: { name: 'stage', of: 'processKey' } }),
    nodeName: f.text(['环节名称', 'Step name'], { max: 120 }),
    kind: f.choice(['种类', 'Kind'], RULE_KINDS, { required: true }),
    fieldName: f.text(['字段', 'Field'], { max: 80 }),
    least: f.decimal(['不低于', 'At least'], { scale: 2 }),
    most: f.decimal(['不高于', 'At most'], { scale: 2 }),
    photos: f.integer(['附件数', 'Files'], { min: 1, max: 20 }),
    note: f.text(['发布说明', 'Note'], { max: 500, multiline: true }),
    inForceFrom: f.datetime(['生效时间', 'In force from'], { required: true }),
    publishedById: f.ref(['发布人', 'Published by'], () => 'user', { onDelete: 'setNull' }),
    withdrawnAt: f.datetime(['撤回时间', 'Withdrawn at']),
    withdrawNote: f.text(['撤回原因', 'Reason'], { max: 500 }),
  },
  display: ['text'],
  list: ['code', 'release', 'text', 'processKey', 'nodeName', 'kind', 'inForceFrom', 'withdrawnAt'],
  sort: '-inForceFrom',
  managed: true,
  affectsMeta: true,
  indexes: [{ on: ['code', 'release'], unique: true }],
})

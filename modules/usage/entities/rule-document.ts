import { defineEntity, f } from '@quancheng/kernel'
import { ruleDocumentBefore } from '../store/rule-documents.ts'

/** 制度: the words of a rule in one version. A new version is a new row; nothing that somebody was judged by is ever rewritten (RU-10). */
export const RuleDocument = defineEntity('ruleDocument', {
  label: ['制度', 'Rule document'],
  icon: 'request',
  fields: {
    code: f.code(['制度编号', 'Code'], { required: true, max: 30, search: 'code', help: ['同一编号再建一份，就是它的新版本', 'The same code again is its next version'] }),
    title: f.text(['名称', 'Title'], { required: true, max: 100, search: 'name' }),
    edition: f.integer(['版本', 'Version'], { readOnly: true }),
    validFrom: f.date(['生效日', 'Valid from'], { required: true, index: true }),
    body: f.text(['正文', 'Text'], { required: true, multiline: true, max: 50_000, search: 'text' }),
    changes: f.text(['变更记录', 'What changed'], { multiline: true, max: 1000 }),
  },
  travels: 'never',
  appendOnly: true,
  display: ['title', 'edition'],
  list: ['code', 'title', 'edition', 'validFrom', 'changes', 'createdBy'],
  sort: '-createdAt',
  indexes: [{ on: ['code', 'edition'], unique: true }],
  hooks: { before: (ctx, c) => ruleDocumentBefore(ctx, c as never) },
})

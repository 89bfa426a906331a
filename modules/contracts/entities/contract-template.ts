import { defineEntity, f, fail } from '@quancheng/kernel'
import { CONTRACT_KINDS } from '../rules/choices.ts'
import { unknownWords, WORDS } from '../rules/text.ts'

/** 合同模板: Markdown with `{{甲方}}` and the like, which the contract and its customer fill in. */
export const ContractTemplate = defineEntity('contractTemplate', {
  label: ['合同模板', 'Contract template'],
  icon: 'file-text',
  fields: {
    title: f.text(['名称', 'Title'], { required: true, max: 60, unique: true, search: 'name' }),
    kind: f.choice(['适用类型', 'For'], CONTRACT_KINDS, { help: ['空着：都可以用', 'Empty: for all'] }),
    body: f.text(['正文', 'Text'], { required: true, max: 40_000, multiline: true, help: [`可用的占位词：${WORDS.map(w => `{{${w}}}`).join(' ')}`, 'Markdown with placeholders'] }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  travels: 'never',
  display: ['title'],
  list: ['title', 'kind', 'off', 'updatedAt'],
  hooks: {
    before(_ctx, c) {
      const unknown = typeof c.draft.body === 'string' ? unknownWords(c.draft.body) : []
      if (unknown.length) fail('TEMPLATE_WORDS', { words: unknown.map(w => `{{${w}}}`).join('、'), fields: [{ field: 'body', code: 'WORDS', message: `不认识：${unknown.map(w => `{{${w}}}`).join('、')}` }] })
    },
  },
})

import { registerTemplateData } from '@quancheng/documents'
import type { Runtime } from '@quancheng/kernel'
import { WORDS } from '../rules/text.ts'
import { contractWords } from '../store/text.ts'

const LINE = ['序号', '名称', '数量', '单价', '金额'] as const
/** The table is Markdown for the contract's text; a Word file has rows of its own. */
const NAMES = WORDS.filter(word => word !== '明细表')
/** What was escaped for Markdown stands in a Word file as it was written. */
const plain = (text: string): string => text.replace(/\\([\\`*_[\]<>|#])/g, '$1')

/** 合同 as a Word or Excel file from the company's own template: the same words as in the contract's text, and its lines as `{{#明细}}`. */
export function contractsInTemplates(runtime: Runtime): void {
  registerTemplateData(runtime, 'contract', async (ctx, id) => {
    const { words, lines } = await contractWords(ctx, id)
    return { ...Object.fromEntries(NAMES.map(word => [word, plain(words[word] ?? '')])), 明细: lines.map(values => Object.fromEntries(LINE.map((name, i) => [name, values[i] ?? '']))) }
  }, [...NAMES, ['明细', [...LINE]]])
}

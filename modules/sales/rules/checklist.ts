export interface Question { id: string; code: string; label: string; kind: 'text' | 'number' | 'choice' | 'yesNo' | 'date'; options: readonly string[]; customerField: string | null; accountTypes: readonly string[]; before: readonly string[]; required: boolean }

export const isEmpty = (value: string | null | undefined): boolean => value === null || value === undefined || value.trim() === ''

/** Labels of what is required before a stage and not known, in the order of the questions. */
export const missingOf = (all: readonly Question[], accountType: string, before: string, valueOf: (id: string) => string | null): string[] =>
  all.filter(q => q.required && q.before.includes(before) && (!q.accountTypes.length || q.accountTypes.includes(accountType)) && isEmpty(valueOf(q.id))).map(q => q.label)

/** What somebody typed, as it is kept; empty clears. */
export function checkAnswer(q: Question, given: unknown): { value: string | null } | { wrong: string } {
  const text = given === null || given === undefined ? '' : String(given).trim()
  if (text === '') return { value: null }
  if (q.kind === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? { value: text } : { wrong: '应为数字' }
  if (q.kind === 'yesNo') return text === 'true' || text === '是' ? { value: '是' } : text === 'false' || text === '否' ? { value: '否' } : { wrong: '应为“是”或“否”' }
  if (q.kind === 'choice') return q.options.includes(text) ? { value: text } : { wrong: `只能是：${q.options.join('、')}` }
  if (q.kind === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text) ? { value: text } : { wrong: '应为日期，例如 2026-11-22' }
  return [...text].length > 1000 ? { wrong: '最多 1000 个字' } : { value: text }
}

const KEY_ACCOUNTS = ['government', 'enterprise', 'global500', 'china500'] as const
const ask = (position: number, code: string, label: string, more: Record<string, unknown> = {}) => ({ position, code, label, kind: 'text', accountTypes: [...KEY_ACCOUNTS], before: ['quote', 'pricing'], required: true, ...more })

/** What a company that sells to organisations usually must know before it quotes; ordinary customers are not asked. */
export const FIRST_QUESTIONS = [
  ask(10, 'POLICY', '采购政策'), ask(20, 'TOPUSERS', '谁用高端机型'), ask(30, 'LOWEST', '只要最低价', { kind: 'yesNo' }), ask(40, 'HQ', '总部所在地'),
  ask(50, 'STAFF', '员工人数', { kind: 'number', customerField: 'staffCount' }), ask(60, 'NEARPLAN', '近期计划'), ask(70, 'FARPLAN', '远期计划'), ask(80, 'BRANCHES', '分支机构计划'),
] as const

import { f, fail, registerErrors, type Ctx, type Verb } from '@quancheng/kernel'

registerErrors({
  FORM_SUBMITTED: [409, '已经提交，不能再改；需要修改请先撤回', 'It is submitted: withdraw it before you change it'],
  FORM_DATES: [400, '结束不能早于开始', 'The end must not be before the start'],
  FORM_LINES: [400, '明细第 {line} 行：{reason}', 'Line {line}: {reason}'],
})

/** The stages that all forms share: the value is what the drawn processes write into them. */
export const STAGES = {
  draft: ['草稿', 'Draft', 'default'], apply: ['待提交', 'To be handed in', 'default'], manager: ['部门经理审批', 'Manager', 'blue'], hr: ['人事审批', 'Personnel', 'cyan'], director: ['总监审批', 'Director', 'purple'],
  finance: ['财务审批', 'Finance', 'geekblue'], review: ['会签', 'Joint review', 'gold'], admin: ['管理员办理', 'Administrator', 'cyan'], buy: ['采购办理', 'Purchasing', 'lime'],
  approved: ['已同意', 'Approved', 'green'], rejected: ['已驳回', 'Rejected', 'red'], dropped: ['已作废', 'Dropped', 'default'],
} as const

/** While a form is with its applicant, they may change it. */
const WITH_APPLICANT = new Set(['draft', 'apply'])

/** What every form has: its number, whose it is, where it stands. */
export const common = (prefix: string) => ({
  number: f.serial(['单号', 'Number'], `${prefix}-{yyyy}{MM}-{0000}`, { immutable: true, unique: true, search: 'code' }),
  applicantId: f.ref(['申请人', 'Applicant'], () => 'user', { readOnly: true, immutable: true, index: false }),
  unitId: f.ref(['部门', 'Unit'], () => 'unit', { readOnly: true, immutable: true, index: false }),
  stage: f.choice(['状态', 'Stage'], STAGES, { readOnly: true, default: 'draft' }),
})

/** Rights, scope and list of a form: everybody applies for themselves and sees their own; roles may see more. */
export const OWN_FORM = {
  scope: { owner: 'applicantId', unit: 'unitId' },
  everyone: ['read', 'create', 'update', 'remove'] satisfies Verb[],
  tenantFields: true,
  watchable: true,
  indexes: [{ on: ['applicantId', 'id'], desc: true }, { on: ['unitId', 'stage'] }],
}

interface FormChange { act: 'create' | 'update' | 'remove'; before: Record<string, unknown> | null; draft: Record<string, unknown> }

/** Whose it is follows from who writes it; what has been handed in is changed by its process only. */
export function ownForm(ctx: Ctx, change: unknown): void {
  const c = change as FormChange
  if (c.act === 'create') {
    c.draft.applicantId ??= ctx.user?.id ?? null
    c.draft.unitId ??= ctx.user?.unitId ?? null
  } else if (!ctx.access.system && !WITH_APPLICANT.has(String(c.before?.stage ?? 'draft'))) fail('FORM_SUBMITTED')
  if (c.act === 'remove' && c.before?.stage !== 'draft') fail('FORM_SUBMITTED')
}

/** A span of days in the right order. */
export function daysInOrder(change: unknown, from = 'startsOn', to = 'endsOn'): void {
  const { before, draft } = change as FormChange
  const [a, b] = [draft[from] ?? before?.[from], draft[to] ?? before?.[to]]
  if (a && b && String(b) < String(a)) fail('FORM_DATES')
}

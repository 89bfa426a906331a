import { f, type ChoiceOption } from '@quancheng/kernel'
import { ProductLine } from '@quancheng/customers'
import { ServiceRequest } from '@quancheng/service'

export const VISIBILITY = { public: ['公开', 'Public', 'green'], internal: ['内部', 'Internal', 'blue'], limited: ['限定', 'Limited', 'orange'] } as const
export type Visibility = keyof typeof VISIBILITY

/** The words in which inspections name a fault. */
const FAULTS = Object.fromEntries((ServiceRequest.spec.fields.faultCode!.options as readonly ChoiceOption[]).map(o => [o.value, o.label])) as Record<string, readonly [string, string]>

export const TITLE_MAX = 120
export const BODY_MAX = 20_000

/** What is written and approved; the article and each of its versions have the same. */
export const contentFields = () => ({
  productLineIds: f.refs(['产品线', 'Product lines'], () => ProductLine, { help: ['空着表示都适用', 'Empty: for all'] }),
  faultCodes: f.choices(['故障', 'Faults'], FAULTS),
  visibility: f.choice(['谁能看', 'For whom'], VISIBILITY, { required: true, default: 'internal' }),
  unitIds: f.refs(['限定单位', 'For units'], () => 'unit'),
  roleIds: f.refs(['限定岗位', 'For roles'], () => 'role'),
  validUntil: f.date(['复核日期', 'To be reviewed'], { help: ['到期前提醒作者复核', 'Its author is reminded before'] }),
})
export const CONTENT = ['title', 'body', 'productLineIds', 'faultCodes', 'visibility', 'unitIds', 'roleIds', 'validUntil'] as const
export interface Content { title: string; body: string; productLineIds: string[] | null; faultCodes: string[] | null; visibility: Visibility; unitIds: string[] | null; roleIds: string[] | null; validUntil: string | null }
export const contentOf = (row: Record<string, unknown>): Content => Object.fromEntries(CONTENT.map(k => [k, row[k] ?? null])) as unknown as Content

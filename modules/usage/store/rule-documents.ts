import { fail, lock, type Change, type Ctx } from '@quancheng/kernel'
import { diffLines, type DiffLine } from '../rules/diff.ts'
import { today } from './today.ts'

/** The rule of use itself: what frozen lists and judgements cite. */
export const USAGE_RULE = 'CRM-USAGE'

export async function ruleDocumentBefore(ctx: Ctx, c: Change): Promise<void> {
  if (c.act !== 'create') return
  const d = c.draft
  d.code = String(d.code ?? '').trim()
  const [last] = await ctx.query<{ edition: number; valid_from: string }>('select edition, valid_from::text from rule_document where tenant_id = $1 and code = $2 order by edition desc limit 1', [ctx.tenant.id, d.code])
  d.edition = (last?.edition ?? 0) + 1
  if (!last) return
  if (!String(d.changes ?? '').trim()) fail('INVALID', { summary: '新版本请写明改了什么', fields: [{ field: 'changes', code: 'REQUIRED', message: '新版本请写明改了什么' }] })
  if (String(d.validFrom) < last.valid_from) fail('RULE_DOCUMENT_FROM', { day: last.valid_from })
}

export interface RuleCited { id: string; title: string; edition: number; validFrom: string }

/** The version of the rule that was in force on a day: what was decided on that day was decided by it. */
export async function ruleOn(ctx: Ctx, day: string, code = USAGE_RULE): Promise<RuleCited | null> {
  const [row] = await ctx.query<{ id: string; title: string; edition: number; validFrom: string }>('select id, title, edition, valid_from::text as "validFrom" from rule_document where tenant_id = $1 and code = $2 and valid_from <= $3 order by edition desc limit 1', [ctx.tenant.id, code, day])
  return row ?? null
}

export interface RuleVersion { id: string; edition: number; title: string; validFrom: string; changes: string | null; author: string | null; createdAt: Date }

/** All versions of the document, and what this one changed against another (the one before it, unless one is named). */
export async function compareRule(ctx: Ctx, id: string, against: string | null): Promise<{ versions: RuleVersion[]; from: number | null; to: number; lines: DiffLine[] }> {
  const { row } = await lock(ctx, ctx.entities.get('ruleDocument'), id, 'read', { forUpdate: false })
  const rows = await ctx.query<RuleVersion & { body: string; [key: string]: unknown }>('select d.id, d.edition, d.title, d.valid_from::text as "validFrom", d.changes, u.name as author, d.created_at as "createdAt", d.body from rule_document d left join "user" u on u.tenant_id = d.tenant_id and u.id = d.created_by where d.tenant_id = $1 and d.code = $2 order by d.edition desc', [ctx.tenant.id, row.code])
  const here = rows.find(r => r.id === id)!, other = against ? rows.find(r => r.id === against) ?? fail('NOT_FOUND', { id: against }) : rows.find(r => r.edition === here.edition - 1) ?? null
  return { versions: rows.map(({ body: _, ...v }) => v), from: other?.edition ?? null, to: here.edition, lines: other ? diffLines(other.body, here.body) : [] }
}

const FIRST = `# 客户关系管理系统使用规定

1. 每个工作日至少登录一次；请假的日子不算。
2. 出差的那一周至少登录两天。
3. 每条没有结束的线索和商机，每个自然月至少记一次行动，没有进展也要记。
4. 合同签订后三个工作日内录入订单。
5. 连续两周没有登录的，列入通报；怎么处理按各公司的规定。
6. 人员到职、变动、离职，板块在一个工作日内提出账户申请；工作要交接。`

/** A company begins with a first version; whoever has one keeps it. */
export async function firstRule(ctx: Ctx, store: (values: Record<string, unknown>) => Promise<unknown>): Promise<void> {
  const [any] = await ctx.query('select 1 from rule_document where tenant_id = $1 limit 1', [ctx.tenant.id])
  if (!any) await store({ code: USAGE_RULE, title: '客户关系管理系统使用规定', validFrom: `${today(ctx).slice(0, 4)}-01-01`, body: FIRST, changes: '第一版' })
}

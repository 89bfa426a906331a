import { defineAction, elevated, fail, newId, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { definitionByKey } from '@quancheng/process'
import { z } from 'zod'
import { RULE_KINDS, type RuleKind } from '../entities/index.ts'
import '../rules/errors.ts'

const LIMIT_TYPES = new Set(['integer', 'decimal', 'money'])
const READ = { permission: 'headOfficeRule:read', readOnly: true } as const
const AMOUNT = z.coerce.number().min(-1e12).max(1e12).nullable().optional()

export const PUBLISH = z.object({
  code: z.string().trim().min(1).max(40), text: z.string().trim().min(2).max(200), processKey: z.string().min(1).max(80), nodeId: z.string().min(1).max(120),
  kind: z.enum(Object.keys(RULE_KINDS) as [RuleKind, ...RuleKind[]]), fieldName: z.string().max(80).nullable().optional(), least: AMOUNT, most: AMOUNT, photos: z.coerce.number().int().min(1).max(20).nullable().optional(),
  note: z.string().trim().max(500).nullable().optional(), inForceFrom: z.iso.datetime({ offset: true }).nullable().optional(),
})
export type PublishInput = z.infer<typeof PUBLISH>

/** A rule names what is there: a task of the newest version, a field of its record that such a rule can use. */
async function checked(ctx: Ctx, rule: PublishInput): Promise<{ nodeName: string }> {
  const { process, name } = await definitionByKey(ctx, rule.processKey)
  const node = process?.nodes[rule.nodeId]
  if (node?.type !== 'userTask') return fail('RULE_STEP_UNKNOWN', { process: name, node: rule.nodeId })
  const entity = process!.binding ? ctx.entities.find(process!.binding.entity) : undefined
  if (rule.kind === 'photo' && !entity) fail('RULE_INCOMPLETE', { reason: '这个流程不在记录上办理，没有可以附照片的地方' })
  if (rule.kind === 'field' || rule.kind === 'limit') {
    if (!rule.fieldName) return fail('RULE_INCOMPLETE', { reason: '没有选字段' })
    const field = entity?.fields.get(rule.fieldName)
    const usable = field && !field.system && !field.hidden && (rule.kind === 'limit' ? LIMIT_TYPES.has(field.type) : field.type !== 'serial' && !field.readOnly)
    if (!usable) fail('RULE_FIELD_UNKNOWN', { field: rule.fieldName })
  }
  const least = rule.least ?? null, most = rule.most ?? null
  if (rule.kind === 'limit' && least === null && most === null) fail('RULE_INCOMPLETE', { reason: '没有写限额' })
  if (rule.kind === 'limit' && least !== null && most !== null && least > most) fail('RULE_INCOMPLETE', { reason: '下限大于上限' })
  return { nodeName: node.name }
}

/** Publishes the next version of a rule. From its moment on, requests opened then or later are bound by it, in every station; those opened before keep what bound them. */
export async function publishRule(ctx: Ctx, rule: PublishInput): Promise<{ id: string; code: string; release: number; inForceFrom: Date }> {
  const entity = ctx.entities.get('headOfficeRule')
  const code = rule.code.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
  const { nodeName } = await checked(ctx, rule)
  await ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`head-office-rule/${ctx.tenant.id}/${code}`])
  const [last] = await ctx.query<{ release: number; process_key: string; node_id: string }>('select release, process_key, node_id from head_office_rule where tenant_id = $1 and code = $2 order by release desc limit 1', [ctx.tenant.id, code])
  if (last && (last.process_key !== rule.processKey || last.node_id !== rule.nodeId)) fail('RULE_MOVED', { code })
  const inForceFrom = rule.inForceFrom ? new Date(rule.inForceFrom) : ctx.now()
  if (inForceFrom < ctx.now()) fail('RULE_PAST')
  const id = newId(), release = (last?.release ?? 0) + 1
  const numeric = rule.kind === 'limit'
  await storeNew(ctx, entity, {
    code, release, text: rule.text, processKey: rule.processKey, nodeId: rule.nodeId, nodeName, kind: rule.kind, fieldName: rule.kind === 'field' || numeric ? rule.fieldName! : null,
    least: numeric && rule.least !== null && rule.least !== undefined ? String(rule.least) : null, most: numeric && rule.most !== null && rule.most !== undefined ? String(rule.most) : null,
    photos: rule.kind === 'photo' ? rule.photos ?? 1 : null, note: rule.note || null, inForceFrom, publishedById: ctx.user?.id ?? null,
  }, { id, act: 'publish' })
  return { id, code, release, inForceFrom }
}

interface Row { id: string; code: string; release: number; text: string; processKey: string; nodeId: string; nodeName: string; kind: RuleKind; fieldName: string | null; least: string | null; most: string | null; photos: number | null; note: string | null; inForceFrom: Date; withdrawnAt: Date | null; withdrawNote: string | null; by: string | null }

const rows = (ctx: Ctx, code: string | null): Promise<Row[]> => ctx.query<Row>(
  `select r.id, r.code, r.release, r.text, r.process_key as "processKey", r.node_id as "nodeId", r.node_name as "nodeName", r.kind, r.field_name as "fieldName", r.least, r.most, r.photos, r.note, r.in_force_from as "inForceFrom",
     r.withdrawn_at as "withdrawnAt", r.withdraw_note as "withdrawNote", u.name as by
   from head_office_rule r left join "user" u on u.tenant_id = r.tenant_id and u.id = r.published_by_id
   where r.tenant_id = $1 and ($2::text is null or r.code = $2) order by r.code, r.release desc`, [ctx.tenant.id, code])

/** What may be chosen in a rule: every published process on records, its tasks in order, its record's fields. */
async function choices(ctx: Ctx) {
  const keys = await ctx.query<{ key: string }>("select distinct key from process_definition where tenant_id = $1 and kind = 'bpmn' order by key", [ctx.tenant.id])
  return Promise.all(keys.map(async ({ key }) => {
    const { process, name, version } = await definitionByKey(ctx, key)
    const entity = process!.binding ? ctx.entities.find(process!.binding.entity) : undefined
    const fields = [...(entity?.fields.values() ?? [])].filter(x => !x.system && !x.hidden && x.type !== 'serial').map(x => ({ name: x.name, label: x.label[0], number: LIMIT_TYPES.has(x.type), fillable: !x.readOnly }))
    return { key, name, version, photos: Boolean(entity), steps: Object.values(process!.nodes).flatMap(n => (n.type === 'userTask' ? [{ id: n.id, name: n.name }] : [])), fields }
  }))
}

export const ruleActions = [
  defineAction({
    name: 'headOfficeRuleBook', label: ['总部规则', 'Head office rules'], method: 'GET', path: '/api/rule-book', ...READ,
    async run(ctx) {
      const all = await rows(ctx, null)
      const now = ctx.now()
      const newest = all.filter((r, i) => all[i - 1]?.code !== r.code)
      return {
        items: newest.map(r => ({ ...r, state: r.withdrawnAt ? 'withdrawn' : r.inForceFrom > now ? 'coming' : 'inForce', releases: all.filter(x => x.code === r.code).length })),
        processes: await choices(ctx),
      }
    },
  }),
  defineAction({ name: 'headOfficeRuleHistory', label: ['规则的各版', 'Versions of a rule'], method: 'GET', path: '/api/rule-book/:code', ...READ, input: z.object({ code: z.string().max(40) }), async run(ctx, { code }) {
    const items = await rows(ctx, code)
    return items.length ? { items } : fail('RULE_UNKNOWN')
  } }),
  defineAction({ name: 'publishHeadOfficeRule', label: ['发布总部规则', 'Publish a rule'], method: 'POST', path: '/api/rule-book', permission: 'headOfficeRule:publish', scoped: false, status: 201, input: PUBLISH, run: publishRule }),
  defineAction({
    name: 'withdrawHeadOfficeRule', label: ['撤回总部规则', 'Withdraw a rule'], method: 'POST', path: '/api/rule-book/:code/withdraw', permission: 'headOfficeRule:publish', scoped: false, status: 200,
    input: z.object({ code: z.string().max(40), reason: z.string().trim().min(2).max(500) }),
    async run(ctx, { code, reason }) {
      const open = (await rows(ctx, code)).filter(r => !r.withdrawnAt)
      if (!open.length) return fail('RULE_UNKNOWN')
      for (const r of open) await storeChange(elevated(ctx, '撤回总部规则'), ctx.entities.get('headOfficeRule'), r.id, { withdrawnAt: ctx.now(), withdrawNote: reason }, { act: 'withdraw' })
      return { code, withdrawn: open.length }
    },
  }),
]

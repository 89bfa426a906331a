import { can, defineAction, elevated, fail, lock, newId, offers, remove, requireInUnit, storeChange, storeNew, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { RULE, type RuleInput } from '../rules/types.ts'
import { checkRule } from '../store/check.ts'

const ID = z.object({ id: z.uuid() })
const EDIT = { permission: 'automation:edit' } as const

/** May the caller keep a rule for this unit (null: everywhere)? */
async function mayKeepAt(ctx: Ctx, unitId: string | null): Promise<void> {
  if (ctx.access.system || ctx.access.grants.get('automation:edit')?.has('all')) return
  if (unitId) return requireInUnit(ctx, 'automation:edit', unitId)
  return fail('AUTOMATION_REACH', { what: '适用于全部单位的规则' })
}

const draftOf = (r: RuleInput) => ({
  name: r.name, entity: r.entity, event: r.event, act: r.event === 'act' ? r.act ?? null : null, fields: r.event === 'changed' ? r.fields ?? [] : [], tests: r.tests ?? [],
  condition: r.condition || null, unitId: r.unitId ?? null, actions: r.actions, note: r.note || null, ...(r.off === undefined ? {} : { off: r.off }),
})

/** Saves a new rule, or a new version of one. `seen`: the version that the editor changed. */
export async function saveRule(ctx: Ctx, r: RuleInput & { id?: string; seen?: number | undefined }): Promise<{ id: string; version: number }> {
  await mayKeepAt(ctx, r.unitId ?? null)
  await checkRule(ctx, r)
  const entity = ctx.entities.get('automation'), sys = elevated(ctx, '自动化规则')
  if (!r.id) { const id = newId(); await storeNew(sys, entity, draftOf(r), { id }); return { id, version: 1 } }
  const locked = await lock(ctx, entity, r.id, 'edit')
  await mayKeepAt(ctx, (locked.row.unitId as string | null) ?? null)
  const row = await storeChange(sys, entity, r.id, draftOf(r), { locked, ...(r.seen === undefined ? {} : { version: r.seen }) })
  return { id: r.id, version: row.version as number }
}

interface Line { id: string; version: number; name: string; off: boolean; entity: string; event: string; act: string | null; fields: string[]; tests: unknown[]; condition: string | null; unitId: string | null; unitName: string | null; actions: unknown[]; note: string | null; updatedAt: Date; updatedBy: string | null; lastAt: Date | null; runs: number; failures: number }

async function lines(ctx: Ctx, id: string | null): Promise<Line[]> {
  const reach = visible(ctx, ctx.entities.get('automation'), 'a') ?? fail('FORBIDDEN', { permission: 'automation:read' })
  const { rows } = await sql<Line>`select a.id, a.version, a.name, coalesce(a.off, false) as off, a.entity, a.event, a.act, coalesce(a.fields, '[]') as fields, coalesce(a.tests, '[]') as tests, a.condition, a.unit_id as "unitId", n.name as "unitName",
      coalesce(a.actions, '[]') as actions, a.note, a.updated_at as "updatedAt", u.name as "updatedBy", r.last as "lastAt", coalesce(r.runs, 0)::int as runs, coalesce(r.failures, 0)::int as failures
    from automation a left join unit n on n.tenant_id = a.tenant_id and n.id = a.unit_id left join "user" u on u.tenant_id = a.tenant_id and u.id = a.updated_by
      left join lateral (select max(x.at) as last, count(*) filter (where x.at > ${ctx.now()}::timestamptz - interval '30 days') as runs, count(*) filter (where x.state in ('failed', 'stopped') and x.at > ${ctx.now()}::timestamptz - interval '30 days') as failures from automation_run x where x.tenant_id = a.tenant_id and x.rule_id = a.id) r on true
    where ${reach} ${id ? sql`and a.id = ${id}` : sql``} order by a.name limit 500`.execute(ctx.db)
  return rows
}

/** What may be chosen in a rule: the entities that allow it and the caller may read, the processes on each, the posts. */
async function choices(ctx: Ctx) {
  const processes = await ctx.query<{ key: string; name: string; entity: string | null }>("select distinct on (key) key, name, entity from process_definition where tenant_id = $1 and kind = 'bpmn' order by key, version desc", [ctx.tenant.id])
  const entities = ctx.entities.all().filter(e => e.watchable && !e.internal && can(ctx.access, `${e.name}:read`, e))
  return {
    entities: entities.map(e => ({ name: e.name, label: e.label[0], unit: Boolean(e.scope?.unit), change: offers(e, 'update') && can(ctx.access, `${e.name}:update`, e), processes: processes.filter(p => p.entity === null || p.entity === e.name).map(({ key, name }) => ({ key, name })) })),
    roles: await ctx.query<{ code: string; name: string }>('select code, name from role where tenant_id = $1 and not coalesce(off, false) order by name', [ctx.tenant.id]),
  }
}

export const ruleActions = [
  defineAction({ name: 'automationChoices', label: ['规则里可选的', 'What a rule may name'], method: 'GET', path: '/api/automation/choices', permission: 'automation:read', readOnly: true, run: choices }),
  defineAction({ name: 'automationRules', label: ['自动化规则', 'Automation rules'], method: 'GET', path: '/api/automation/rules', permission: 'automation:read', readOnly: true, run: async ctx => ({ items: await lines(ctx, null) }) }),
  defineAction({ name: 'automationRule', label: ['一条规则', 'A rule'], method: 'GET', path: '/api/automation/rules/:id', permission: 'automation:read', readOnly: true, input: ID, run: async (ctx, { id }) => (await lines(ctx, id))[0] ?? fail('AUTOMATION_UNKNOWN') }),
  defineAction({ name: 'addAutomation', label: ['新建规则', 'New rule'], method: 'POST', path: '/api/automation/rules', ...EDIT, status: 201, input: RULE, run: (ctx, r) => saveRule(ctx, r) }),
  defineAction({ name: 'saveAutomation', label: ['修改规则', 'Change a rule'], method: 'PUT', path: '/api/automation/rules/:id', ...EDIT, input: RULE.extend({ id: z.uuid(), seen: z.coerce.number().int().optional() }), run: (ctx, r) => saveRule(ctx, r) }),
  defineAction({
    name: 'switchAutomation', label: ['启用或停用规则', 'Switch a rule'], method: 'POST', path: '/api/automation/rules/:id/switch', ...EDIT, status: 200, input: ID.extend({ off: z.boolean() }),
    async run(ctx, { id, off }) {
      const entity = ctx.entities.get('automation')
      const locked = await lock(ctx, entity, id, 'edit')
      await mayKeepAt(ctx, (locked.row.unitId as string | null) ?? null)
      // switched on by somebody else, it does what that one may
      if (!off) await checkRule(ctx, RULE.parse(locked.row))
      const row = await storeChange(elevated(ctx, off ? '停用规则' : '启用规则'), entity, id, { off }, { locked })
      return { id, off, version: row.version }
    },
  }),
  defineAction({
    name: 'removeAutomation', label: ['删除规则', 'Remove a rule'], method: 'DELETE', path: '/api/automation/rules/:id', ...EDIT, input: ID,
    async run(ctx, { id }) {
      const { row } = await lock(ctx, ctx.entities.get('automation'), id, 'edit')
      await mayKeepAt(ctx, (row.unitId as string | null) ?? null)
      if ((await ctx.query('select 1 from automation_run where tenant_id = $1 and rule_id = $2 limit 1', [ctx.tenant.id, id])).length) fail('AUTOMATION_RAN')
      await remove(elevated(ctx, '删除规则'), ctx.entities.get('automation'), id)
      return { id }
    },
  }),
]

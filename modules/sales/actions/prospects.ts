import { defineAction, elevated, fail, lock, requireInUnit, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { openTodo } from '@quancheng/automation'
import { z } from 'zod'
import { handOverTerritory } from '../store/territory.ts'

const TODO_MINUTES = 2250

/** Whoever runs a unit: the first of those roles who has an account there. */
async function headOf(ctx: Ctx, unitId: string): Promise<{ id: string; unit: string } | { id: null; unit: string }> {
  const [unit] = await ctx.query<{ name: string }>('select name from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, unitId])
  const [head] = await ctx.query<{ id: string }>(
    `select u.id from "user" u join role r on r.tenant_id = u.tenant_id and r.id = any(u.role_ids) where u.tenant_id = $1 and u.unit_id = $2 and not coalesce(u.off, false) and r.code in ('blockLead', 'regionManager', 'stationManager')
     order by array_position(array['blockLead', 'regionManager', 'stationManager'], r.code), u.username limit 1`, [ctx.tenant.id, unitId])
  return { id: head?.id ?? null, unit: unit?.name ?? fail('NOT_FOUND', { id: unitId }) }
}

/** 总部优选: head office picks good prospects and hands them to a region or block: theirs from now on, a task each, and marked to be favoured (CU-12). */
const handOut = defineAction({
  name: 'handOutProspects', label: ['交给大区或板块', 'Hand out'], method: 'POST', path: '/api/prospects/hand-out', permission: 'prospect:handOut', status: 200,
  input: z.object({ customerIds: z.array(z.uuid()).min(1, '请选择客户').max(100), unitId: z.uuid('请选择大区或板块'), toId: z.uuid().nullish(), favoured: z.boolean().default(true), note: z.string().trim().max(500).nullish() }),
  async run(ctx, { customerIds, unitId, toId, favoured, note }) {
    await requireInUnit(ctx, 'prospect:handOut', unitId)
    const head = await headOf(ctx, unitId), to = toId ?? head.id ?? fail('PROSPECT_HEAD', { unit: head.unit })
    const sys = elevated(ctx, '优选潜在客户'), customers = ctx.entities.get('customer'), prospects = ctx.entities.get('prospect')
    const tasks: string[] = []
    for (const id of customerIds.toSorted()) {
      const found = await lock(ctx, customers, id, 'read')
      if (found.row.standing !== 'prospect') fail('PROSPECT_NONE', { name: String(found.row.name) })
      await storeChange(sys, customers, id, { unitId, ownerId: to }, { act: 'handOut', locked: found, note: { to: head.unit, ...(note ? { note } : {}) } })
      const [there] = await ctx.query<{ id: string }>('select id from prospect where tenant_id = $1 and customer_id = $2', [ctx.tenant.id, id])
      const handed = { favoured, handedUnitId: unitId, handedToId: to, handedById: ctx.user?.id ?? null, handedAt: ctx.now() }
      if (there) await storeChange(sys, prospects, there.id, handed, { act: 'handOut' })
      else await storeNew(sys, prospects, { customerId: id, ...handed }, { act: 'handOut' })
      tasks.push((await openTodo(ctx, { title: `跟进潜在客户：${String(found.row.name)}${favoured ? '（资源倾斜）' : ''}`, details: note ?? null, toId: to, minutes: TODO_MINUTES, unitId, about: { entity: 'customer', recordId: id, label: `客户 ${String(found.row.name)}` } })).taskId)
    }
    return { count: tasks.length, toId: to, unit: head.unit }
  },
})

const handTerritory = defineAction({
  name: 'handOverTerritory', label: ['交接地域', 'Hand over'], method: 'POST', path: '/api/territories/:id/hand-over', permission: 'territory:update', status: 200, input: z.object({ id: z.uuid(), toId: z.uuid('请选择接手的人'), from: z.iso.date('请填写从哪天起') }),
  run: (ctx, { id, toId, from }) => handOverTerritory(ctx, id, toId, from),
})

export const prospectActions = [handOut, handTerritory]

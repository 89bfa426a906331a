import { checkRefs, defineAction, elevated, fail, lock, storeChange } from '@quancheng/kernel'
import { z } from 'zod'
import { TODO_MINUTES } from '../entities/index.ts'
import { labelOf } from '../rules/label.ts'
import { openTodo } from '../store/todos.ts'

const NEW = z.object({
  title: z.string().trim().min(1).max(120), details: z.string().trim().max(2000).nullable().optional(), toId: z.uuid().nullable().optional(), minutes: z.coerce.number().int().min(5).max(45_000).optional(),
  entity: z.string().max(60).nullable().optional(), recordId: z.uuid().nullable().optional(),
})

export const todoActions = [
  defineAction({
    name: 'addTodo', label: ['新建待办', 'New to-do'], method: 'POST', path: '/api/todos/open', permission: null, status: 201, input: NEW,
    async run(ctx, t) {
      const todo = ctx.entities.get('todo'), toId = t.toId ?? ctx.user?.id ?? fail('SIGN_IN_REQUIRED')
      // to somebody whom they can see, about what they can see
      await checkRefs(ctx, todo, { ownerId: toId }, null)
      const [to] = await ctx.query<{ unit_id: string | null; off: boolean | null }>('select unit_id, off from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, toId])
      if (!to || to.off) return fail('AUTOMATION_PERSON', { where: '责任人' })
      const entity = t.entity && t.recordId ? ctx.entities.find(t.entity) ?? fail('NOT_FOUND', { entity: t.entity }) : null
      const row = entity ? (await lock(ctx, entity, t.recordId!, 'read', { forUpdate: false })).row : null
      const label = entity && row ? `${entity.label[0]} ${labelOf(entity, row)}`.trim() : ''
      return openTodo(ctx, { title: t.title, details: t.details ?? null, toId, minutes: t.minutes ?? TODO_MINUTES, unitId: to.unit_id, about: entity ? { entity: entity.name, recordId: t.recordId!, label } : null })
    },
  }),
  defineAction({
    name: 'closeNotice', label: ['知道了', 'Noticed'], method: 'POST', path: '/api/notices/:id/close', permission: null, outsiders: true, status: 200, input: z.object({ id: z.uuid() }),
    async run(ctx, { id }) {
      const [mine] = await ctx.query<{ raised_at: Date }>("select raised_at from alarm where tenant_id = $1 and id = $2 and owner_id = $3 and kind in ('notice', 'automation') and closed_at is null", [ctx.tenant.id, id, ctx.user?.id ?? null])
      if (!mine) return fail('NOTICE_UNKNOWN')
      await storeChange(elevated(ctx, '知道了'), ctx.entities.get('alarm'), id, { closedAt: ctx.now(), minutes: Math.round((ctx.now().getTime() - mine.raised_at.getTime()) / 60_000) })
      return { id }
    },
  }),
]

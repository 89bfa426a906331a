import { defineAction, elevated, fail, remove, storeChange, storeNew, unitAndAbove, visible } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { freeBusy } from '../store/busy.ts'
import { feedOf, renewFeed, stopFeed } from '../store/feed.ts'
import { membersOf, resourcesSeen, schedulePage } from '../store/view.ts'

const AT = z.coerce.date('时间不正确')
const PEOPLE = z.preprocess(v => (typeof v === 'string' ? v.split(',').filter(Boolean) : v), z.array(z.uuid()).min(1, '请选人').max(100, '最多 100 人'))

export const calendarActions = [
  defineAction({
    name: 'schedule', label: ['日程', 'Schedule'], method: 'GET', path: '/api/schedule', permission: null, readOnly: true, input: z.object({ view: z.enum(['mine', 'person', 'team', 'resource']).default('mine'), id: z.uuid().nullish(), from: AT, to: AT }),
    run: (ctx, { view, id, from, to }) => schedulePage(ctx, { view, id: id ?? null, from, to }),
  }),
  /** Which calendars there are for the caller: people who share theirs, teams, resources; and the feed. */
  defineAction({
    name: 'calendars', label: ['可看的日历', 'Calendars'], method: 'GET', path: '/api/schedule/calendars', permission: null, readOnly: true,
    async run(ctx) {
      const me = ctx.user!, own = me.unitId ? await unitAndAbove(ctx, me.unitId) : [], may = visible(ctx, ctx.entities.get('unit'), 'n', 'agenda'), plan = visible(ctx, ctx.entities.get('unit'), 'n', 'plan')
      const { rows: teams } = await sql<{ id: string; name: string; plan: boolean }>`select n.id, n.name, ${plan ?? sql`false`} as plan from unit n where n.tenant_id = ${ctx.tenant.id} and not coalesce(n.off, false) and (n.id = any(${own}::uuid[]) ${may ? sql`or ${may}` : sql``})
        order by (n.id is not distinct from ${me.unitId}::uuid) desc, n.code limit 300`.execute(ctx.db)
      const people = await ctx.query<{ id: string; name: string; access: string }>('select s.owner_id as id, u.name, s.access from calendar_share s join "user" u on u.tenant_id = s.tenant_id and u.id = s.owner_id where s.tenant_id = $1 and s.person_id = $2 order by u.name', [ctx.tenant.id, me.id])
      const shares = await ctx.query('select s.id, s.person_id as "personId", u.name, s.access from calendar_share s join "user" u on u.tenant_id = s.tenant_id and u.id = s.person_id where s.tenant_id = $1 and s.owner_id = $2 order by u.name', [ctx.tenant.id, me.id])
      const feed = await feedOf(ctx, me.id)
      return { me: { id: me.id, name: me.name, unitId: me.unitId }, teams, people, shares, resources: await resourcesSeen(ctx), members: me.unitId ? await membersOf(ctx, me.unitId) : [], feed: feed && { on: !feed.off, renewedAt: feed.renewedAt } }
    },
  }),
  /** 忙闲 (CA-02): who is free between two moments, and where the others are. */
  defineAction({
    name: 'freeBusy', label: ['忙闲', 'Free and busy'], method: 'GET', path: '/api/schedule/free-busy', permission: null, readOnly: true, input: z.object({ people: PEOPLE, from: AT, to: AT, but: z.uuid().nullish() }),
    async run(ctx, { people, from, to, but }) {
      if (to <= from || to.getTime() - from.getTime() > 31 * 86_400_000) fail('CALENDAR_SPAN', { days: 31 })
      const all = await freeBusy(ctx, people, from, to, but ?? null)
      return { people: all, free: all.filter(p => p.free).length, unknown: all.filter(p => !p.known).length }
    },
  }),
  /** 此刻谁在哪里: the people of a unit, now. */
  defineAction({
    name: 'whoIsWhere', label: ['谁在哪里', 'Who is where'], method: 'GET', path: '/api/schedule/now', permission: null, readOnly: true, input: z.object({ unitId: z.uuid().nullish() }),
    async run(ctx, { unitId }) {
      const unit = unitId ?? ctx.user!.unitId, members = unit ? await membersOf(ctx, unit) : [], now = ctx.now()
      return { at: now, people: members.length ? await freeBusy(ctx, members.map(m => m.id), now, new Date(now.getTime() + 60_000)) : [] }
    },
  }),
  defineAction({
    name: 'shareCalendar', label: ['共享我的日历', 'Share my calendar'], method: 'POST', path: '/api/schedule/shares', permission: null, status: 200, input: z.object({ personId: z.uuid('请选人'), access: z.enum(['read', 'write']).default('read') }),
    async run(ctx, { personId, access }) {
      const me = ctx.user!.id, sys = elevated(ctx, '共享日历'), entity = ctx.entities.get('calendarShare')
      if (personId === me) fail('INVALID', { summary: '自己的日历不用共享给自己', fields: [{ field: 'personId', code: 'SELF', message: '不用共享给自己' }] })
      const [there] = await ctx.query<{ id: string }>('select id from calendar_share where tenant_id = $1 and owner_id = $2 and person_id = $3 for update', [ctx.tenant.id, me, personId])
      const row = there ? await storeChange(sys, entity, there.id, { access }) : await storeNew(sys, entity, { ownerId: me, personId, access })
      return { id: row.id, access }
    },
  }),
  defineAction({
    name: 'unshareCalendar', label: ['不再共享', 'Stop sharing'], method: 'DELETE', path: '/api/schedule/shares/:id', permission: null, status: 200, input: z.object({ id: z.uuid() }),
    async run(ctx, { id }) {
      const [mine] = await ctx.query<{ id: string }>('select id from calendar_share where tenant_id = $1 and id = $2 and owner_id = $3', [ctx.tenant.id, id, ctx.user!.id])
      if (!mine) return fail('NOT_FOUND', { id })
      await remove(elevated(ctx, '不再共享'), ctx.entities.get('calendarShare'), id)
      return { id }
    },
  }),
  defineAction({ name: 'renewCalendarFeed', label: ['生成订阅地址', 'New feed address'], method: 'POST', path: '/api/schedule/feed', permission: null, status: 201, run: async ctx => ({ path: await renewFeed(ctx) }) }),
  defineAction({ name: 'stopCalendarFeed', label: ['停用订阅', 'Stop the feed'], method: 'POST', path: '/api/schedule/feed/stop', permission: null, status: 200, run: async ctx => { await stopFeed(ctx); return { on: false } } }),
]

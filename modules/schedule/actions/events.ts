import { openTodo } from '@quancheng/automation'
import { defineAction, fail, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { KINDS, VISIBILITIES } from '../entities/calendar-event.ts'
import { HOW } from '../rules/edit.ts'
import { isDay } from '../rules/days.ts'
import { levelOf } from '../rules/see.ts'
import { answerEvent } from '../store/attendees.ts'
import { eventById, sightFor } from '../store/events.ts'
import { cancelEvent, changeEvent, createEvent, type EventInput } from '../store/save.ts'
import { eventPage } from '../store/view.ts'

const AT = z.coerce.date('时间不正确'), DAY = z.string().refine(isDay, '日期不正确').nullish(), optional = (max: number) => z.string().trim().max(max, `最多 ${max} 字`).nullish().transform(v => (v === undefined ? undefined : v || null))
const FIELDS = {
  title: z.string().trim().min(1, '请填写标题').max(120, '最多 120 字'), kind: z.enum(Object.keys(KINDS) as [string, ...string[]], '没有这个类型'), startsAt: AT, endsAt: AT, allDay: z.boolean(), free: z.boolean(), place: optional(120),
  ownerId: z.uuid(), unitId: z.uuid().nullable(), resourceId: z.uuid().nullable(), rule: z.string().max(200, '重复的写法不对').nullable(), skipHolidays: z.boolean(),
  reminderMinutes: z.number('请填写分钟数').int('请填写整数').min(0, '不能小于 0').max(40_320, '最多提前 28 天').nullable(), visibility: z.enum(Object.keys(VISIBILITIES) as [string, ...string[]]), note: optional(4000),
  entity: z.string().max(60).nullable(), recordId: z.uuid().nullable(), budget: z.string().regex(/^\d{1,12}(\.\d{1,2})?$/, '应是不小于 0 的金额，最多两位小数').nullable(), attendeeIds: z.array(z.uuid()).max(100, '最多 100 人'),
}
const PART = z.object(FIELDS).partial()
const CREATE = PART.required({ title: true, startsAt: true, endsAt: true })
const given = (input: object): Partial<EventInput> => Object.fromEntries(Object.entries(input).filter(([name, value]) => name in FIELDS && value !== undefined)) as Partial<EventInput>
const DEFAULTS = { kind: 'meeting', allDay: false, free: false, place: null, unitId: null, resourceId: null, rule: null, skipHolidays: false, reminderMinutes: null, visibility: 'public' as const, note: null, entity: null, recordId: null, budget: null, attendeeIds: [] }

/** For work on an event whoever may read it may see; only who may change it may give out work. */
const mayChange = async (ctx: Ctx, id: string) => {
  const e = await eventById(ctx, id) ?? fail('EVENT_UNKNOWN'), level = levelOf(e, await sightFor(ctx, [e]))
  return level === 'write' ? e : fail(level === 'none' || level === 'busy' ? 'EVENT_UNKNOWN' : 'EVENT_READ_ONLY')
}

export const eventActions = [
  defineAction({
    name: 'addEvent', label: ['新建日程', 'New event'], method: 'POST', path: '/api/schedule/events', permission: null, status: 201, input: CREATE,
    run: async (ctx, input) => { const e = await createEvent(ctx, { ...DEFAULTS, ownerId: ctx.user!.id, ...given(input) } as EventInput); return { id: e.id, version: e.version } },
  }),
  defineAction({ name: 'eventDetail', label: ['日程', 'Event'], method: 'GET', path: '/api/schedule/events/:id', permission: null, readOnly: true, input: z.object({ id: z.uuid(), day: DAY }), run: (ctx, { id, day }) => eventPage(ctx, id, day ?? null) }),
  defineAction({
    name: 'changeEvent', label: ['修改日程', 'Change an event'], method: 'PATCH', path: '/api/schedule/events/:id', permission: null, status: 200, input: PART.extend({ id: z.uuid(), how: z.enum(HOW).default('all'), day: DAY, seen: z.number().int().optional() }),
    run: async (ctx, { id, how, day, seen, ...input }) => { const e = await changeEvent(ctx, id, { how, day: day ?? null, ...(seen === undefined ? {} : { seen }) }, given(input)); return { id: e.id, version: e.version } },
  }),
  defineAction({
    name: 'cancelEvent', label: ['取消日程', 'Cancel an event'], method: 'DELETE', path: '/api/schedule/events/:id', permission: null, status: 200, input: z.object({ id: z.uuid(), how: z.enum(HOW).default('all'), day: DAY }),
    run: async (ctx, { id, how, day }) => { await cancelEvent(ctx, id, { how, day: day ?? null }); return { id } },
  }),
  defineAction({
    name: 'answerEvent', label: ['答复日程', 'Answer an event'], method: 'POST', path: '/api/schedule/events/:id/answer', permission: null, status: 200, input: z.object({ id: z.uuid(), answer: z.enum(['yes', 'maybe', 'no'], '只能是接受、待定或拒绝') }),
    run: async (ctx, { id, answer }) => { await answerEvent(ctx, id, answer); return { answer } },
  }),
  defineAction({
    name: 'addEventTask', label: ['安排日程的任务', 'Task of an event'], method: 'POST', path: '/api/schedule/events/:id/tasks', permission: null, status: 201,
    input: z.object({ id: z.uuid(), title: z.string().trim().min(1, '请写要做什么').max(120, '最多 120 字'), toId: z.uuid().nullish(), minutes: z.number().int().min(5).max(45_000).default(450) }),
    async run(ctx, { id, title, toId, minutes }) {
      const e = await mayChange(ctx, id), to = toId ?? ctx.user!.id
      const [person] = await ctx.query<{ unit_id: string | null }>('select unit_id from "user" where tenant_id = $1 and id = $2 and not coalesce(off, false)', [ctx.tenant.id, to])
      if (!person) return fail('INVALID', { summary: '没有这个人，或已停用', fields: [{ field: 'toId', code: 'REF', message: '没有这个人，或已停用' }] })
      return openTodo(ctx, { title, details: null, toId: to, minutes, unitId: person.unit_id, about: { entity: 'calendarEvent', recordId: id, label: `日程 ${e.title}`.slice(0, 200) } })
    },
  }),
]

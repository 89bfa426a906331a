import { isWorkday, storeNew, type CompiledCalendar, type Ctx } from '@quancheng/kernel'
import { openTodo } from '@quancheng/automation'
import { tenantCalendar } from '@quancheng/org'
import { completeStep } from '@quancheng/process'
import { answerEvent, createEvent, type EventInput } from '@quancheng/schedule'
import { actingAs, DAY_MS, dayText, type DemoPerson, type DemoWorld } from './world.ts'

const HOUR = 3_600_000
/** Quarters of an hour as people write them: 9.5 is half past nine. */
type Plan = { who: string; day: number; from: number; to: number; title: string } & Partial<Omit<EventInput, 'startsAt' | 'endsAt' | 'title' | 'unitId' | 'attendeeIds' | 'resourceId'>> & { team?: string; with?: readonly string[]; room?: true; answers?: Readonly<Record<string, 'yes' | 'maybe' | 'no'>> }

/** `day`: working days from today; 0 is today or the next one. */
const PLANS: readonly Plan[] = [
  { who: 'zhouzhan', day: -15, from: 8.5, to: 9, title: '早会', rule: 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', skipHolidays: true, team: 'HZ01', place: '前台大厅', reminderMinutes: 5, with: ['lijie', 'wangjian', 'zhaoxiu', 'qianzhi'], answers: { lijie: 'yes', wangjian: 'yes', zhaoxiu: 'yes', qianzhi: 'yes' } },
  { who: 'zhouzhan', day: 0, from: 15, to: 16, title: '客户投诉复盘', kind: 'meeting', with: ['lijie', 'wangjian', 'qianzhi'], room: true, note: '看本周三件投诉：各自的起因、怎么答复、下次怎么避免。', answers: { lijie: 'yes', qianzhi: 'maybe' } },
  { who: 'zhouzhan', day: 1, from: 10, to: 11.5, title: '拜访 西湖区教育局', kind: 'visit', place: '文三路 100 号', with: ['lijie'], answers: { lijie: 'yes' } },
  { who: 'zhouzhan', day: 2, from: 14, to: 15, title: '体检', kind: 'out', visibility: 'private' },
  { who: 'lijie', day: 0, from: 11, to: 11.5, title: '给老客户回电', kind: 'other' },
  { who: 'lijie', day: 1, from: 16, to: 16.5, title: '接孩子', kind: 'out', visibility: 'busy' },
  { who: 'zhaoxiu', day: 1, from: 13.5, to: 15.5, title: '芯片级维修培训', kind: 'training', room: true, with: ['wangjian'], answers: { wangjian: 'yes' } },
  { who: 'sunqu', day: 0, from: 9.5, to: 10.5, title: '华东周例会', rule: 'WEEKLY', skipHolidays: true, reminderMinutes: 15, with: ['zhouzhan'], answers: { zhouzhan: 'yes' } },
  { who: 'sunqu', day: 3, from: 9, to: 17, title: '巡站 宁波', kind: 'out', place: '宁波二站' },
  { who: 'wuzong', day: 4, from: 14, to: 16, title: '月度经营会', kind: 'meeting', with: ['sunqu', 'zhouzhan'] },
]

const OPEN_DAY = [['订横幅与水牌', 'done'], ['给老客户发邀请', 'done'], ['备茶点', 'done'], ['清理一楼工位', 'done'], ['讲解稿', 'todo'], ['安排拍照', 'todo']] as const

function workingDay(cal: CompiledCalendar, today: Date, by: number): Date {
  let day = new Date(today), left = by
  const works = (): boolean => isWorkday(cal, dayText(day)), move = (n: number): void => { day = new Date(day.getTime() + n * DAY_MS) }
  while (!works()) move(1)
  while (left !== 0) { move(Math.sign(left)); if (works()) left -= Math.sign(left) }
  return day
}

/** Meetings, visits and what is private around today; a room and a car to book; an open day with its tasks. */
export async function storeSchedule(ctx: Ctx, w: DemoWorld): Promise<void> {
  const cal = await tenantCalendar(ctx), person = (username: string): DemoPerson | undefined => w.people.find(p => p.username === username)
  const rooms: Record<string, string> = {}
  for (const s of w.plan.units.filter(u => u.kind === 'station')) rooms[s.code] = (await storeNew(ctx, ctx.entities.get('serviceResource'), { unitId: w.units[s.code], kind: 'room', name: `${s.name}会议室` })).id as string
  for (const p of PLANS) await plan(ctx, w, cal, p, person, rooms)
  const manager = person('zhouzhan'), desk = person('lijie')
  if (manager && desk) await openDay(ctx, w, cal, manager, desk)
}

async function plan(ctx: Ctx, w: DemoWorld, cal: CompiledCalendar, p: Plan, person: (username: string) => DemoPerson | undefined, rooms: Readonly<Record<string, string>>): Promise<void> {
  const owner = person(p.who)
  if (!owner || (p.team && !w.units[p.team])) return
  const { who: _, day, from, to, title, team, with: people, room, answers, rule, ...more } = p, date = workingDay(cal, w.today, day), weekday = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][new Date(date.getTime() + 8 * HOUR).getUTCDay()]!
  const made = await createEvent(actingAs(ctx, owner, new Date(w.now.getTime() - 3 * DAY_MS)), {
    ...BLANK, ...more, rule: rule === 'WEEKLY' ? `FREQ=WEEKLY;BYDAY=${weekday}` : rule ?? null, title, ownerId: owner.userId, unitId: team ? w.units[team]! : null, startsAt: new Date(date.getTime() + from * HOUR), endsAt: new Date(date.getTime() + to * HOUR), resourceId: room ? rooms[owner.unitCode] ?? null : null,
    attendeeIds: (people ?? []).map(u => person(u)?.userId).filter(id => id !== undefined),
  }, { quiet: true })
  for (const [username, answer] of Object.entries(answers ?? {})) { const asked = person(username); if (asked && people?.includes(username)) await answerEvent(actingAs(ctx, asked, new Date(w.now.getTime() - 2 * DAY_MS)), made.id, answer) }
}

const BLANK: Omit<EventInput, 'title' | 'ownerId' | 'startsAt' | 'endsAt'> = { kind: 'meeting', allDay: false, free: false, place: null, unitId: null, resourceId: null, rule: null, skipHolidays: false, reminderMinutes: null, visibility: 'public', note: null, entity: null, recordId: null, budget: null, attendeeIds: [] }

/** 事件计划: six tasks, four of them done. */
async function openDay(ctx: Ctx, w: DemoWorld, cal: CompiledCalendar, manager: DemoPerson, desk: DemoPerson): Promise<void> {
  const unitId = w.units['HZ01'], day = workingDay(cal, w.today, 6), before = new Date(w.now.getTime() - 2 * DAY_MS), by = actingAs(ctx, manager, before)
  if (!unitId) return
  const e = await createEvent(by, { ...BLANK, title: '客户开放日', kind: 'activity', ownerId: manager.userId, unitId, place: '一楼大厅', budget: '3000.00', startsAt: new Date(day.getTime() + 9 * HOUR), endsAt: new Date(day.getTime() + 17 * HOUR), note: '请二十位老客户来看维修过程。', attendeeIds: [desk.userId] }, { quiet: true })
  for (const [title, state] of OPEN_DAY) {
    const task = await openTodo(by, { title, details: null, toId: desk.userId, minutes: 2700, unitId, about: { entity: 'calendarEvent', recordId: e.id, label: '日程 客户开放日' } })
    if (state === 'done') await completeStep(actingAs(ctx, desk, new Date(w.now.getTime() - DAY_MS)), task.taskId, { outcome: 'done' })
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { HENGCHUAN } from '../plans.ts'
import { ACTS, extensionOf, type Stage } from './acts.ts'
import { clientOf, Refused, type Client } from './client.ts'
import { every, look } from './look.ts'
import { simulate } from './simulate.ts'
import type { Act, Scene } from './scene.ts'
import type { ClockState } from '../clock/clock.ts'

export interface PlayOptions { base: string; /** seconds in a second; `max`: from act to act without waiting */ speed: number | 'max'; from: number; to: number; stations: readonly string[]; seed: number; say(line: string): void; stop?: AbortSignal }
export interface Played { done: number; refused: number; acts: readonly Act[]; until: Date; clock: ClockState }

/** The demo lives in China. */
const ZONE_MS = 8 * 3_600_000, MINUTE = 60_000, DAY = 86_400_000
const midnight = (at: Date): number => Math.floor((at.getTime() + ZONE_MS) / DAY) * DAY - ZONE_MS
export const minuteOf = (at: Date): number => (at.getTime() - midnight(at)) / MINUTE
const wall = (at: Date): string => new Date(at.getTime() + ZONE_MS).toISOString().slice(11, 16)

/** Less than this of the day is left: the next one is played. */
const WORTH = 60

/** When the play begins: now, if a working day is going on, else when the next one opens. The clock is never set back. */
export async function beginning(client: Client, now: Date, from: number, to: number): Promise<{ at: Date; day: number }> {
  const [calendar] = (await client.as('admin').get<{ items: Array<{ id: string }> }>('/api/calendars', { filter: { isDefault: true }, limit: 1 })).items
  for (let day = midnight(now), i = 0; i < 20; i++, day += DAY) {
    const date = new Date(day + ZONE_MS).toISOString().slice(0, 10)
    if (!calendar || !(await opens(client, calendar.id, date))) continue
    const at = Math.max(now.getTime(), day + from * MINUTE)
    if (at <= day + (to - Math.min(WORTH, to - from)) * MINUTE) return { at: new Date(at), day }
  }
  throw new Error('二十天内没有工作日')
}
async function opens(client: Client, calendarId: string, date: string): Promise<boolean> {
  const year = await client.as('admin').get<{ days: Array<{ date: string; workday: boolean }> }>(`/api/calendars/${calendarId}/year`, { year: date.slice(0, 4) })
  return year.days.find(d => d.date === date)?.workday ?? false
}

/** One day, played by those who work there. What the program refuses is said and passed over; without the program nothing is done at all. */
export async function playDay(o: PlayOptions): Promise<Played> {
  const client = clientOf(o.base), admin = client.as('admin')
  const clock = await client.anyone.get<ClockState | undefined>('/api/demo/clock').catch(error => { if (error instanceof Refused && error.status === 404) return undefined; throw error })
  if (!clock) throw new Error('这里没有演示时钟：程序不是以演示企业启动的，不能播放')
  const { at, day } = await beginning(client, new Date(clock.at), o.from, o.to)
  const set = (speed: number, to?: Date): Promise<ClockState> => admin.post('/api/demo/clock', { speed, ...(to ? { at: to.toISOString() } : {}) })
  await set(0, at)
  let shown = { real: performance.now(), demo: at.getTime(), speed: 0 }
  const seen = (c: ClockState): void => { shown = { real: performance.now(), demo: Date.parse(c.at), speed: c.speed } }
  const now = (): Date => new Date(shown.demo + (performance.now() - shown.real) * shown.speed)
  let done = 0, refused = 0, acts: Act[] = []
  try {
    const scene = await look(client, { now: at, stations: o.stations, seed: o.seed, from: (at.getTime() - day) / MINUTE, to: o.to, shifts: [[540, 720], [810, 1080]] })
    acts = simulate(scene)
    const stage = await staged(client, o, scene, now)
    o.say(`${new Date(day + ZONE_MS).toISOString().slice(0, 10)} ${wall(at)}–${wall(new Date(day + o.to * MINUTE))}，${o.stations.join('、')}，${o.speed === 'max' ? '不等待' : `${o.speed} 倍速，约 ${Math.ceil((o.to - scene.from) / o.speed)} 分钟`}。Ctrl+C 停止。`)
    if (o.speed !== 'max') seen(await set(o.speed))
    for (const act of acts) {
      if (!(await until(new Date(day + act.at * MINUTE)))) break
      if (await perform(stage, act)) done++
      else refused++
    }
    if (o.stop?.aborted !== true) await until(new Date(day + o.to * MINUTE))
  } finally { await admin.remove('/api/demo/clock').catch(() => {}) }
  const after = await client.anyone.get<ClockState>('/api/demo/clock')
  o.say(`${o.stop?.aborted ? '已停止' : '这一天结束了'}：办了 ${done} 件事${refused ? `，${refused} 件没办成` : ''}。${after.demo ? `时钟恢复正常快慢，仍走在演示的时间里（${wall(new Date(after.at))}），不往回拨；下次重新启动时，真实时间若已走到后面就回到真实时间。` : '时钟回到真实时间。'}`)
  return { done, refused, acts, until: new Date(after.at), clock: after }

  /** Waits for a moment of the played day; false when somebody has stopped it. */
  async function until(moment: Date): Promise<boolean> {
    if (o.speed === 'max') { if (!o.stop?.aborted && moment.getTime() - shown.demo > 20_000) seen(await set(0, moment)); return !o.stop?.aborted }
    for (let left = 1; !o.stop?.aborted;) {
      left = (moment.getTime() - now().getTime()) / o.speed
      if (left <= 0) return true
      await sleep(Math.min(left, 500), undefined, o.stop ? { signal: o.stop } : {}).catch(() => {})
    }
    return false
  }
  async function perform(stage: Stage, act: Act): Promise<boolean> {
    const who = act.who ? HENGCHUAN.people.find(p => p.username === act.who)?.name ?? act.who : '客户'
    const line = (text: string): void => o.say(`${wall(now())} ${act.station} ${who.padEnd(3, '　')} ${text}`)
    try {
      const text = await (ACTS[act.kind] ?? (() => { throw new Refused(0, 'UNKNOWN_ACT', `不会做“${act.kind}”`) }))(stage, act, act.who ? client.as(act.who) : client.anyone)
      if (text) line(text)
      return true
    } catch (error) {
      // a person who is told no says so and turns to the next; a program that has gone is the end
      if (!(error instanceof Refused) || error.code === 'NO_ANSWER') throw error
      line(`没办成（${act.kind}）：${error.message}`)
      return false
    }
  }
}

/** What has to be at hand before the doors open: the telephone system's key, the agents at their extensions, everybody's names. */
async function staged(client: Client, o: PlayOptions, scene: Scene & { units: Record<string, string> }, now: () => Date): Promise<Stage> {
  const admin = client.as('admin')
  const users = new Map((await every(client, 'admin', '/api/users', {})).map(u => [u.id, u.username as string]))
  const [source] = (await admin.get('/api/cti-sources', { filter: { code: 'DEMO' }, limit: 1 })).items
  const id = source?.id ?? (await admin.post('/api/cti-sources', { code: 'DEMO', name: '演示电话系统' })).id
  const cti = await admin.post<{ path: string; secret: string }>(`/api/cti-sources/${id}/secret`)
  for (const agent of scene.agents) await client.as(agent).post('/api/hotline/extension', { extension: extensionOf(agent) })
  const numbers = new Map<string, string>()
  for (const s of scene.stations) for (const q of await every(client, s.staff.stationManager![0]!, '/api/service-requests', { filter: { unitId: scene.units[s.code], endedAt: { isNull: true } } })) numbers.set(q.id, q.number)
  return { client, seed: o.seed, units: scene.units, users, now, cti, ids: new Map(), numbers, links: new Map(), tickets: new Map(), parts: new Map() }
}

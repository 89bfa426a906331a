import { addBusinessMinutes, type CompiledCalendar } from '@quancheng/kernel'
import type { DemoPerson } from './world.ts'
import type { Random } from './random.ts'

/** One stage of an invented request, as it would have been lived. `finishedAt` null: it is still open. */
export interface Stage { nodeId: string; role: string; enteredAt: Date; startedAt: Date | null; finishedAt: Date | null; outcome: string | null; by: DemoPerson | null; pauses: Array<{ from: string; to: string | null; reason: string; by: string | null }> }
export interface Course { stages: Stage[]; end: { nodeId: string; name: string; at: Date } | null }

/** Minutes that a stage usually takes on its own clock: the median, and how widely it spreads (log-normal). */
const PACE: Record<string, { median: number; spread: number; clock: boolean; role: string }> = {
  waiting: { median: 6, spread: 0.6, clock: true, role: 'receptionist' }, reception: { median: 8, spread: 0.3, clock: false, role: 'receptionist' },
  inspect: { median: 27, spread: 0.38, clock: false, role: 'inspector' }, quote: { median: 70, spread: 0.8, clock: false, role: 'receptionist' },
  repair: { median: 98, spread: 0.48, clock: false, role: 'engineer' }, quality: { median: 11, spread: 0.38, clock: false, role: 'qc' }, pickup: { median: 2600, spread: 0.9, clock: true, role: 'receptionist' },
}
const END: Record<string, string> = { collected: '已取机', refused: '拒修', transferred: '转修', returned: '退机' }
const MINUTE = 60_000

const normal = (r: Random): number => Math.sqrt(-2 * Math.log(1 - r.next())) * Math.cos(2 * Math.PI * r.next())

/** Where a finished stage leads, and by which outcome; the shares are what such a station sees. */
function next(nodeId: string, process: string, r: Random, loops: number): { outcome: string; to: string } {
  switch (nodeId) {
    case 'waiting': return { outcome: 'begin', to: 'reception' }
    case 'reception': return r.chance(0.025) ? { outcome: 'refuse', to: 'refused' } : { outcome: 'inspect', to: 'inspect' }
    case 'inspect': {
      if (process === 'parts-sale') return { outcome: 'repair', to: 'repair' }
      const way = r.weighted({ quote: 62, free: 31, transfer: 3, return: 4 })
      return { outcome: way, to: way === 'quote' ? 'quote' : way === 'free' ? 'repair' : way === 'transfer' ? 'transferred' : 'returned' }
    }
    case 'quote': return r.chance(0.09) ? { outcome: 'decline', to: 'returned' } : { outcome: 'agree', to: 'repair' }
    case 'repair': return loops < 2 && process === 'repair' && r.chance(0.03) ? { outcome: 'requote', to: 'quote' } : r.chance(0.015) ? { outcome: 'transfer', to: 'transferred' } : { outcome: 'fixed', to: 'quality' }
    case 'quality': return loops < 2 && r.chance(0.07) ? { outcome: 'fail', to: 'repair' } : { outcome: 'pass', to: 'pickup' }
    default: return { outcome: 'collect', to: 'collected' }
  }
}

/** Plays a request from the door until it ends or `now` comes. People are those of its station; a device stays with who knows it. */
export function playCourse(o: { process: string; start: Date; now: Date; cal: CompiledCalendar; staff: readonly DemoPerson[]; random: Random }): Course {
  const { cal, now, random: r } = o
  const kept = new Map<string, DemoPerson>()
  const worker = (role: string): DemoPerson | null => {
    const known = kept.get(role)
    if (known) return known
    const able = o.staff.filter(p => p.post === role)
    const chosen = able.length ? r.pick(able) : null
    if (chosen) kept.set(role, chosen)
    return chosen
  }
  const stages: Stage[] = []
  let at = o.start, nodeId = 'waiting'
  for (let i = 0; i < 30; i++) {
    if (END[nodeId]) return { stages, end: { nodeId, name: END[nodeId]!, at } }
    const pace = PACE[nodeId]!
    const by = worker(pace.role)
    const later = (from: Date, minutes: number): Date => (pace.clock ? new Date(from.getTime() + minutes * MINUTE) : addBusinessMinutes(cal, from, minutes).due)
    const work = Math.max(1, pace.median * Math.exp(pace.spread * normal(r)))
    const idle = nodeId === 'reception' ? 0 : work * r.next() * 0.6
    let startedAt: Date | null = later(at, idle)
    const pauses: Stage['pauses'] = []
    const reason = nodeId === 'quote' && r.chance(0.3) ? '待客户' : nodeId === 'repair' && r.chance(0.12) ? '待件' : null
    let finish = later(startedAt, work)
    if (reason) {
      const from = later(startedAt, work * 0.3), to = addBusinessMinutes(cal, from, r.int(60, reason === '待件' ? 1200 : 500)).due
      pauses.push({ from: from.toISOString(), to: to <= now ? to.toISOString() : null, reason, by: by?.userId ?? null })
      if (from > now) pauses.pop()
      finish = later(to, work * 0.7)
    }
    // a customer comes for the device when the door is open
    if (pace.clock && nodeId === 'pickup') finish = addBusinessMinutes(cal, finish, 1).due
    if (startedAt > now) startedAt = null
    if (finish > now) {
      stages.push({ nodeId, role: pace.role, enteredAt: at, startedAt, finishedAt: null, outcome: null, by: startedAt || nodeId === 'pickup' || r.chance(0.3) ? by : null, pauses })
      return { stages, end: null }
    }
    const way = next(nodeId, o.process, r, stages.filter(s => s.nodeId === nodeId).length)
    stages.push({ nodeId, role: pace.role, enteredAt: at, startedAt, finishedAt: finish, outcome: way.outcome, by, pauses })
    at = finish
    nodeId = way.to
  }
  return { stages, end: { nodeId: 'transferred', name: END.transferred!, at } }
}

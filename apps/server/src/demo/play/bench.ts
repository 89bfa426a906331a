import type { Random } from '../random.ts'

/** Work that waits for somebody of a post. `prefer`: only this person does it. */
export interface Job { minutes: number; prefer: string | null; begin(who: string, at: number): void; done(who: string, at: number): void }

export interface Bench {
  at(minute: number, run: (now: number) => void): void
  /** hands work to whoever of the post is free first, in the order in which it came */
  give(station: string, post: string, job: Job, now: number): void
  /** minutes of a piece of work, drawn from its distribution */
  draw(median: number, spread: number): number
  run(): void
}

const normal = (r: Random): number => Math.sqrt(-2 * Math.log(1 - r.next())) * Math.cos(2 * Math.PI * r.next())

/**
 * A small event loop in simulated minutes: things that happen at a time, and people who do one piece of work after the other. At noon
 * everybody but the first of each post's counter rests; work that was begun goes on afterwards.
 */
export function bench(o: { from: number; to: number; shifts: ReadonlyArray<readonly [number, number]>; staff(station: string, post: string): readonly string[]; random: Random }): Bench {
  const events: Array<{ t: number; n: number; run: (now: number) => void }> = []
  let n = 0
  const at = (t: number, run: (now: number) => void): void => {
    if (t > o.to) return
    const e = { t: Math.max(t, o.from), n: n++, run }
    let low = 0, high = events.length
    while (low < high) { const mid = (low + high) >> 1; if (events[mid]!.t <= e.t) low = mid + 1; else high = mid }
    events.splice(low, 0, e)
  }
  const busy = new Map<string, number>()
  const queues = new Map<string, Job[]>()
  /** the counter is never left alone over noon */
  const stays = (station: string, post: string, who: string): boolean => post === 'receptionist' && o.staff(station, post)[0] === who
  const working = (t: number, all: boolean): boolean => (all ? t >= o.shifts[0]![0] && t < o.shifts.at(-1)![1] : o.shifts.some(([a, b]) => t >= a && t < b))
  const ending = (from: number, minutes: number, all: boolean): number => {
    if (all) return from + minutes
    let t = from, left = minutes
    for (const [a, b] of o.shifts) {
      if (t >= b) continue
      t = Math.max(t, a)
      if (left <= b - t) return t + left
      left -= b - t
      t = b
    }
    return t + left
  }
  const serve = (station: string, post: string, now: number): void => {
    const queue = queues.get(`${station}/${post}`) ?? []
    for (let i = 0; i < queue.length;) {
      const job = queue[i]!, people = o.staff(station, post)
      const able = job.prefer && people.includes(job.prefer) ? [job.prefer] : people
      const who = able.find(p => (busy.get(p) ?? 0) <= now && working(now, stays(station, post, p)))
      if (!who) { i++; continue }
      queue.splice(i, 1)
      const end = ending(now, job.minutes, stays(station, post, who))
      busy.set(who, end)
      job.begin(who, now)
      at(end, t => { job.done(who, t); serve(station, post, t) })
    }
  }
  for (const [a] of o.shifts) at(a, t => { for (const key of queues.keys()) { const [s, p] = key.split('/') as [string, string]; serve(s, p, t) } })
  return {
    at, draw: (median, spread) => Math.max(1, median * Math.exp(spread * normal(o.random))),
    give(station, post, job, now) {
      const key = `${station}/${post}`, queue = queues.get(key) ?? []
      queues.set(key, queue)
      queue.push(job)
      serve(station, post, now)
    },
    run() { for (let e = events.shift(); e; e = events.shift()) e.run(e.t) },
  }
}

import type { CaseTable } from './case-table.ts'
import { compareText } from './rows.ts'
import { minutesAt } from './mine.ts'

/** Cases of one week: begun, ended, and open when it was over. `week` is its Monday, YYYY-MM-DD. */
export interface Week { week: string; started: number; ended: number; open: number }
/** An activity done more than once in a case. `again`: repetitions beyond the first; `directly`: of them, with nothing in between. */
/** `minutes`: calendar time of the repetitions, entered to finished. */
export interface Rework { activity: string; cases: number; again: number; directly: number; minutes: number }
/** A way back: after `from` the case went to `to`, which it had already done. */
export interface Loop { from: string; to: string; times: number; cases: number }
/**
 * Calendar minutes of an activity: nobody worked on it, somebody did, and both together. `known`: steps with a recorded start; where there are
 * none only the sojourn, from the step before to the completion, can be told.
 */
export interface Spending { activity: string; steps: number; known: number; waiting: number; working: number; sojourn: number; measured: number }
/** Work that went from one person straight to another. */
export interface HandOver { from: string; to: string; count: number }
/** Minutes of calendar time; `share`: of all steps, 0…1. */
export interface Load { steps: number; cases: number; people: number; share: number; workingMinutes: number; waitingMinutes: number; open: number }

export interface Review {
  weeks: Week[]
  rework: { cases: number; share: number; minutes: number; timeShare: number | null; activities: Rework[]; loops: Loop[] }
  handOvers: { total: number; perCase: number; pairs: HandOver[]; people: string[] }
  roles: Array<Load & { role: string }>
  people: Array<Load & { person: string }>
  /** of the steps with a known start: minutes nobody worked on them, and minutes somebody did */
  time: { waitingMinutes: number; workingMinutes: number; steps: number; activities: Spending[] }
}

const SHOWN = 12

/**
 * Quantity and structure of a process: what comes in and goes out a week, what is done again, how work changes hands, who carries it.
 * @param mondayOf the Monday (YYYY-MM-DD) of the week a moment lies in, in the tenant's time zone
 */
export function review(t: CaseTable, selection: Uint32Array, mondayOf: (ms: number) => string): Review {
  const weeks = new Map<string, { started: number; ended: number }>()
  const week = (ms: number) => { const key = mondayOf(ms); let found = weeks.get(key); if (!found) weeks.set(key, (found = { started: 0, ended: 0 })); return found }
  const rework = new Map<number, { cases: number; again: number; directly: number; minutes: number }>()
  const loops = new Map<number, { times: number; cases: number; lastCase: number }>(), spending = new Map<number, Omit<Spending, 'activity'>>()
  const A = t.activities.list.length
  let againMinutes = 0, allMinutes = 0
  const pairs = new Map<number, number>()
  const P = t.people.list.length
  const loads = { role: new Map<number, Gathering>(), person: new Map<number, Gathering>() }
  const time = { waitingMinutes: 0, workingMinutes: 0, steps: 0 }
  let cases = 0, steps = 0, reworked = 0, handOvers = 0
  for (const slot of selection) {
    const begin = t.first[slot]!, end = begin + t.length[slot]!
    if (begin === end) continue
    cases++
    week(t.caseStarted[slot]!).started++
    const ended = t.caseEnded[slot]!
    if (!Number.isNaN(ended)) week(ended).ended++
    const seen = new Map<number, number>()
    let before = 0, activityBefore = -1, again = false
    for (let i = begin; i < end; i++) {
      steps++
      const label = t.label[i]!, activity = t.labelActivity[label]!, who = t.who[i]!
      const times = (seen.get(activity) ?? 0) + 1
      const waiting = minutesAt(t, i, 'waiting', false), working = minutesAt(t, i, 'working', false), sojourn = minutesAt(t, i, 'total', i === begin)
      let spent = spending.get(activity)
      if (!spent) spending.set(activity, (spent = { steps: 0, known: 0, waiting: 0, working: 0, sojourn: 0, measured: 0 }))
      spent.steps++
      if (!Number.isNaN(sojourn)) { spent.sojourn += sojourn; spent.measured++; allMinutes += sojourn }
      if (!Number.isNaN(waiting) && !Number.isNaN(working)) { spent.known++; spent.waiting += waiting; spent.working += working }
      seen.set(activity, times)
      if (times > 1) {
        again = true
        let r = rework.get(activity)
        if (!r) rework.set(activity, (r = { cases: 0, again: 0, directly: 0, minutes: 0 }))
        r.again++
        if (times === 2) r.cases++
        if (activity === activityBefore) r.directly++
        if (!Number.isNaN(sojourn)) { r.minutes += sojourn; againMinutes += sojourn }
        const way = activityBefore * A + activity
        let loop = loops.get(way)
        if (!loop) loops.set(way, (loop = { times: 0, cases: 0, lastCase: -1 }))
        loop.times++
        if (loop.lastCase !== slot) { loop.cases++; loop.lastCase = slot }
      }
      if (who && before && who !== before) { handOvers++; pairs.set(before * P + who, (pairs.get(before * P + who) ?? 0) + 1) }
      const open = Number.isNaN(t.finished[i]!)
      gather(loads.role, t.labelRole[label]!, slot, who, waiting, working, open)
      if (who) gather(loads.person, who, slot, who, waiting, working, open)
      if (!Number.isNaN(waiting) && !Number.isNaN(working)) { time.waitingMinutes += waiting; time.workingMinutes += working; time.steps++ }
      if (who) before = who
      activityBefore = activity
    }
    if (again) reworked++
  }
  const load = (of: Map<number, Gathering>, names: string[]) => [...of].map(([n, g]) => ({ name: names[n]!, steps: g.steps, cases: g.cases, people: g.people.size, share: g.steps / steps, workingMinutes: g.working, waitingMinutes: g.waiting, open: g.open }))
    .sort((a, b) => b.steps - a.steps || compareText(a.name, b.name))
  const ranked = [...pairs].map(([key, count]): HandOver => ({ from: t.people.list[Math.floor(key / P)]!, to: t.people.list[key % P]!, count })).sort((a, b) => b.count - a.count || compareText(a.from, b.from) || compareText(a.to, b.to))
  const volume = new Map<string, number>()
  for (const { from, to, count } of ranked) for (const person of [from, to]) volume.set(person, (volume.get(person) ?? 0) + count)
  return {
    weeks: everyWeek(weeks),
    rework: {
      cases: reworked, share: cases ? reworked / cases : 0, minutes: againMinutes, timeShare: allMinutes > 0 ? againMinutes / allMinutes : null,
      activities: [...rework].map(([activity, r]) => ({ activity: t.activities.list[activity]!, ...r })).sort((a, b) => b.again - a.again || compareText(a.activity, b.activity)).slice(0, SHOWN),
      loops: [...loops].map(([way, { times, cases: n }]): Loop => ({ from: t.activities.list[Math.floor(way / A)]!, to: t.activities.list[way % A]!, times, cases: n })).sort((a, b) => b.times - a.times || compareText(a.from, b.from) || compareText(a.to, b.to)).slice(0, SHOWN),
    },
    handOvers: {
      total: handOvers, perCase: cases ? handOvers / cases : 0, pairs: ranked.slice(0, 100),
      people: [...volume].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).slice(0, SHOWN).map(([person]) => person),
    },
    roles: load(loads.role, t.roles.list).map(({ name: role, ...rest }) => ({ role, ...rest })),
    people: load(loads.person, t.people.list).slice(0, SHOWN).map(({ name: person, ...rest }) => ({ person, ...rest })),
    time: { ...time, activities: [...spending].map(([activity, spent]): Spending => ({ activity: t.activities.list[activity]!, ...spent })).sort((a, b) => b.sojourn - a.sojourn || compareText(a.activity, b.activity)) },
  }
}

interface Gathering { steps: number; cases: number; lastCase: number; people: Set<number>; waiting: number; working: number; open: number }

function gather(of: Map<number, Gathering>, key: number, slot: number, who: number, waiting: number, working: number, open: boolean): void {
  let g = of.get(key)
  if (!g) of.set(key, (g = { steps: 0, cases: 0, lastCase: -1, people: new Set(), waiting: 0, working: 0, open: 0 }))
  g.steps++
  if (g.lastCase !== slot) { g.cases++; g.lastCase = slot }
  if (who) g.people.add(who)
  if (!Number.isNaN(waiting)) g.waiting += waiting
  if (!Number.isNaN(working)) g.working += working
  if (open) g.open++
}

/** Weeks without a case stand between the others with zeros: a gap must be seen as one. At most ten years of them. */
function everyWeek(weeks: Map<string, { started: number; ended: number }>): Week[] {
  const known = [...weeks.keys()].sort(compareText)
  if (!known.length) return []
  const all: Week[] = []
  let open = 0
  const last = known.at(-1)!
  for (let week = known[0]!; week <= last && all.length < 520; week = new Date(Date.parse(`${week}T00:00:00Z`) + 7 * 86_400_000).toISOString().slice(0, 10)) {
    const { started, ended } = weeks.get(week) ?? { started: 0, ended: 0 }
    open += started - ended
    all.push({ week, started, ended, open })
  }
  return all
}

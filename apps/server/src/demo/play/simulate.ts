import { randomOf } from '../random.ts'
import { bench } from './bench.ts'
import { arrivalsOf, inventNew } from './arrive.ts'
import { ENDS, OUTCOMES, WORK, type Act, type OpenRequest, type Scene, type SceneStation, type Visitor } from './scene.ts'

interface Thing { key: string; station: SceneStation; process: string; lineName: string; visitor: Visitor | null; clerk: string | null; engineer: string | null; loops: number }

const WORDS: Readonly<Record<number, readonly string[]>> = { 1: ['说好今天取，等了两个小时', '修完没有打电话，自己跑来问的'], 2: ['价格比上次贵了不少', '等得太久'], 3: ['还可以'], 4: ['接待很耐心'], 5: ['修得快，讲得清楚', '师傅很专业', '下次还来'] }
const TAGS: Readonly<Record<number, readonly string[]>> = { 1: ['speed'], 2: ['price', 'speed'], 3: [], 4: ['attitude'], 5: ['attitude', 'quality'] }

/** Pure: the same scene gives the same list, in the order of time. Nothing is done to a request after it has ended but that its customer says how it was. */
export function simulate(scene: Scene): Act[] {
  const r = randomOf(scene.seed, `play/${scene.from}`)
  const b = bench({ ...scene, staff: (s, post) => scene.stations.find(x => x.code === s)?.staff[post] ?? [], random: r })
  const acts: Act[] = []
  const say = (at: number, kind: string, x: { key: string | null; station: string }, who: string | null, more: Record<string, unknown> = {}): void => { if (at <= scene.to) acts.push({ at: Math.round(at * 10) / 10, kind, request: x.key, station: x.station, who, with: more }) }
  const about = (x: Thing): { key: string; station: string } => ({ key: x.key, station: x.station.code })
  const draw = (name: string): number => b.draw(...WORK[name]!)
  let count = 0

  /** Somebody of a post takes it, works on it, and says what came of it. */
  const work = (x: Thing, o: { stage: string; post: string; minutes: number; prefer: string | null; during?: (who: string, at: number) => number; outcome: () => { outcome: string; comment?: string }; then: (who: string, outcome: string, at: number) => void }, now: number): void => {
    b.give(x.station.code, o.post, {
      minutes: o.minutes, prefer: o.prefer,
      begin: (who, at) => say(at, 'claim', about(x), who, { stage: o.stage }),
      done: (who, at) => {
        const wait = o.during?.(who, at) ?? 0
        b.at(at + wait, t => { const { outcome, comment } = o.outcome(); say(t, 'finish', about(x), who, { stage: o.stage, outcome, ...(comment ? { comment } : {}) }); if (!ENDS[outcome]) o.then(who, outcome, t) })
      },
    }, now)
  }
  const COMMENT: Readonly<Record<string, string>> = { refuse: '非本公司产品，建议联系原厂', transfer: '需芯片级返厂维修', return: '客户要求不修，退机', requote: '拆开后发现还要换件', fail: '复测时仍有偶发', decline: '价格超出预期' }
  const weigh = (weights: Readonly<Record<string, number>>) => (): { outcome: string; comment?: string } => { const outcome = r.weighted(weights); return COMMENT[outcome] ? { outcome, comment: COMMENT[outcome] } : { outcome } }

  const reception = (x: Thing, now: number, o: { taken: boolean }): void => {
    b.give(x.station.code, 'receptionist', {
      minutes: draw('reception'), prefer: null,
      begin: (who, at) => {
        x.clerk = who
        const counter = String(x.station.staff.receptionist!.indexOf(who) + 1)
        if (o.taken) say(at, 'call', about(x), who, { counter })
        // a number whose owner is having a coffee is passed over, and called again
        const missed = o.taken && r.chance(0.04)
        if (missed) { say(at + 1.5, 'skip', about(x), who); say(at + 3, 'call', about(x), who, { counter }) }
        say(at + (missed ? 4 : 0.8), 'register', about(x), who, { visitor: x.visitor })
      },
      done: (who, at) => { const { outcome, comment } = weigh(OUTCOMES.reception)(); say(at, 'finish', about(x), who, { stage: 'reception', outcome, ...(comment ? { comment } : {}) }); if (!ENDS[outcome]) inspect(x, at) },
    }, now)
  }
  const inspect = (x: Thing, now: number, share = 1, prefer: string | null = null): void => work(x, {
    stage: 'inspect', post: 'inspector', minutes: draw('inspect') * share, prefer, outcome: weigh(x.process === 'parts-sale' ? OUTCOMES.sold : OUTCOMES.inspect),
    then: (_who, outcome, at) => (outcome === 'quote' ? quote(x, at) : repair(x, at)),
  }, now)
  const quote = (x: Thing, now: number): void => b.give(x.station.code, 'receptionist', {
    minutes: draw('estimate'), prefer: x.clerk, begin: () => {},
    done: (who, at) => {
      say(at, 'estimate', about(x), who, { labour: r.int(6, 30) * 10 })
      const way = r.weighted(OUTCOMES.quote)
      if (r.chance(0.4)) say(at + 1, 'pause', about(x), who, { stage: 'quote', reason: '待客户' })
      answered(x, way, who, at)
    },
  }, now)
  const answered = (x: Thing, way: string, who: string, at: number): void => {
    if (way !== 'telephone') { b.at(at + b.draw(24, 0.7), t => { say(t, 'answer', about(x), null, { accept: way === 'link' }); if (way === 'link') repair(x, t) }); return }
    const tries = r.weighted({ 0: 50, 1: 25, 2: 15, 3: 10 })
    let t = at + r.int(8, 20)
    for (let i = 0; i < Number(tries); i++, t += r.int(12, 30)) say(t, 'contact', about(x), who, { succeeded: false, note: '无人接听' })
    b.at(t, now => b.give(x.station.code, 'receptionist', { minutes: draw('telephone'), prefer: who, begin: () => {}, done: (by, end) => { say(end, 'contact', about(x), by, { succeeded: true, note: '客户同意报价' }); say(end + 0.3, 'finish', about(x), by, { stage: 'quote', outcome: 'agree' }); repair(x, end + 0.3) } }, now))
  }
  const repair = (x: Thing, now: number, share = 1): void => {
    const way = r.weighted({ missing: 12, part: 34, none: 54 })
    work(x, {
      stage: 'repair', post: 'engineer', minutes: draw('repair') * share, prefer: x.engineer,
      during: (who, at) => {
        x.engineer = who
        if (way === 'none') return 0
        say(at, 'part', about(x), who, { missing: way === 'missing', lineName: x.lineName })
        if (way === 'part') return 1
        const wait = r.int(35, 110)
        say(at + wait, 'receive', about(x), x.station.staff.storekeeper?.[0] ?? null)
        return wait + r.int(10, 25)
      },
      outcome: weigh(x.process === 'parts-sale' || x.loops > 1 ? { fixed: 1 } : OUTCOMES.repair), then: (_who, outcome, at) => (outcome === 'requote' ? (x.loops++, quote(x, at)) : quality(x, at)),
    }, now)
  }
  const quality = (x: Thing, now: number, share = 1, prefer: string | null = null): void => work(x, {
    stage: 'quality', post: 'qc', minutes: draw('quality') * share, prefer, outcome: weigh(x.loops > 1 ? { pass: 1 } : OUTCOMES.quality),
    then: (_who, outcome, at) => (outcome === 'fail' ? (x.loops++, repair(x, at, 0.5)) : ready(x, at)),
  }, now)
  const ready = (x: Thing, now: number): void => {
    const clerk = x.clerk ?? x.station.staff.receptionist?.[0] ?? null, lost = r.chance(0.06)
    let told = now + r.int(3, 9)
    for (let i = 0; i < (lost ? 3 : 1); i++, told += r.int(15, 35)) say(told, 'contact', about(x), clerk, { succeeded: !lost, note: lost ? '无法接通' : '已告知可以取机' })
    if (r.chance(0.5)) b.at(Math.max(told, now + b.draw(60, 0.6)), t => handOver(x, t))
  }
  const handOver = (x: Thing, now: number): void => b.give(x.station.code, 'receptionist', {
    minutes: draw('pickup'), prefer: null, begin: () => {},
    done: (who, at) => {
      say(at, 'finish', about(x), who, { stage: 'pickup', outcome: 'collect' })
      if (!r.chance(0.5)) return
      const score = Number(r.weighted({ 5: 54, 4: 27, 3: 10, 2: 5, 1: 4 }))
      say(at + b.draw(9, 0.5), 'rate', about(x), null, { score, tags: TAGS[score]!, ...(r.chance(0.7) ? { words: r.pick(WORDS[score]!) } : {}) })
    },
  }, now)

  const carry = (station: SceneStation, q: OpenRequest, visitor: Visitor | null): void => {
    const x: Thing = { key: q.id, station, process: q.process, lineName: q.lineName, visitor, clerk: null, engineer: q.stage === 'repair' ? q.owner : null, loops: 0 }
    const start = scene.from + 10
    if (q.stage === 'waiting') return void (visitor && b.at(start, t => reception(x, t, { taken: true })))
    if (q.stage === 'reception') return b.at(start, t => b.give(station.code, 'receptionist', { minutes: 4, prefer: q.owner, begin: () => {}, done: (who, at) => { x.clerk = who; if (!q.registered) { if (!visitor) return; say(at, 'register', about(x), who, { visitor }) } say(at + 1, 'finish', about(x), who, { stage: 'reception', outcome: 'inspect' }); inspect(x, at + 1) } }, t))
    if (q.stage === 'inspect') return b.at(start, t => inspect(x, t, 0.6, q.owner))
    if (q.stage === 'quality') return b.at(start, t => quality(x, t, 0.7, q.owner))
    if (q.stage === 'quote') { x.clerk = q.owner; const who = q.owner ?? station.staff.receptionist?.[0]; if (who && r.chance(0.6)) b.at(r.int(scene.from, scene.to), t => answered(x, 'telephone', who, t)); return }
    if (q.stage === 'repair') { if (!q.paused) return b.at(start, t => repair(x, t, 0.5)); if (r.chance(0.5)) b.at(r.int(scene.from + 30, scene.to), t => { say(t, 'resume', about(x), q.owner, { stage: 'repair' }); repair(x, t + 0.5, 0.4) }) }
    if (q.stage === 'pickup' && r.chance(0.22)) b.at(r.int(scene.from + 20, scene.to - 15), t => handOver(x, t))
  }

  for (const station of scene.stations) {
    const shelf = [...station.visitors]
    const next = (): Visitor | null => shelf.splice(r.int(0, Math.max(0, shelf.length - 1)), 1)[0] ?? null
    for (const q of station.open) carry(station, q, q.registered && q.stage !== 'waiting' ? null : next())
    for (const t of arrivalsOf(scene, r)) b.at(t, now => {
      const visitor = r.chance(0.05) && station.back.length ? r.pick(station.back) : r.chance(0.12) ? inventNew(station, r) : next()
      if (!visitor) return
      const x: Thing = { key: `${station.code}-${++count}`, station, process: visitor.process, lineName: visitor.lineName, visitor, clerk: null, engineer: null, loops: 0 }
      const way = scene.agents.length ? r.weighted({ kiosk: 64, desk: 20, hotline: 16 }) : 'kiosk'
      if (way === 'kiosk') { say(now, 'take', about(x), null, { visitor }); reception(x, now, { taken: true }); return }
      if (way === 'desk') { reception(x, now, { taken: false }); return }
      const agent = r.pick(scene.agents), talk = draw('telephone')
      say(now, 'ring', about(x), agent, { phone: visitor.phone })
      say(now + 0.2, 'pickUp', about(x), agent)
      say(now + talk, 'ticket', about(x), agent, { visitor })
      say(now + talk + 0.3, 'hangUp', about(x), agent)
      b.at(now + talk + 1, t => b.give(station.code, 'receptionist', { minutes: draw('accept'), prefer: null, begin: () => {}, done: (who, at) => { say(at, 'accept', about(x), who); b.at(at + b.draw(55, 0.4), come => reception(x, come, { taken: true })) } }, t))
    })
    for (const t of [600, 690, 840, 990]) if (station.staff.stationManager?.[0]) b.at(t, now => say(now, 'round', { key: null, station: station.code }, station.staff.stationManager![0]!))
  }
  // customers who ask how far it is, and some that nobody gets to in time
  for (let t = Math.max(scene.from, 545); scene.agents.length && t < Math.min(scene.to, 1075); t += b.draw(16, 0.5)) {
    const agent = r.pick(scene.agents), station = r.pick(scene.stations), visitor = station.visitors.length ? r.pick(station.visitors) : null
    if (!visitor) break
    const call = { key: `call-${++count}`, station: station.code }
    say(t, 'ring', call, agent, { phone: visitor.phone })
    if (r.chance(0.1)) { say(t + 0.6, 'hangUp', call, agent); continue }
    say(t + 0.2, 'pickUp', call, agent)
    say(t + b.draw(2.5, 0.5), 'hangUp', call, agent, { note: '询问进度，已告知' })
  }
  b.run()
  return acts.toSorted((a, z) => a.at - z.at)
}

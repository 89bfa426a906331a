import { personName } from '../names.ts'
import type { Random } from '../random.ts'
import { ARRIVALS, OPENS, type Scene, type SceneStation, type Visitor } from './scene.ts'

/** How many events of a Poisson process with this mean (Knuth's product of uniforms). */
function poisson(mean: number, r: Random): number {
  const least = Math.exp(-mean)
  let n = 0, p = r.next()
  while (p > least) { n++; p *= r.next() }
  return n
}

/** When people come to one station, in minutes after midnight, in order. */
export function arrivalsOf(scene: Pick<Scene, 'from' | 'to'>, r: Random): number[] {
  const all = ARRIVALS.flatMap((mean, i) => Array.from({ length: poisson(mean, r) }, () => OPENS + 30 * i + r.next() * 30))
  return all.filter(t => t >= scene.from && t <= scene.to).toSorted((a, b) => a - b)
}

/** Somebody who was never here, with a device like those that are. An empty id means: to be registered. */
export function inventNew(station: SceneStation, r: Random): Visitor | null {
  const like = station.visitors.length ? r.pick(station.visitors) : null
  if (!like) return null
  return { ...like, deviceId: '', customerId: '', name: personName(r), phone: `1${r.pick(['38', '39', '57', '58', '86', '88'])}${String(r.int(10_000_000, 99_999_999))}`, serialNo: `${like.serialNo.slice(0, 2)}${Array.from({ length: 6 }, () => r.pick([...'ABCDEFGHJKLMNPRSTUVWXYZ0123456789'])).join('')}` }
}

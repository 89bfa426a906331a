import { parseArgs } from 'node:util'
import { readConfig } from '../../config.ts'
import { HENGCHUAN } from '../plans.ts'
import { Refused } from './client.ts'
import { playDay } from './play.ts'

const minutes = (text: string, name: string): number => {
  const m = /^(\d{1,2}):(\d{2})$/.exec(text), value = m ? Number(m[1]) * 60 + Number(m[2]) : Number.NaN
  if (!(value >= 0 && value < 1440)) throw new Error(`--${name} 应为时刻，如 08:50，现在是“${text}”`)
  return value
}
const STATIONS = HENGCHUAN.units.filter(u => u.kind === 'station').map(u => u.code)

/** `quancheng demo play`. */
export async function playCommand(args: string[]): Promise<number> {
  const { values: v } = parseArgs({ args, options: { speed: { type: 'string', default: '60' }, from: { type: 'string', default: '08:50' }, to: { type: 'string', default: '18:10' }, station: { type: 'string' }, seed: { type: 'string', default: '1' }, url: { type: 'string' } } })
  const speed = v.speed === 'max' ? 'max' as const : Number(v.speed), seed = Number(v.seed), from = minutes(v.from, 'from'), to = minutes(v.to, 'to')
  if (speed !== 'max' && !(speed >= 1 && speed <= 3600)) throw new Error(`--speed 应为 1–3600 的数，或 max，现在是“${v.speed}”`)
  if (!Number.isInteger(seed)) throw new Error(`--seed 应为整数，现在是“${v.seed}”`)
  if (to - from < 10) throw new Error('--to 应比 --from 晚至少十分钟')
  const station = v.station?.toUpperCase()
  if (station && !STATIONS.includes(station)) throw new Error(`没有服务站“${station}”，演示企业有 ${STATIONS.join('、')}`)
  const base = (v.url ?? `http://localhost:${readConfig().port}`).replace(/\/$/, ''), stop = new AbortController()
  const halt = (): void => stop.abort()
  process.once('SIGINT', halt)
  process.once('SIGTERM', halt)
  try {
    await playDay({ base, speed, from, to, seed, stations: station ? [station] : STATIONS, say: line => { console.log(line) }, stop: stop.signal })
    return 0
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    console.error(error.code === 'NO_ANSWER' ? `✗ ${error.message}。请先在另一个窗口启动（npm start），或用 --url 指明地址。` : `✗ ${error.message}（${error.code}）`)
    return 1
  } finally { process.off('SIGINT', halt); process.off('SIGTERM', halt) }
}

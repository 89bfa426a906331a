import { parseArgs } from 'node:util'

export interface Options {
  sizes: number[]
  callers: number[]
  /** requests of one measured round */
  requests: number
  rounds: number
  /** a round ends after so many seconds even when its requests are not all done (0: never) */
  seconds: number
  /** only operations whose key begins with one of these; empty: all */
  only: string[]
  json: string | null
  /** keep the data folder of the run, or use one that an earlier run kept */
  data: string | null
  /** folder for V8 CPU profiles of the program */
  profile: string | null
  pieces: boolean
}

const numbers = (text: string, name: string): number[] => text.split(',').map(part => {
  const n = Number(part.replaceAll('_', ''))
  if (!Number.isInteger(n) || n < 1) throw new Error(`--${name}: “${part}” 不是正整数`)
  return n
})

export function readOptions(args: readonly string[]): Options {
  const { values: v } = parseArgs({
    args: [...args],
    options: {
      size: { type: 'string', default: '10000' }, callers: { type: 'string', default: '1,8' }, requests: { type: 'string', default: '160' }, rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '0' }, only: { type: 'string', default: '' }, json: { type: 'string' }, data: { type: 'string' }, profile: { type: 'string' }, 'no-pieces': { type: 'boolean', default: false },
    },
  })
  return {
    sizes: numbers(v.size, 'size'), callers: numbers(v.callers, 'callers'), requests: numbers(v.requests, 'requests')[0]!, rounds: numbers(v.rounds, 'rounds')[0]!,
    seconds: Number(v.seconds), only: v.only.split(',').filter(Boolean), json: v.json ?? null, data: v.data ?? null, profile: v.profile ?? null, pieces: !v['no-pieces'],
  }
}

import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

// a call for 16 random bytes costs as much as one for 4096
const pool = new Uint8Array(4096)
let used = pool.length
function sixteen(): Uint8Array {
  if (used >= pool.length) { randomFillSync(pool); used = 0 }
  return pool.subarray(used, used += 16)
}

let millisecond = 0
let sequence = 0

/**
 * UUIDv7: made by whoever creates the row (screen, station, head office), sortable by time, no central counter; ids of one program and
 * millisecond count upwards. `at`: for rows of the past, since lists are in the order of their ids.
 */
export function newId(at?: Date): string {
  const random = sixteen()
  if (at) return v7({ msecs: at.getTime(), random })
  const now = Date.now()
  if (now > millisecond) {
    millisecond = now
    // half the range is left to count in
    sequence = (random[6]! << 23) | (random[7]! << 16) | (random[8]! << 8) | random[9]!
  } else sequence += 1
  return v7({ msecs: millisecond, seq: sequence, random })
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value)

/** camelCase (code, JSON) → snake_case (database). */
export const snake = (name: string): string => name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`)
/** camelCase → kebab-case (URLs). */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)

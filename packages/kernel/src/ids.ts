import { v7 } from 'uuid'

/**
 * UUIDv7: made by whoever creates the row (screen, station, head office), sortable by time, no central counter. `at`: for rows of the
 * past, since lists are in the order of their ids.
 */
export const newId = (at?: Date): string => (at ? v7({ msecs: at.getTime() }) : v7())

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value)

/** camelCase (code, JSON) → snake_case (database). */
export const snake = (name: string): string => name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`)
/** camelCase → kebab-case (URLs). */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)

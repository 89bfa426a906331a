/** Days after pick-up in which the same device counts as back from the same repair (三包: what was repaired must hold). */
export const REPEAT_DAYS = 30

export interface Repeat { requestId: string; number: string; days: number; engineerId: string | null }

/** `返修(19天)`: 11-01 to 11-20 are 19 days, whatever the hour. */
export const repeatText = (days: number): string => `返修(${days}天)`

/** Share of collected repairs that came back, in per cent with one decimal; null where nothing was collected. */
export const repeatRate = (repeats: number, collected: number): number | null => (collected === 0 ? null : Math.round((repeats / collected) * 1000) / 10)

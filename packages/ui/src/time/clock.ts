/** The time that this page lives in: the real one, or that of a demo which is being played at a speed of its own. */
export type PlayedClock = { at: string, speed: number }

let played: { real: number, at: number, speed: number } | null = null
const listeners = new Set<() => void>()

/** Milliseconds since 1970, now. */
export const presentMs = (): number => played ? played.at + (Date.now() - played.real) * played.speed : Date.now()
export const presentTime = (): Date => new Date(presentMs())
/** Milliseconds of the machine's time between two redraws of what says how long ago something was. */
export const tickMs = (): number => played ? Math.max(1000, 30_000 / Math.max(1, played.speed)) : 30_000

/** What the server says of its clock; null: it is the real one. */
export function setClock(clock: PlayedClock | null): void {
  const changed = (clock?.speed ?? null) !== (played?.speed ?? null) || Math.abs((clock ? Date.parse(clock.at) : Date.now()) - presentMs()) > 60_000
  played = clock ? { real: Date.now(), at: Date.parse(clock.at), speed: clock.speed } : null
  if (changed) for (const each of listeners) each()
}
export function onClock(listener: () => void): () => void { listeners.add(listener); return () => { listeners.delete(listener) } }

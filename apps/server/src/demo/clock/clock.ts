/**
 * The clock of a demo installation. It shows the real time until it is set going; then a second is `speed` seconds, from a moment that lies
 * ahead. It never goes back: what was written at a moment of the played day is not in the future of anybody who acts later.
 */
export interface DemoClock {
  now(): Date
  state(): ClockState
  /** From `at` (default: now) at this speed; 0 stands still. An `at` that is past is taken for now. */
  run(o: { at?: Date; speed: number }): ClockState
  /** Seconds are seconds again. The time is the real one where that is not behind, else it goes on from where it stands. */
  release(): ClockState
}

export interface ClockState { at: string; speed: number; /** the time shown is not the real one */ demo: boolean; /** milliseconds ahead of the real time */ ahead: number }

/** A lead of less than this is no lead: nothing was lived in it. */
const SAME_MS = 1000

/** `notBefore`: the last moment at which something was written; an installation that is started again goes on behind it. */
export function demoClock(o: { real?: () => Date; notBefore?: Date | null } = {}): DemoClock {
  const real = o.real ?? (() => new Date())
  let held: { real: number; demo: number; speed: number } | null = null
  const ms = (): number => (held ? held.demo + (real().getTime() - held.real) * held.speed : real().getTime())
  const state = (): ClockState => { const at = ms(), ahead = Math.round(at - real().getTime()); return { at: new Date(at).toISOString(), speed: held?.speed ?? 1, demo: held !== null, ahead: held ? ahead : 0 } }
  const settle = (at: number): void => { held = at - real().getTime() > SAME_MS ? { real: real().getTime(), demo: at, speed: 1 } : null }
  settle(o.notBefore?.getTime() ?? 0)
  return {
    now: () => new Date(ms()),
    state,
    run({ at, speed }) { held = { demo: Math.max(ms(), at?.getTime() ?? 0), real: real().getTime(), speed }; return state() },
    release() { settle(ms()); return state() },
  }
}

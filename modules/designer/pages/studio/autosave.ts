/** Where the work stands, for the person who does it. */
export type SaveState =
  | { is: 'saved', at: string | null }
  | { is: 'dirty' }
  | { is: 'saving' }
  | { is: 'failed', message: string }
  | { is: 'conflict', name: string, at: string | null, version: number, gone: boolean }

export type Saved = { version: number, at: string }
export type Refused = { conflict: { name: string, at: string | null, version: number, gone: boolean } } | { message: string }

type Options = {
  /** version of the draft that was opened; 0: there is none yet */
  seen: number
  /** when it was last saved; null: never */
  at: string | null
  waitMs: number
  /** how long after a failure it is tried again by itself */
  retryMs: number
  save: (seen: number) => Promise<Saved>
  refused: (error: unknown) => Refused
  onState: (state: SaveState) => void
}

export type Autosave = {
  changed: () => void
  /** Saves at once; true when everything is saved afterwards. */
  flush: () => Promise<boolean>
  seen: () => number
  state: () => SaveState
  /** after a conflict, or after the draft was replaced: goes on from this version. `dirty`: what is on the board still has to be saved over it */
  adopt: (version: number, at: string | null, dirty: boolean) => void
  stop: () => void
}

/** Saves a while after the last change, one save at a time, and never over somebody else's. */
export function makeAutosave(o: Options): Autosave {
  let seen = o.seen, state: SaveState = { is: 'saved', at: o.at }, timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null, again = false, stopped = false
  const say = (next: SaveState) => { state = next; if (!stopped) o.onState(next) }
  const later = (ms: number) => { clearTimeout(timer); timer = setTimeout(() => void run(), ms) }
  const run = async (): Promise<void> => {
    clearTimeout(timer)
    if (running) { again = true; return running }
    if (state.is === 'saved' || state.is === 'conflict') return
    running = (async () => {
      again = false
      say({ is: 'saving' })
      try {
        const saved = await o.save(seen)
        seen = saved.version
        if (again) say({ is: 'dirty' })
        else say({ is: 'saved', at: saved.at })
      } catch (error) {
        const why = o.refused(error)
        if ('conflict' in why) say({ is: 'conflict', ...why.conflict })
        else { say({ is: 'failed', message: why.message }); if (!stopped) later(o.retryMs) }
      }
    })()
    await running
    running = null
    if (again && (state as SaveState).is === 'dirty') await run()
  }
  return {
    changed: () => {
      if (state.is === 'conflict' || stopped) return
      if (running) { again = true; return }
      say({ is: 'dirty' })
      later(o.waitMs)
    },
    flush: async () => {
      await run()
      return state.is === 'saved'
    },
    seen: () => seen,
    state: () => state,
    adopt: (version, at, dirty) => {
      clearTimeout(timer)
      seen = version
      say(dirty ? { is: 'dirty' } : { is: 'saved', at })
      if (dirty) later(0)
    },
    stop: () => { stopped = true; clearTimeout(timer) },
  }
}

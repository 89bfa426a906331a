import { ApiError, messageOf } from '../core/api.ts'

/** Where the work stands, for the person who does it. */
export type SaveState =
  | { is: 'saved', at: string | null }
  | { is: 'dirty' }
  | { is: 'saving' }
  | { is: 'failed', message: string }
  | { is: 'conflict', name: string, at: string | null, version: number, gone: boolean }

export type Saved = { version: number, at: string }
export type Refused = { conflict: { name: string, at: string | null, version: number, gone: boolean } } | { message: string }

type Options<T> = {
  /** version of the draft that was opened; 0: there is none yet */
  seen: number
  /** when it was last saved; null: never */
  at: string | null
  /** what is on the board as it was opened; the same value again is nothing to save */
  value: T
  /** ms after the last change */
  waitMs: number
  /** ms after a failure until it is tried again by itself */
  retryMs: number
  save: (value: T, seen: number) => Promise<Saved>
  refused?: (error: unknown) => Refused
  onState: (state: SaveState) => void
}

export type Autosave<T> = {
  changed: (value: T) => void
  /** Saves at once; true when everything is saved afterwards. */
  flush: () => Promise<boolean>
  seen: () => number
  state: () => SaveState
  /** after a conflict, or after the draft was replaced: goes on from this version. `dirty`: what is on the board still has to be saved over it */
  adopt: (version: number, at: string | null, dirty: boolean) => void
  stop: () => void
}

/** What the server says when somebody else saved meanwhile; every other error is a sentence. */
export function draftRefused(error: unknown): Refused {
  if (!(error instanceof ApiError) || error.code !== 'DRAFT_CHANGED') return { message: messageOf(error) }
  const { name, at, version, gone } = error.details
  return { conflict: { name: String(name ?? ''), at: typeof at === 'string' ? at : null, version: Number(version ?? 0), gone: gone === true } }
}

const NOTHING = Symbol('nothing of what is on the board is saved')

/** Saves a while after the last change, one save at a time, and never over somebody else's. */
export function makeAutosave<T>(o: Options<T>): Autosave<T> {
  const refused = o.refused ?? draftRefused
  let { seen, value, at } = o
  let saved: T | typeof NOTHING = value, state: SaveState = { is: 'saved', at }, stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined, running: Promise<void> | null = null
  const say = (next: SaveState) => { state = next; if (!stopped) o.onState(next) }
  const later = (ms: number) => { clearTimeout(timer); timer = setTimeout(() => void run(), ms) }
  const once = async (sent: T) => {
    say({ is: 'saving' })
    try {
      const answer = await o.save(sent, seen)
      seen = answer.version
      saved = sent
      at = answer.at
      say(value === saved ? { is: 'saved', at } : { is: 'dirty' })
    } catch (error) {
      const why = refused(error)
      if ('conflict' in why) { say({ is: 'conflict', ...why.conflict }); return }
      say({ is: 'failed', message: why.message })
      if (!stopped) later(o.retryMs)
    }
  }
  const run = async (): Promise<void> => {
    clearTimeout(timer)
    while (running) await running
    if (value === saved || state.is === 'conflict') return
    running = once(value)
    await running
    running = null
    // what was changed meanwhile is saved right after
    if ((state as SaveState).is === 'dirty') await run()
  }
  return {
    changed: next => {
      value = next
      if (state.is === 'conflict' || stopped || running) return
      if (value === saved) { clearTimeout(timer); say({ is: 'saved', at }); return }
      say({ is: 'dirty' })
      later(o.waitMs)
    },
    flush: async () => {
      await run()
      return state.is === 'saved'
    },
    seen: () => seen,
    state: () => state,
    adopt: (version, savedAt, dirty) => {
      clearTimeout(timer)
      seen = version
      saved = dirty ? NOTHING : value
      at = savedAt
      say(dirty ? { is: 'dirty' } : { is: 'saved', at })
      if (dirty) later(0)
    },
    stop: () => { stopped = true; clearTimeout(timer) },
  }
}

import { ApiError, messageOf } from '@quancheng/ui'

/** Where the work stands, for the person who does it. */
export type SaveState =
  | { is: 'saved', at: string | null }
  | { is: 'dirty' }
  | { is: 'saving' }
  | { is: 'failed', message: string }
  | { is: 'conflict', name: string, at: string | null, version: number, gone: boolean }

export type Autosave<T> = {
  changed: (value: T) => void
  /** Saves at once; true when everything is saved afterwards. */
  flush: () => Promise<boolean>
  seen: () => number
  /** goes on from this version of the draft; `dirty`: what is here still has to be saved over it */
  adopt: (version: number, at: string | null, dirty: boolean) => void
  stop: () => void
}

const WAIT_MS = 1_000, RETRY_MS = 20_000

/** Saves a while after the last change, one save at a time, and never over somebody else's. */
export function makeAutosave<T>(o: { seen: number, at: string | null, value: T, save: (value: T, seen: number) => Promise<{ version: number, at: string }>, onState: (state: SaveState) => void }): Autosave<T> {
  let { seen, value } = o
  let state: SaveState = { is: 'saved', at: o.at }, saved = value, stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined, running: Promise<void> | null = null
  const say = (next: SaveState) => { state = next; if (!stopped) o.onState(next) }
  const later = (ms: number) => { clearTimeout(timer); timer = setTimeout(() => void run(), ms) }
  const once = async () => {
    const sent = value
    say({ is: 'saving' })
    try {
      const answer = await o.save(sent, seen)
      seen = answer.version
      saved = sent
      say(value === saved ? { is: 'saved', at: answer.at } : { is: 'dirty' })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'DRAFT_CHANGED') {
        const { name, at, version, gone } = error.details
        say({ is: 'conflict', name: String(name ?? ''), at: typeof at === 'string' ? at : null, version: Number(version ?? 0), gone: gone === true })
        return
      }
      say({ is: 'failed', message: messageOf(error) })
      if (!stopped) later(RETRY_MS)
    }
  }
  const run = async (): Promise<void> => {
    clearTimeout(timer)
    if (running) await running
    if (value === saved || state.is === 'conflict') return
    running = once()
    await running
    running = null
    if ((state as SaveState).is === 'dirty') later(WAIT_MS)
  }
  return {
    changed: next => {
      value = next
      if (state.is === 'conflict' || stopped) return
      if (!running) say(value === saved ? { is: 'saved', at: null } : { is: 'dirty' })
      later(WAIT_MS)
    },
    flush: async () => {
      await run()
      if (value !== saved) await run()
      return state.is === 'saved'
    },
    seen: () => seen,
    adopt: (version, at, dirty) => {
      clearTimeout(timer)
      seen = version
      if (!dirty) saved = value
      say(dirty ? { is: 'dirty' } : { is: 'saved', at })
      if (dirty) { saved = undefined as T; later(0) }
    },
    stop: () => { stopped = true; clearTimeout(timer) },
  }
}

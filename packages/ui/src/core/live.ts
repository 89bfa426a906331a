import { useEffect, useRef, useSyncExternalStore } from 'react'

export type Change = { entity: string, id: string, unitId?: string | null, kind: string, at: string }

/** Which changes matter: of these entities, or those for which the function says yes. */
export type Interest = string | readonly string[] | ((change: Change) => boolean)

type Subscriber = { wants: (change: Change) => boolean, tell: (change: Change | null) => void }

const POLL_MS = 30_000
const RETRY_MS = [1_000, 2_000, 5_000, 15_000, 30_000]

/**
 * One connection for the whole tab. While it is down, subscribers are told every 30 s to read again (`null`);
 * when it comes back they are told once, because changes may have been missed.
 */
const hub = {
  subscribers: new Set<Subscriber>(),
  watchers: new Set<() => void>(),
  source: null as EventSource | null,
  connected: false,
  failures: 0,
  retry: undefined as ReturnType<typeof setTimeout> | undefined,
  poll: undefined as ReturnType<typeof setInterval> | undefined,
}

function setConnected(connected: boolean): void {
  if (hub.connected === connected) return
  hub.connected = connected
  if (connected) {
    clearInterval(hub.poll)
    hub.poll = undefined
    if (hub.failures > 0) tellAll()
    hub.failures = 0
  } else if (!hub.poll && hub.subscribers.size > 0) {
    hub.poll = setInterval(tellAll, POLL_MS)
  }
  for (const watcher of hub.watchers) watcher()
}

function tellAll(): void {
  for (const subscriber of hub.subscribers) subscriber.tell(null)
}

function open(): void {
  const source = new EventSource('/api/events')
  hub.source = source
  source.onopen = () => setConnected(true)
  source.addEventListener('change', event => {
    const change = parseChange((event as MessageEvent<string>).data)
    if (change) for (const subscriber of hub.subscribers) if (subscriber.wants(change)) subscriber.tell(change)
  })
  source.onerror = () => {
    setConnected(false)
    hub.poll ??= setInterval(tellAll, POLL_MS)
    // The browser reconnects by itself unless the server refused; then we do it, ever more slowly.
    if (source.readyState !== EventSource.CLOSED) { hub.failures += 1; return }
    source.close()
    hub.source = null
    hub.retry = setTimeout(open, RETRY_MS[Math.min(hub.failures, RETRY_MS.length - 1)])
    hub.failures += 1
  }
}

function close(): void {
  hub.source?.close()
  hub.source = null
  clearTimeout(hub.retry)
  clearInterval(hub.poll)
  hub.poll = undefined
  hub.connected = false
  hub.failures = 0
}

export function parseChange(data: string): Change | null {
  try {
    const value: unknown = JSON.parse(data)
    return value && typeof value === 'object' && 'entity' in value ? value as Change : null
  } catch {
    return null
  }
}

export function interestOf(interest: Interest): (change: Change) => boolean {
  if (typeof interest === 'function') return interest
  const names = typeof interest === 'string' ? [interest] : interest
  return change => names.includes(change.entity)
}

/** Calls `onChange` when something of interest changed, at most once in `waitMs`; `null` means: read again, anything may have changed. */
export function useLive(interest: Interest, onChange: (change: Change | null) => void, waitMs = 400): void {
  const latest = useRef({ interest, onChange })
  useEffect(() => { latest.current = { interest, onChange } })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const subscriber: Subscriber = {
      wants: change => interestOf(latest.current.interest)(change),
      tell: change => {
        timer ??= setTimeout(() => { timer = undefined; latest.current.onChange(change) }, waitMs)
      },
    }
    hub.subscribers.add(subscriber)
    if (!hub.source && !hub.retry) open()
    return () => {
      clearTimeout(timer)
      hub.subscribers.delete(subscriber)
      if (hub.subscribers.size === 0) { close(); hub.retry = undefined }
    }
  }, [waitMs])
}

/** Is the live connection up? For an honest mark on the screen. */
export function useConnected(): boolean {
  return useSyncExternalStore(
    watcher => { hub.watchers.add(watcher); return () => hub.watchers.delete(watcher) },
    () => hub.connected,
  )
}

/** What a played day is made from: the people at work, who might come, and what lies on the benches when the doors open. Plain data. */
export interface Scene {
  seed: number
  /** minutes after local midnight between which it is played */
  from: number
  to: number
  stations: readonly SceneStation[]
  /** who answers the telephone */
  agents: readonly string[]
  /** opening hours, in minutes after midnight */
  shifts: ReadonlyArray<readonly [number, number]>
}
export interface SceneStation { code: string; /** user names by post */ staff: Readonly<Record<string, readonly string[]>>; visitors: readonly Visitor[]; /** devices that were collected lately: one of them may be back */ back: readonly Visitor[]; open: readonly OpenRequest[] }
/** Somebody with a device. `process`: the way that its product line goes. */
export interface Visitor { deviceId: string; customerId: string; serialNo: string; lineId: string; lineCode: string; lineName: string; process: string; phone: string; name: string; model: string }
export interface OpenRequest { id: string; stage: string; lineName: string; process: string; owner: string | null; paused: boolean; /** already handed over at the counter */ registered: boolean }

/** One thing that somebody does, at so many minutes after midnight. `who`: a user name, or null for a customer or the telephone system. */
export interface Act { at: number; kind: string; request: string | null; station: string; who: string | null; with: Readonly<Record<string, unknown>> }

/** People that come to one station in each half hour from 09:00 on; two peaks, and nobody new in the last quarter of an hour. */
export const ARRIVALS = [2.2, 2.6, 3.1, 2.8, 1.9, 1.2, 0.3, 0.2, 0.5, 1.8, 2.6, 2.9, 2.3, 1.8, 1.4, 1.0, 0.6, 0] as const
export const OPENS = 540

/** Minutes that a piece of work takes one person: the median, and how widely it spreads (log-normal). */
export const WORK: Readonly<Record<string, readonly [median: number, spread: number]>> = {
  reception: [9, 0.35], inspect: [32, 0.45], estimate: [7, 0.4], repair: [62, 0.5], quality: [12, 0.4], pickup: [6, 0.35], accept: [2, 0.3], telephone: [3, 0.5],
}
/** What comes of it, as such a station sees it; per cent. */
export const OUTCOMES = {
  reception: { inspect: 97, refuse: 3 }, inspect: { quote: 60, free: 34, transfer: 3, return: 3 }, sold: { repair: 98, return: 2 }, quote: { link: 68, linkNo: 8, telephone: 24 },
  repair: { fixed: 95, requote: 3, transfer: 2 }, quality: { pass: 92, fail: 8 },
} as const
export const ENDS: Readonly<Record<string, true>> = { refuse: true, transfer: true, return: true, decline: true, collect: true }

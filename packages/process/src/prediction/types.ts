/** An event of a case as prediction sees it. `at`: epoch milliseconds. `attributes`: what the event itself said, never what became known later. */
export interface CaseEvent { activity: string; resource: string | null; at: number; attributes?: Readonly<Record<string, string>> }

/** A case that has ended with its last event; events in order of time. */
export interface PastCase { id: string; events: readonly CaseEvent[] }

/** How busy the process is at a moment: cases begun and not ended, begun within the last seven days, ended within them. */
export interface Workload { open: number; begun: number; ended: number }

/** Minutes that remain until the case ends: half of such cases take at most `p50`, four in five at most `p80`. */
export interface Remaining { p50: number; p80: number }

export const MINUTE = 60_000
export const DAY = 86_400_000

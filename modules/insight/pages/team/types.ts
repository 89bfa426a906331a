export type Lateness = 'ok' | 'warn' | 'late'
export type Day = { day: string, done: number, late: number, minutes: number }
export type Target = { id: string, of: 'person' | 'post', doneADay: number | null, onTimePercent: number | null, mostOpen: number | null }
export type Worker = {
  userId: string, name: string, unitName: string, posts: string[], open: number, late: number, warn: number, paused: number, doneToday: number, onTimeRate: number | null
  target: Target | null, kept: { doneADay: boolean | null, onTimePercent: boolean | null, mostOpen: boolean | null }, days: Day[]
  current: Array<{ id: string, taskId: string, number: string, model: string | null, stage: string, lateness: Lateness, enteredAt: string }>
}
export type TeamView = { unit: { id: string, code: string, name: string, kind: string }, at: string, days: number, people: Worker[], totals: { open: number, pool: number, late: number, warn: number, doneToday: number, onTimeRate: number | null } }
export type What = 'open' | 'late' | 'warn' | 'paused' | 'pool' | 'done' | 'doneLate' | 'onTime'
/** Which steps a figure stands for. */
export type Asked = { what: What, userId?: string, who?: string, day?: string }
export type StepLine = { id: string, taskId: string, number: string, model: string | null, stage: string, state: string, who: string | null, station: string, enteredAt: string, finishedAt: string | null, dueAt: string | null, late: boolean | null, minutes: number | null }

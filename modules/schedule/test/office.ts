import automation from '@quancheng/automation'
import approvals from '@quancheng/approvals'
import dispatch from '@quancheng/dispatch'
import { create, type ModuleSpec } from '@quancheng/kernel'
import notices from '@quancheng/notices'
import { station, type Station } from '@quancheng/service/testing'
import schedule from '../index.ts'

export interface Office extends Station {
  make(entity: string, values: Record<string, unknown>): Promise<string>
  room: string
  settled(): Promise<void>
}

/** The station of the spec with a meeting room; Monday 2026-11-23, 09:02 in Hangzhou. */
export async function office(o: { worker?: boolean; modules?: readonly ModuleSpec[]; clock?: string } = {}): Promise<Office> {
  const s = await station({ ...o, modules: [automation, notices, approvals, dispatch, schedule, ...(o.modules ?? [])] })
  const make = (entity: string, values: Record<string, unknown>): Promise<string> => s.app.system(async ctx => (await create(ctx, ctx.entities.get(entity), values)).id as string)
  return { ...s, make, room: await make('serviceResource', { unitId: s.units.HZ01, kind: 'room', name: '一号会议室' }), settled: async () => { await s.app.worker!.idle() } }
}

/** A wall-clock time in Hangzhou. */
export const at = (text: string): string => new Date(`${text.replace(' ', 'T')}:00+08:00`).toISOString()
export const meeting = (from: string, to: string, values: Record<string, unknown> = {}): Record<string, unknown> => ({ title: '周例会', startsAt: at(from), endsAt: at(to), ...values })
export const span = (from: string, to: string): string => `from=${encodeURIComponent(at(`${from} 00:00`))}&to=${encodeURIComponent(at(`${to} 00:00`))}`

import { defineAction } from '@quancheng/kernel'
import { calendarOf, envFor, walk, workTimeOf } from '@quancheng/process'
import { WALK } from '../rules/input.ts'
import { modelOf, READ } from './model.ts'

/** Walks a process from its start through the moves given, and tells where it stands. Undoing a move is asking without it; nothing is kept. */
export const walkAction = defineAction({
  name: 'walkProcess', method: 'POST', path: '/api/processes/:key/walk', ...READ, input: WALK,
  async run(ctx, { moves, variables, at, ...asked }) {
    const model = await modelOf(ctx, asked)
    const { processOf, refOf, decide } = await envFor(ctx, model.process)
    const time = workTimeOf(await calendarOf(ctx))
    const found = walk(model.process, { variables, at }, moves, {
      now: ctx.now(), ...(processOf ? { processOf } : {}), ...(refOf ? { refOf } : {}), ...(decide ? { decide } : {}),
      businessDue: (from, timer) => new Date(time.add(from.getTime(), (timer.months * 21 + timer.days) * time.dayMinutes + timer.minutes)),
    })
    const roles = await ctx.query<{ code: string; name: string }>('select code, name from role where tenant_id = $1 and code = any($2)', [ctx.tenant.id, model.process.roles])
    return {
      version: model.version, name: model.name, xml: model.xml, ...found, roles: Object.fromEntries(roles.map(r => [r.code, r.name])),
      starts: model.process.starts.map(s => ({ id: s.id, name: s.name || s.id, by: s.triggers[0]?.on ?? null })),
    }
  },
})

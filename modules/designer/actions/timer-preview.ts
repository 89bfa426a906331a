import { defineAction, type Ctx } from '@quancheng/kernel'
import { parseDuration } from '@quancheng/process/feel'
import { cycleOf, firstDue, momentOf, timerDue, timerTextValid } from '@quancheng/process'
import { z } from 'zod'

const INPUT = z.object({ kind: z.enum(['duration', 'date', 'cycle']), text: z.string().trim().max(120), clock: z.enum(['clock', 'business']).default('clock') })
const MOMENTS = 3

/** A duration as the engine hands it to the store: months, whole days, minutes. */
function asked(iso: string, clock: 'clock' | 'business') {
  const d = parseDuration(iso)!
  const days = Math.trunc(d.ms / 86_400_000)
  return { clock, months: d.months, days, minutes: (d.ms - days * 86_400_000) / 60_000 }
}

/** When a timer that began now would fire: as the store itself computes it, on this company's clocks and calendar. */
async function momentsOf(ctx: Ctx, { kind, text, clock }: z.infer<typeof INPUT>): Promise<Date[]> {
  if (!timerTextValid(kind, text)) return []
  if (kind === 'date') return [momentOf(ctx, text)]
  if (kind === 'duration') return [await timerDue(ctx, asked(text, clock), ctx.now())]
  const { times, from, interval } = cycleOf(text)!
  const t = asked(interval, clock), all: Date[] = []
  let due = from ? await firstDue(ctx, { ...t, at: from }, times === null) : await timerDue(ctx, t, ctx.now())
  while (all.length < Math.min(MOMENTS, times ?? MOMENTS)) { all.push(due); due = await timerDue(ctx, t, due) }
  return all
}

export const timerPreview = defineAction({
  name: 'timerPreview', label: ['查看流程', 'Processes'], method: 'GET', path: '/api/process-timer-preview', permission: 'process:read', scoped: false, readOnly: true, input: INPUT,
  run: async (ctx, input) => ({ valid: timerTextValid(input.kind, input.text), moments: await momentsOf(ctx, input) }),
})

import type { Ctx } from '@quancheng/kernel'
import type { NewStep } from '../engine/index.ts'
import { parseDuration } from '../feel/index.ts'
import { dateValid } from '../model/index.ts'
import type { Standard } from '../model/index.ts'
import type { Deadline } from './standard.ts'
import { addMonths, momentOf } from './timers.ts'

/*
 * Due and follow-up times that a model computes for each task (camunda:dueDate, zeebe:taskSchedule): a moment, a day, or how long from now.
 */

const MINUTE = 60_000, DAY = 1440 * MINUTE

/** null: it says no time. A day lasts until its end, on the company's clocks; a duration counts from now. */
export function momentAsked(ctx: Ctx, text: string): Date | null {
  // FEEL writes the name of the zone behind the offset
  const plain = text.trim().replace(/\[[^\]]*\]$|@[\w/+-]+$/, '')
  const duration = parseDuration(plain)
  if (duration) return addMonths(new Date(ctx.now().getTime() + duration.ms), duration.months)
  if (!dateValid(plain)) return null
  const at = momentOf(ctx, plain)
  return plain.includes('T') ? at : new Date(at.getTime() + DAY)
}

export interface Asked { standard: Standard; deadline: Deadline }

/**
 * The deadline that a due date makes: it warns when the share of the time that the task's standard names (80 % unless there is one) is used up.
 * Its minutes are natural ones, so that it alarms and escalates like any other.
 */
function deadlineAsked(ctx: Ctx, dueAt: Date, standard: Standard | null): Asked {
  const from = ctx.now().getTime(), left = Math.max(0, dueAt.getTime() - from), warnPercent = standard?.warnPercent ?? 80
  return {
    standard: { clock: 'clock', warnPercent, pauseReasons: standard?.pauseReasons ?? [], remindMinutes: [], minutes: Math.round(left / MINUTE) },
    deadline: { warnAt: new Date(Math.min(dueAt.getTime(), from + (left * warnPercent) / 100)), dueAt, tentative: false },
  }
}

/** What a task's own times come to. `followUp`: minutes from now until its people are reminded; `unreadable`: a text that is no time, which a person must see. */
export interface TimesAsked { asked: Asked | null; followUp: number | null; unreadable: string | null }

export function timesAsked(ctx: Ctx, people: NonNullable<NewStep['people']>, standard: Standard | null): TimesAsked {
  const due = people.dueDate ? momentAsked(ctx, people.dueDate) : null, follow = people.followUpDate ? momentAsked(ctx, people.followUpDate) : null
  const minutes = follow ? Math.round((follow.getTime() - ctx.now().getTime()) / MINUTE) : 0
  const unreadable = people.dueDate && !due ? people.dueDate : people.followUpDate && !follow ? people.followUpDate : null
  return { asked: due ? deadlineAsked(ctx, due, standard) : null, followUp: minutes > 0 ? minutes : null, unreadable }
}

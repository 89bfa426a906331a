import { z } from 'zod'
import { defineAction } from '../module.ts'
import type { Ctx } from '../context.ts'
import { fail } from '../errors.ts'
import type { Runtime } from '../runtime.ts'

/** One value of a text field with a `source`, with the words for people; `of`: it belongs to that value of the field the source depends on. */
export interface SourceOption { value: string; label: string; of?: string }

const place = (name: string): string => `core.options/${name}`

/** For modules, in their `start`: the values that exist at run time (processes, their stages, …), for text fields that name this source. */
export const registerOptions = (runtime: Runtime, name: string, options: (ctx: Ctx) => Promise<readonly SourceOption[]>): void => { runtime.services.set(place(name), options) }

/** Names only, no records: whoever is signed in may read them. */
export const sourceOptions = defineAction({
  name: 'sourceOptions', label: ['选项', 'Options'], method: 'GET', path: '/api/options/:source', permission: null, readOnly: true, input: z.object({ source: z.string().max(60) }),
  async run(ctx, { source }) {
    const options = ctx.runtime.services.get(place(source)) as ((ctx: Ctx) => Promise<readonly SourceOption[]>) | undefined
    return options ? { items: await options(ctx) } : fail('NOT_FOUND', { path: source })
  },
})

import type { Filter, Label, Runtime } from '@quancheng/kernel'
import type { TouchChannel } from '../rules/choices.ts'

/**
 * Records of a module that are touches: they are read where they are, never written a second time (TP-02). A touch point names the source that
 * feeds it. Fields are the entity's own names; rights and masks are those of the caller. An entity that is not installed feeds nothing.
 */
export interface TouchSource {
  key: string
  label: Label
  entity: string
  channel: TouchChannel
  /** a date or datetime field, default `createdAt` */
  at?: string
  /** the rows that are touches; the figure of a point opens the list with it */
  filter?: Filter
  /** an integer field of 1 to 5 */
  score?: string
  /** fields whose words are shown, default the entity's display fields */
  text?: readonly string[]
  /** the ref to the customer, default `customerId` */
  customer?: string
  /** a telephone field: rows without a customer that bear a telephone of theirs count as well */
  phone?: string
  /** the field that names the occasion: rows of one request are one run. `id`: the row itself */
  occasion?: string
}

const SOURCES = 'journey.sources'
const all = (runtime: Runtime): Map<string, TouchSource> => (runtime.services.get(SOURCES) as Map<string, TouchSource> | undefined) ?? new Map<string, TouchSource>()

/** In a module's `start(runtime)`. Registering a key again replaces it. */
export const registerTouchSource = (runtime: Runtime, source: TouchSource): void => { runtime.services.set(SOURCES, new Map(all(runtime)).set(source.key, source)) }
export const touchSources = (runtime: Runtime): readonly TouchSource[] => [...all(runtime).values()]
export const touchSource = (runtime: Runtime, key: string): TouchSource | undefined => all(runtime).get(key)

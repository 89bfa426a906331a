import { useEffect, useMemo, useState } from 'react'
import type { TaskField } from '../core/types.ts'
import type { Values } from '../form/values.ts'

/** A condition in the language of process models, ready to be asked. May throw where it is too much to work out. */
export type Condition = { evaluate: (scope: Record<string, unknown>) => unknown }
type Language = { compileFeel: (text: string) => Condition }

let load: (() => Promise<Language>) | null = null
let language: Language | null = null

/** The kit knows no language of conditions: the shell says where it comes from. It is loaded with the first form that has a condition. */
export function readConditionsWith(loader: () => Promise<Language>): void {
  load = loader
}

type Asked = Pick<TaskField, 'name' | 'type' | 'visibleWhen' | 'hidden'>

/** A typed value as conditions read it: amounts are texts on the screen and numbers to them. */
function asRead(field: Asked, value: unknown): unknown {
  if (value === undefined || value === '') return null
  return (field.type === 'decimal' || field.type === 'money') && typeof value === 'string' ? Number(value) : value
}

/**
 * Which fields are not on the form now. What was typed into a field that has gone counts for nothing, so what depends on it may go too:
 * looked at again until nothing changes. `holds` says what a condition gives; the server decides in the end by the same rule.
 */
export function hiddenFields(fields: readonly Asked[], scope: Record<string, unknown>, values: Values, holds: (condition: string, scope: Record<string, unknown>) => boolean): Set<string> {
  let hidden = new Set<string>()
  for (let round = 0; round <= fields.length; round += 1) {
    const before = hidden
    const typed = Object.fromEntries(fields.filter(f => f.name in values && !before.has(f.name)).map(f => [f.name, asRead(f, values[f.name])]))
    const seen = { ...scope, ...typed }
    hidden = new Set(fields.filter(f => (f.visibleWhen === undefined ? f.hidden === true : !holds(f.visibleWhen, seen))).map(f => f.name))
    if (hidden.size === before.size && [...hidden].every(name => before.has(name))) break
  }
  return hidden
}

/** Shown only where it is true; what is too much to work out hides nothing, as on the server. */
export function holdsWith({ compileFeel }: Language): (condition: string, scope: Record<string, unknown>) => boolean {
  const compiled = new Map<string, Condition | null>()
  return (text, scope) => {
    if (!compiled.has(text)) try { compiled.set(text, compileFeel(text)) } catch { compiled.set(text, null) }
    try { return compiled.get(text)?.evaluate(scope) === true } catch { return true }
  }
}

/** The fields to leave out, kept true while one types. Until the language is there, what the server said stands. */
export function useHidden(fields: readonly Asked[], scope: Record<string, unknown> | undefined, values: Values): Set<string> {
  const [spoken, setSpoken] = useState(language)
  const asks = fields.some(f => f.visibleWhen !== undefined)
  useEffect(() => {
    if (!asks || spoken || !load) return
    let gone = false
    void load().then(found => { language = found; if (!gone) setSpoken(found) }, () => undefined)
    return () => { gone = true }
  }, [asks, spoken])
  const holds = useMemo(() => (spoken ? holdsWith(spoken) : null), [spoken])
  return useMemo(() => (holds ? hiddenFields(fields, scope ?? {}, values, holds) : new Set(fields.filter(f => f.hidden).map(f => f.name))), [fields, scope, values, holds])
}

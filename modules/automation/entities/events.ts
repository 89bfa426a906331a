/** What sets a rule off: a record created, changed or removed, or an act of its own name (`move`: its process went on). */
export const EVENTS = { created: ['新建时', 'Created'], changed: ['修改时', 'Changed'], removed: ['删除时', 'Removed'], act: ['办理动作时', 'An act of its own'] } as const
export type EventKind = keyof typeof EVENTS

export { Automation } from './automation.ts'
export { EVENTS, type EventKind } from './events.ts'
export { Todo, TODO_MINUTES } from './todo.ts'

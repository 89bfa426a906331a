import type { TaskDetail, TaskField } from '../core/types.ts'

/** What one can only read and nobody has written: a form that shows it looks as if something had gone missing. */
export const emptyToRead = (form: readonly Pick<TaskField, 'name' | 'readOnly' | 'value'>[]): string[] =>
  form.filter(f => f.readOnly && (f.value === null || f.value === undefined || f.value === '' || (Array.isArray(f.value) && f.value.length === 0))).map(f => f.name)

/** A task that waits in the pool is taken; one that waits for this very person is theirs already, and is begun. */
export const claimWord = (task: Pick<TaskDetail, 'assigneeId'>): 'claim' | 'begin' => (task.assigneeId ? 'begin' : 'claim')

import type { CompiledEntity } from '@quancheng/kernel'
import type { Effects } from '../engine/index.ts'
import type { Loaded } from './load.ts'
import type { Opened } from './persist.ts'

/**
 * What the case's new place means for its record: the stage it shows, and who has it now. A case that ended keeps its last owner; one
 * that runs on several branches shows somebody who works on it; one in the pool has nobody.
 */
export function placeOf(loaded: Loaded, entity: CompiledEntity, effects: Effects, opened: readonly Opened[], before: Record<string, unknown>, actor: string | null): Record<string, unknown> {
  const draft: Record<string, unknown> = {}
  const stageField = loaded.definition.process!.binding?.stageField
  // a called process has stages of its own, which need not be the record's
  const options = stageField ? entity.fields.get(stageField)?.options : undefined
  if (stageField && effects.stage && (!options || options.some(o => o.value === effects.stage))) draft[stageField] = effects.stage
  const owner = entity.scope?.owner
  if (!owner || !stageField || loaded.instance.started_by) return draft
  const over = new Set([...effects.finishedSteps, ...effects.cancelledSteps].map(s => s.id))
  const elsewhere = loaded.live.find(s => !over.has(s.id) && s.assignee_id)?.assignee_id
  draft[owner] = opened.find(s => s.assigneeId)?.assigneeId ?? elsewhere ?? (effects.end ? before[owner] ?? actor : null)
  return draft
}

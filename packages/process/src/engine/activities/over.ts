import type { ActivityNode } from '../../model/index.ts'
import { undoNext } from '../events/compensation.ts'
import type { Run, RunScope } from '../run.ts'
import { processAt, scopeAt } from '../run.ts'
import { lookAtAdHoc } from './adhoc.ts'
import { containerDone, eventSubDone } from './containers.ts'
import { roundDone } from './rounds.ts'

/** No token is left in a scope: what that means depends on what it is. */
export function scopeEmptied(run: Run, scope: RunScope): void {
  const { kind, nodeId, parentId } = scope.state
  switch (kind) {
    case 'subprocess':
    case 'call': return containerDone(run, scope)
    case 'event': return eventSubDone(run, scope)
    case 'adhoc': return lookAtAdHoc(run, scope)
    case 'compensation': return undoNext(run, scope)
    case 'instance': {
      const parent = scopeAt(run, parentId)
      const multi = parent && parent.state.kind === 'multi' && parent.state.nodeId === nodeId ? parent : null
      return roundDone(run, processAt(run, parentId).nodes[nodeId] as ActivityNode, scope, multi)
    }
    case 'multi':
  }
}

import type { Trigger } from '../../model/index.ts'
import type { Run, Token } from '../run.ts'
import { generationAt } from '../run.ts'
import { textOf, variablesAt } from '../variables.ts'
import { broadcast, raiseError, raiseEscalation } from './catch.ts'
import { nameAt } from './waits.ts'

/** Messages and signals go out; a signal is heard in this instance at once. */
export function sendMessage(run: Run, nodeId: string, scopeId: string | null, trigger: Extract<Trigger, { on: 'message' }>, variables: Record<string, unknown>): void {
  const scope = variablesAt(run, scopeId)
  const key = trigger.key === null ? null : textOf(trigger.key.evaluate(scope, run.meter), run.meter)
  run.effects.thrown = [...run.effects.thrown, { kind: 'message', name: nameAt(run, trigger, scope), key, nodeId, variables }]
}

export function sendSignal(run: Run, nodeId: string, name: string): void {
  run.effects.thrown = [...run.effects.thrown, { kind: 'signal', name, key: null, nodeId, variables: {} }]
  broadcast(run, name, {})
}

/** Brings about what an event throws, one trigger after the other. false: the token itself was taken away by it. */
export function throwAll(run: Run, token: Token, triggers: readonly Trigger[]): boolean {
  const { nodeId, scopeId } = token
  const before = generationAt(run, scopeId)
  for (const trigger of triggers) {
    switch (trigger.on) {
      case 'message':
        sendMessage(run, nodeId, scopeId, trigger, {})
        break
      case 'signal':
        sendSignal(run, nodeId, nameAt(run, trigger, variablesAt(run, scopeId)))
        break
      case 'escalation':
        raiseEscalation(run, { code: trigger.code, nodeId, scopeId, host: null })
        break
      case 'error':
        raiseError(run, { code: trigger.code, nodeId, scopeId, host: null })
        return false
      default:
    }
    if (generationAt(run, scopeId) !== before) return false
  }
  return true
}

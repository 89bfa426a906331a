import type { CompiledFlow, CompiledNode, CompiledProcess, Outcome } from '../model/index.ts'
import type { Random } from './random.ts'

/** A decision that outcomes steer needs no weights: the task before it has drawn. */
const byOutcome = (flow: CompiledFlow): boolean => flow.condition?.variables.includes('outcome') ?? false

type Split = Extract<CompiledNode, { type: 'exclusiveGateway' | 'inclusiveGateway' }>

/** Gateways that branch by what the simulation may not know: variables other than `outcome`. */
export function freeGateways(process: CompiledProcess): Split[] {
  return Object.values(process.nodes).filter((node): node is Split =>
    (node.type === 'exclusiveGateway' || node.type === 'inclusiveGateway') && node.outgoing.length > 1 && !node.outgoing.some((id) => byOutcome(process.flows[id]!)))
}

/** Nine in ten go well, where the model says which outcomes are harmful; among equals, equally often. */
export function likelyShares(outcomes: readonly Outcome[]): Record<string, number> {
  const harmful = outcomes.filter((o) => o.danger).length, fine = outcomes.length - harmful
  return Object.fromEntries(outcomes.map((o) => [o.id, harmful === 0 || fine === 0 ? 1 / outcomes.length : o.danger ? 0.1 / harmful : 0.9 / fine]))
}

/**
 * The same process, in which chance decides at the gateways that have weights. At an exclusive one, a flow is taken with its weight among those that
 * have not been passed over: that gives each its share, however the engine goes through them.
 */
export function withShares(process: CompiledProcess, sharesOf: (nodeId: string) => Readonly<Record<string, number>> | undefined, random: Random): CompiledProcess {
  const flows: Record<string, CompiledFlow> = { ...process.flows }
  let changed = false
  for (const node of Object.values(process.nodes)) {
    if (node.type !== 'exclusiveGateway' && node.type !== 'inclusiveGateway') continue
    const shares = sharesOf(node.id)
    if (!shares || node.outgoing.length < 2 || !node.outgoing.some((id) => (shares[id] ?? 0) > 0)) continue
    changed = true
    const inOrder = [...node.outgoing.filter((id) => id !== node.defaultFlow), ...(node.defaultFlow === null ? [] : [node.defaultFlow])]
    // an inclusive one must take at least one way
    let taken = false
    const only = node.type === 'inclusiveGateway' && node.defaultFlow === null
    let rest = inOrder.reduce((sum, id) => sum + Math.max(0, shares[id] ?? 0), 0)
    for (const [i, id] of inOrder.entries()) {
      const weight = Math.max(0, shares[id] ?? 0)
      const chance = node.type === 'inclusiveGateway' ? weight : rest > 0 ? weight / rest : 0
      rest -= weight
      // rounding must not leave the last one short of certainty
      const sure = node.type === 'exclusiveGateway' && weight > 0 && rest < 1e-9
      const first = i === 0, last = i === inOrder.length - 1
      const evaluate = (): boolean => {
        if (first) taken = false
        const holds = sure || random() < chance || (only && last && !taken)
        taken ||= holds
        return holds
      }
      flows[id] = { ...flows[id]!, condition: { text: '', variables: [], evaluate } }
    }
  }
  return changed ? { ...process, flows } : process
}

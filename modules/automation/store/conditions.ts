import { AppError, type CompiledEntity } from '@quancheng/kernel'
import { FeelError, type FeelExpression } from '@quancheng/process'
import { compile, conditionsOf } from '../rules/condition.ts'
import type { Test } from '../rules/types.ts'
import { holds, newMeter } from './plan.ts'
import type { State } from './state.ts'

/** Conditions on a record, compiled once; `broken`: what they say can no longer be read. */
export interface ReadyConditions { conditions: readonly FeelExpression[]; broken: string | null }

export function readyConditions(entity: CompiledEntity, c: { tests: readonly Test[]; condition: string | null }): ReadyConditions {
  try { return { conditions: conditionsOf(entity, c).map(text => compile(entity, text)), broken: null } } catch (error) {
    if (error instanceof FeelError) return { conditions: [], broken: error.message }
    throw error
  }
}

/** Do they all hold? A sentence: why that cannot be told. */
export function conditionsHold(c: ReadyConditions, state: State): boolean | string {
  try { return holds(c, state, newMeter()) } catch (error) {
    if (error instanceof FeelError || error instanceof AppError) return `条件无法计算：${error.message}`
    throw error
  }
}

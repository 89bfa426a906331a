import { ApiError } from '../core/api.ts'

/** What a refused move tells: what is unfinished and what is possible instead. */
export type Refusal = { missing: string[], allowed: string[] }

/** Reads the details of ACTIVITY_UNFINISHED; entries may be texts or objects with a label. Null for any other error. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof ApiError) || error.status !== 409 || error.code !== 'ACTIVITY_UNFINISHED') return null
  return { missing: labels(error.details.missing), allowed: labels(error.details.allowed) }
}

export function labels(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap(each => {
    if (typeof each === 'string') return [each]
    if (each && typeof each === 'object') {
      const { label, name, text, outcome } = each as Record<string, unknown>
      const found = [label, name, text, outcome].find(one => typeof one === 'string')
      return found ? [found as string] : []
    }
    return []
  })
}

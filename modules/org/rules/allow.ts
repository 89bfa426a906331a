import type { Scope } from '@quancheng/kernel'

export interface StandardRole { code: string; name: string; note: string; grants: Record<string, Scope[]>; fields: Record<string, 'edit' | 'read' | 'mask' | 'none'>; everything?: true }

/** `{ customer: 'read create' }` in one scope → `{ 'customer:read': [scope], 'customer:create': [scope] }`. */
export const allow = (scope: Scope, verbs: Record<string, string>): Record<string, Scope[]> =>
  Object.fromEntries(Object.entries(verbs).flatMap(([entity, list]) => list.split(' ').map(verb => [`${entity}:${verb}`, [scope]] as const)))

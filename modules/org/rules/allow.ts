import type { Scope } from '@quancheng/kernel'

export interface StandardRole { code: string; name: string; note: string; grants: Record<string, Scope[]>; fields: Record<string, 'edit' | 'read' | 'mask' | 'none'>; everything?: true }

/** `{ customer: 'read create' }` in one scope → `{ 'customer:read': [scope], 'customer:create': [scope] }`. */
export const allow = (scope: Scope, verbs: Record<string, string>): Record<string, Scope[]> =>
  Object.fromEntries(Object.entries(verbs).flatMap(([entity, list]) => list.split(' ').map(verb => [`${entity}:${verb}`, [scope]] as const)))

/** 客户旅程: whoever meets customers sees the points of contact and what happened there, and tells of it. */
export const meets = (scope: Scope): Record<string, Scope[]> => ({ ...allow('all', { journeyTemplate: 'read', touchPoint: 'read', touchEvent: 'post' }), ...allow(scope, { touchEvent: 'read', careAct: 'read' }) })
/** 旅程与关怀: whoever answers for how customers are met sets up points and care plans. */
export const cares: Record<string, Scope[]> = { ...meets('all'), ...allow('all', { journeyTemplate: 'read create update remove', touchPoint: 'read create update remove import export', touchEvent: 'read export post', carePlan: 'read create update remove', careAct: 'read export' }) }

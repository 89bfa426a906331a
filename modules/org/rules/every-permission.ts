import type { Ctx, Scope } from '@quancheng/kernel'

const VERBS = ['read', 'create', 'update', 'remove', 'import', 'export'] as const
const PERSONAL = ['reveal', 'erase'] as const

/** All that can be granted in this program, as far as its entities, modules and actions declare it. */
export function everyPermission(ctx: Ctx): Record<string, Scope[]> {
  const codes = new Set<string>()
  for (const e of ctx.runtime.metadata.base.all()) {
    if (e.internal) continue
    for (const verb of VERBS) codes.add(`${e.name}:${verb}`)
    if ([...e.fields.values()].some(x => x.personal)) for (const verb of PERSONAL) codes.add(`${e.name}:${verb}`)
    if (e.shareable) codes.add(`${e.name}:share`)
  }
  for (const m of ctx.runtime.modules) for (const p of m.permissions ?? []) codes.add(p.code)
  for (const a of ctx.runtime.actions) if (a.permission && a.permission !== 'public') codes.add(a.permission)
  return Object.fromEntries([...codes].toSorted().map(code => [code, ['all']]))
}

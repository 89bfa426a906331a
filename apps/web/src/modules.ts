import type { MenuEntry, ModuleRoute, WebModule } from '@quancheng/ui'

// Every module that has a web.ts is part of the shell; none is named here.
const found = import.meta.glob<{ default: WebModule }>('../../../modules/*/web.ts', { eager: true })

export const modules: WebModule[] = Object.values(found).map(each => each.default).sort((a, b) => (a.order ?? 100) - (b.order ?? 100))

export const routes: ModuleRoute[] = modules.flatMap(module => module.routes)

export type MenuGroup = { module: WebModule, entries: MenuEntry[] }

/** The menu as this person may see it. Modules of one name share a group; one without entries left disappears. */
export function menuFor(may: (permission: string) => boolean, all: WebModule[] = modules): MenuGroup[] {
  const groups = new Map<string, MenuGroup>()
  for (const module of all) {
    const entries = module.menu.filter(entry => !entry.permission || may(entry.permission)).sort((a, b) => a.order - b.order)
    const group = groups.get(module.label[0])
    if (group) group.entries.push(...entries)
    else groups.set(module.label[0], { module, entries })
  }
  return [...groups.values()].filter(group => group.entries.length > 0)
}

/** The entries of the phone's bottom bar: the first of those that ask for it. */
export function phoneEntries(groups: MenuGroup[], count = 3): MenuEntry[] {
  return groups.flatMap(group => group.entries).filter(entry => entry.phone).sort((a, b) => a.order - b.order).slice(0, count)
}

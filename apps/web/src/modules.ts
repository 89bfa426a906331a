import { can, type MenuEntry, type ModuleRoute, type QuickAction, type Session, type WebModule } from '@quancheng/ui'

// Every module that has a web.ts is part of the shell; none is named here.
const found = import.meta.glob<{ default: WebModule }>('../../../modules/*/web.ts', { eager: true })

export const modules: WebModule[] = Object.values(found).map(each => each.default).sort((a, b) => (a.order ?? 100) - (b.order ?? 100))

export const routes: ModuleRoute[] = modules.flatMap(module => module.routes)

export type MenuGroup = { module: Pick<WebModule, 'name' | 'label' | 'icon'>, entries: MenuEntry[] }

const SETUP: MenuGroup['module'] = { name: 'setup', label: ['业务设置', 'Settings'], icon: 'settings' }

/** The menu as this person may see it: a partner nothing that is merely everybody's. Modules of one name share a group, what is set up once stands together; a group without entries disappears. */
export function menuFor(session: Session, all: WebModule[] = modules): MenuGroup[] {
  const groups = new Map<string, MenuGroup>()
  const into = (module: MenuGroup['module'], entries: MenuEntry[]): void => {
    const group = groups.get(module.label[0])
    if (group) group.entries.push(...entries)
    else if (entries.length) groups.set(module.label[0], { module, entries })
  }
  for (const module of all) {
    const entries = module.menu.filter(entry => (entry.permission ? can(entry.permission, session) : !session.outside)).sort((a, b) => a.order - b.order)
    into(module, entries.filter(entry => !entry.setup))
    into(SETUP, entries.filter(entry => entry.setup))
  }
  return [...groups.values()].sort((a, b) => Number(a.module === SETUP) - Number(b.module === SETUP))
}

/** What this person begins often, the likeliest first. */
export const quickFor = (session: Session, all: WebModule[] = modules): QuickAction[] =>
  all.flatMap(module => module.quick ?? []).filter(action => can(action.permission, session)).sort((a, b) => a.order - b.order)

/** Groups that somebody has not asked to see yet. */
export const FOLDED_AT_FIRST: readonly string[] = [SETUP.name]

/** The entries of the phone's bottom bar: the first of those that ask for it. */
export function phoneEntries(groups: MenuGroup[], count = 3): MenuEntry[] {
  return groups.flatMap(group => group.entries).filter(entry => entry.phone).sort((a, b) => a.order - b.order).slice(0, count)
}

import type { ModuleRoute } from '@quancheng/ui'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { modules } from './modules.ts'
import { Crash } from './shell/Crash.tsx'
import { Wait } from './shell/Wait.tsx'

type Lazy = ModuleRoute['lazy']

/** A page that loads its code when it is opened. */
const page = (path: string, load: Lazy): RouteObject => ({ path, errorElement: <Crash inside />, lazy: async () => ({ Component: (await load()).default }) })

/** Pages of the shell itself. A module's route with the same path comes first and so overrides it. */
const own: RouteObject[] = [
  page('/', () => import('./pages/Home.tsx')),
  page('/tasks/:id', () => import('./pages/TaskPage.tsx')),
  page('/e/:plural', () => import('./pages/GeneratedList.tsx')),
  page('/e/:plural/new', () => import('./pages/GeneratedNew.tsx')),
  page('/e/:plural/:id', () => import('./pages/GeneratedPage.tsx')),
  page('/help', () => import('./pages/Help.tsx')),
  page('/help/:page', () => import('./pages/Help.tsx')),
  page('*', () => import('./pages/NotFound.tsx')),
]

export function makeRouter() {
  const declared = modules.flatMap(module => module.routes)
  const route = (each: ModuleRoute): RouteObject => page(each.path, each.lazy)
  const taken = new Set(declared.map(each => each.path))
  // Without it `/e/users/new` would be taken for the record `new` by a module's own `/e/users/:id`.
  const creation = declared.map(each => each.path.replace(/\/:id$/, '/new')).filter(path => /^\/e\/[^/]+\/new$/.test(path) && !taken.has(path))
  const inShell = declared.filter(each => !each.public && each.frame !== 'bare')
  const bare = declared.filter(each => !each.public && each.frame === 'bare')
  return createBrowserRouter([{
    errorElement: <Crash />,
    HydrateFallback: Wait,
    children: [
      page('/sign-in', () => import('./pages/SignIn.tsx')),
      page('/reset-password', () => import('./pages/PasswordReset.tsx')),
      ...declared.filter(each => each.public).map(route),
      { lazy: async () => ({ Component: (await import('./shell/Guard.tsx')).SignedIn }), children: bare.map(route) },
      { lazy: async () => ({ Component: (await import('./shell/Shell.tsx')).Shell }), children: [...creation.map(path => page(path, () => import('./pages/GeneratedNew.tsx'))), ...inShell.map(route), ...own.filter(each => !taken.has(each.path!))] },
    ],
  }])
}

import type { ComponentType } from 'react'
import type { Pair } from './core/i18n.ts'
import type { IconName } from './icons.tsx'

export type MenuEntry = {
  path: string
  label: Pair
  icon: IconName
  /** `<entity>:<verb>`; without it everybody signed in sees the entry */
  permission?: string
  /** true: also in the bottom bar of the phone (the first four by order) */
  phone?: boolean
  /** what is set up once and seldom changed: all modules' such entries stand together, folded, so that the day's work stays in sight */
  setup?: true
  order: number
}

/** What people begin many times a day: one click on their home page, for those who may. */
export type QuickAction = { path: string, label: Pair, icon: IconName, permission: string, order: number }

export type PageModule = { default: ComponentType }

export type ModuleRoute = {
  path: string
  lazy: () => Promise<PageModule>
  /** true: reachable without signing in */
  public?: boolean
  /** 'app' (default): inside the shell; 'bare': the page has the whole screen */
  frame?: 'app' | 'bare'
  permission?: string
}

export type WebModule = { name: string, label: Pair, icon: IconName, order?: number, menu: MenuEntry[], quick?: QuickAction[], routes: ModuleRoute[] }

/** A module's face in the browser. The shell composes menu and routes from these and knows no module by name. */
export function defineWebModule(module: WebModule): WebModule {
  return module
}

import { freshen, Icon, Panels, pick, Skeleton, t, usePhone, useSession, type MenuEntry } from '@quancheng/ui'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Link, NavLink, Outlet, useLocation } from 'react-router'
import { menuFor, phoneEntries, type MenuGroup } from '../modules.ts'
import { ts } from '../texts.ts'
import { Bell } from './Bell.tsx'
import { DemoClock } from './DemoClock.tsx'
import { Guard } from './Guard.tsx'
import { keepFolded, readFolded } from './folded.ts'
import { helpPageFor } from './help.ts'
import { SearchBox } from './SearchBox.tsx'
import { UserMenu } from './UserMenu.tsx'

const PasswordDialog = lazy(() => import('./PasswordDialog.tsx'))
const COLLAPSED = 'qc.menu.collapsed'
/** what modules put into the header is about no record */
const NOTHING = { id: '', version: 0 }

export function Shell() {
  return <Guard><Frame /></Guard>
}

const GENERAL: MenuEntry[] = [
  { path: '/', label: ['首页', 'Home'], icon: 'home', order: 0, phone: true },
  { path: '/tasks', label: ['我的任务', 'My tasks'], icon: 'tasks', order: 1, phone: true },
]

/** A partner's home is the first page of their menu. */
const useGeneral = (): MenuEntry[] => (useSession().outside ? [] : GENERAL)

function Frame() {
  const session = useSession()
  const phone = usePhone()
  const location = useLocation()
  const [drawer, setDrawer] = useState(false)
  const groups = menuFor(session)
  useEffect(freshen, [location.pathname])
  return (
    <div className={phone ? 'qs qs-phone' : 'qs'}>
      <a className="qs-skip" href="#qc-main">{ts('skip')}</a>
      {!phone && <SideMenu groups={groups} />}
      <div className="qs-right">
        <header className="qs-top">
          {phone && <Link to="/" className="qs-mark" aria-label={ts('product')}><img src="/icon.svg" alt="" width={28} height={28} /></Link>}
          <SearchBox />
          <div className="qc-grow" />
          <DemoClock />
          <Panels place="shell.top" row={NOTHING} />
          <Bell />
          <Link className="qc-icon-button" to={'/help/' + helpPageFor(location.pathname)} aria-label={ts('help')} title={ts('help')}><Icon name="help" size={19} /></Link>
          <UserMenu />
        </header>
        <main id="qc-main" className="qs-main" tabIndex={-1}>
          <Suspense fallback={<Skeleton lines={8} />}><Outlet /></Suspense>
        </main>
      </div>
      {phone && <BottomBar groups={groups} onMenu={() => setDrawer(true)} />}
      {phone && drawer && <Drawer groups={groups} onClose={() => setDrawer(false)} />}
      {session.user.mustChangePassword && <Suspense><PasswordDialog forced onClose={() => undefined} /></Suspense>}
    </div>
  )
}

function SideMenu({ groups }: { groups: MenuGroup[] }) {
  const [narrow, setNarrow] = useState(() => localStorage.getItem(COLLAPSED) === '1')
  const toggle = () => { localStorage.setItem(COLLAPSED, narrow ? '0' : '1'); setNarrow(!narrow) }
  return (
    <aside className={narrow ? 'qs-side qs-side-narrow' : 'qs-side'}>
      <Link to="/" className="qs-brand"><img src="/icon.svg" alt="" width={26} height={26} />{!narrow && <strong>{ts('product')}</strong>}</Link>
      <nav aria-label={ts('menu')}><MenuList groups={groups} narrow={narrow} /></nav>
      <button type="button" className="qs-collapse" onClick={toggle} aria-label={narrow ? ts('expand') : ts('collapse')} title={narrow ? ts('expand') : ts('collapse')}><Icon name={narrow ? 'right' : 'left'} /></button>
    </aside>
  )
}

function MenuList({ groups, narrow = false }: { groups: MenuGroup[], narrow?: boolean }) {
  const general = useGeneral()
  return (
    <>
      {general.length > 0 && <ul>{general.map(entry => <Entry key={entry.path} entry={entry} narrow={narrow} />)}</ul>}
      {groups.map(group => <Group key={group.module.name} group={group} narrow={narrow} />)}
    </>
  )
}

/** A group folds away under its heading; whoever folded it finds it so again. The one with the open page is never hidden. */
function Group({ group: { module, entries }, narrow }: { group: MenuGroup, narrow: boolean }) {
  const { pathname } = useLocation()
  const [folded, setFolded] = useState(() => readFolded().includes(module.name))
  const here = entries.some(entry => pathname === entry.path || pathname.startsWith(`${entry.path}/`))
  const shown = narrow || here || !folded
  const toggle = () => { setFolded(shown); keepFolded(module.name, shown) }
  return (
    <section>
      <h2 className={narrow ? 'qc-sr' : undefined}>{narrow ? pick(module.label)
        : <button type="button" aria-expanded={shown} disabled={here} onClick={toggle}>{pick(module.label)}<Icon name={shown ? 'down' : 'right'} size={13} /></button>}</h2>
      {shown && <ul>{entries.map(entry => <Entry key={entry.path} entry={entry} narrow={narrow} />)}</ul>}
    </section>
  )
}

function Entry({ entry, narrow }: { entry: MenuEntry, narrow: boolean }) {
  const label = pick(entry.label)
  return <li><NavLink to={entry.path} end={entry.path === '/'} title={narrow ? label : undefined} aria-label={narrow ? label : undefined}><Icon name={entry.icon} size={18} />{!narrow && <span>{label}</span>}</NavLink></li>
}

function BottomBar({ groups, onMenu }: { groups: MenuGroup[], onMenu: () => void }) {
  const general = useGeneral()
  const entries = [...general, ...phoneEntries(groups, 4 - general.length)]
  return (
    <nav className="qs-bottom" aria-label={ts('menu')}>
      {entries.map(entry => <NavLink key={entry.path} to={entry.path} end={entry.path === '/'}><Icon name={entry.icon} size={21} /><span>{pick(entry.label)}</span></NavLink>)}
      <button type="button" onClick={onMenu}><Icon name="menu" size={21} /><span>{ts('menu')}</span></button>
    </nav>
  )
}

function Drawer({ groups, onClose }: { groups: MenuGroup[], onClose: () => void }) {
  return (
    <dialog className="qs-drawer" ref={element => { if (element && !element.open) element.showModal() }} onClose={onClose} onClick={event => { if (event.target === event.currentTarget) onClose() }} aria-label={ts('menu')}>
      <div className="qs-drawer-body">
        <div className="qc-row-between qs-drawer-head"><strong>{ts('product')}</strong><button type="button" className="qc-icon-button" onClick={onClose} aria-label={t('close')}><Icon name="close" size={20} /></button></div>
        {/* A click on a link closes the drawer as well. */}
        <nav onClick={event => { if ((event.target as Element).closest('a')) onClose() }}><MenuList groups={groups} /></nav>
      </div>
    </dialog>
  )
}

import { api, Icon, locale, queryClient, setLocale, useSay, useSession } from '@quancheng/ui'
import { lazy, Suspense, useState } from 'react'
import { ts } from '../texts.ts'
import { Pop } from './Pop.tsx'

const PasswordDialog = lazy(() => import('./PasswordDialog.tsx'))

export function UserMenu() {
  const { user, tenant } = useSession()
  const say = useSay()
  const [changing, setChanging] = useState(false)
  const switchLanguage = () => {
    const next = locale() === 'zh' ? 'en' : 'zh'
    // Kept on the user too; if that fails the browser still remembers.
    void api.patch('/me', { locale: next === 'zh' ? 'zh-CN' : 'en' }).catch(() => undefined)
    setLocale(next)
    void queryClient.invalidateQueries()
  }
  const signOut = async () => {
    try {
      await api.remove('/session', { quiet: true })
    } catch (error) { say.error(error); return }
    location.assign('/sign-in')
  }
  return (
    <>
      <Pop label={ts('account')} className="qs-user" button={<><span className="qs-avatar" aria-hidden>{user.name.slice(-2)}</span><span className="qs-user-name">{user.name}</span><Icon name="down" size={12} /></>}>
        {close => (
          <>
            <div className="qs-who"><strong>{user.name}</strong><span className="qc-soft">{user.username}{user.unitName ? ` · ${user.unitName}` : ''}</span><span className="qc-faint">{tenant.name}</span></div>
            <button type="button" className="qs-item" onClick={() => { close(); switchLanguage() }}><Icon name="globe" />{ts('language')}</button>
            <button type="button" className="qs-item" onClick={() => { close(); setChanging(true) }}><Icon name="key" />{ts('changePassword')}</button>
            <button type="button" className="qs-item" onClick={() => void signOut()}><Icon name="out" />{ts('signOut')}</button>
          </>
        )}
      </Pop>
      {changing && <Suspense><PasswordDialog onClose={() => setChanging(false)} /></Suspense>}
    </>
  )
}

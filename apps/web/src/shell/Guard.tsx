import { setLocale, setTimeZone, useSession } from '@quancheng/ui'
import { Suspense, useEffect, type ReactNode } from 'react'
import { Outlet } from 'react-router'
import { Wait } from './Wait.tsx'

/** Reads who is signed in before anything inside is drawn; without a session the sign-in page comes. */
export function Guard({ children }: { children: ReactNode }) {
  return <Suspense fallback={<Wait />}><Ready>{children}</Ready></Suspense>
}

let applied = ''

function Ready({ children }: { children: ReactNode }) {
  const session = useSession()
  setTimeZone(session.tenant.timeZone)
  useEffect(() => {
    // The user's own language wins over what this browser showed before, once for each sign-in.
    if (applied === session.user.id) return
    applied = session.user.id
    const wanted = session.user.locale?.startsWith('en') ? 'en' : 'zh'
    if (session.user.locale) setLocale(wanted)
  }, [session])
  return children
}

/** For pages that have the whole screen but need a signed-in person. */
export function SignedIn() {
  return <Guard><Outlet /></Guard>
}


import { useEffect, useRef } from 'react'
import { useBlocker } from 'react-router'
import { App } from 'antd'
import { tf } from './texts.ts'

/** While `dirty`, leaving asks first: by a link, by back, and by closing the tab. Returns a function that lets the next step pass. */
export function useGuard(dirty: boolean): () => void {
  const { modal } = App.useApp()
  const open = useRef(false)
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && !open.current && currentLocation.pathname !== nextLocation.pathname)
  const latest = useRef(blocker)
  useEffect(() => { latest.current = blocker })
  const blocked = blocker.state === 'blocked'
  // one dialog for as long as it is blocked: opened anew with each new object of the router, it would be back under the finger that closed it
  useEffect(() => {
    if (!blocked) return
    const asked = modal.confirm({
      title: tf('unsavedTitle'), content: tf('unsavedText'), okText: tf('leave'), cancelText: tf('stay'), okButtonProps: { danger: true },
      onOk: () => latest.current.proceed?.(), onCancel: () => latest.current.reset?.(),
    })
    return () => asked.destroy()
  }, [blocked, modal])
  useEffect(() => {
    if (!dirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [dirty])
  useEffect(() => { open.current = false }, [dirty])
  return () => { open.current = true }
}

/** For dialogs, which no address guards: closing one with changes in it asks first. Returns what closes it. */
export function useLeave(dirty: boolean, close: () => void): () => void {
  const { modal } = App.useApp()
  return () => {
    if (!dirty) { close(); return }
    modal.confirm({ title: tf('unsavedTitle'), content: tf('unsavedText'), okText: tf('leave'), cancelText: tf('stay'), okButtonProps: { danger: true }, onOk: close })
  }
}

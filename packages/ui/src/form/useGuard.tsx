import { useEffect, useRef } from 'react'
import { useBlocker } from 'react-router'
import { App } from 'antd'
import { tf } from './texts.ts'

/** While `dirty`, leaving asks first: by a link, by back, and by closing the tab. Returns a function that lets the next step pass. */
export function useGuard(dirty: boolean): () => void {
  const { modal } = App.useApp()
  const open = useRef(false)
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && !open.current && currentLocation.pathname !== nextLocation.pathname)
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    const asked = modal.confirm({
      title: tf('unsavedTitle'), content: tf('unsavedText'), okText: tf('leave'), cancelText: tf('stay'), okButtonProps: { danger: true },
      onOk: () => blocker.proceed(), onCancel: () => blocker.reset(),
    })
    return () => asked.destroy()
  }, [blocker, modal])
  useEffect(() => {
    if (!dirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [dirty])
  useEffect(() => { open.current = false }, [dirty])
  return () => { open.current = true }
}

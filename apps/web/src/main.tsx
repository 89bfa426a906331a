import '@quancheng/ui/styles/base.css'
import './shell/shell.css'
import { installTokens, locale } from '@quancheng/ui'
import { createRoot } from 'react-dom/client'
import { Root } from './Root.tsx'

installTokens()
document.documentElement.lang = locale() === 'zh' ? 'zh-CN' : 'en'

// A lazy page that is not there any more: the server was updated under an open tab. Load the new shell once.
window.addEventListener('vite:preloadError', event => {
  const at = Number(sessionStorage.getItem('qc.reloaded') ?? 0)
  if (Date.now() - at < 60_000) return
  sessionStorage.setItem('qc.reloaded', String(Date.now()))
  event.preventDefault()
  location.reload()
})

createRoot(document.getElementById('root')!).render(<Root />)

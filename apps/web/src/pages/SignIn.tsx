import './signIn.css'
import { api, ApiError, dateTimeText, locale, messageOf, queryClient, setLocale, shortText } from '@quancheng/ui'
import { useEffect, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { PasswordField } from '../shell/PasswordField.tsx'
import { ts } from '../texts.ts'

const REMEMBERED = 'qc.username'

export default function SignIn() {
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const [username, setUsername] = useState(() => localStorage.getItem(REMEMBERED) ?? '')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => { document.title = `${ts('signIn')} · 全程` }, [])

  const submit = async () => {
    if (busy) return
    if (!username.trim() || !password) { setProblem(ts('enterBoth')); return }
    setBusy(true)
    setProblem(null)
    try {
      await api.post('/session', { username: username.trim(), password }, { quiet: true })
      localStorage.setItem(REMEMBERED, username.trim())
      queryClient.clear()
      await navigate(safeBack(params.get('back')), { replace: true })
    } catch (error) {
      setProblem(sentence(error))
      setPassword('')
      form.current?.querySelector<HTMLInputElement>('#password')?.focus()
    } finally { setBusy(false) }
  }

  return (
    <div className="qi">
      <main className="qi-card">
        <header><img src="/icon.svg" alt="" width={44} height={44} /><h1>{ts('product')}</h1><p>{ts('slogan')}</p></header>
        {params.get('reset') === '1' && !problem && <p className="qc-notice qc-notice-ok" role="status">{ts('resetDone')}</p>}
        <form ref={form} className="qs-form" noValidate onSubmit={event => { event.preventDefault(); void submit() }}>
          <div className="qs-field">
            <label htmlFor="username">{ts('username')}</label>
            <div className="qs-input"><input id="username" name="username" value={username} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus={username === ''} aria-describedby="username-hint" onChange={event => setUsername(event.target.value)} /></div>
            <div id="username-hint" className="qs-hint">{ts('usernameHint')}</div>
          </div>
          <PasswordField id="password" label={ts('password')} value={password} onChange={setPassword} autoComplete="current-password" autoFocus={username !== ''} invalid={problem !== null} />
          <div className="qi-problem" aria-live="assertive">{problem && <p className="qs-problem">{problem}</p>}</div>
          <button type="submit" className="qc-button qc-button-primary qi-go" disabled={busy}>{busy ? ts('signingIn') : ts('signIn')}</button>
        </form>
        <p className="qi-foot">{ts('forgot')}</p>
      </main>
      <button type="button" className="qc-link qi-language" onClick={() => setLocale(locale() === 'zh' ? 'en' : 'zh')}>{ts('language')}</button>
    </div>
  )
}

function sentence(error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error)
  if (error.code === 'LOCKED') {
    const until = error.details.until
    return typeof until === 'string' ? ts('lockedUntil', { at: shortText(until) || dateTimeText(until) }) : error.message
  }
  if (error.code === 'SIGN_IN_FAILED') return ts('signInFailed')
  return error.code === 'USER_OFF' ? ts('userOff') : error.message
}

/** Only addresses of this site: a link to the sign-in page must not lead elsewhere afterwards. */
export function safeBack(back: string | null): string {
  return back && /^\/(?![/\\])/.test(back) && !back.startsWith('/sign-in') ? back : '/'
}

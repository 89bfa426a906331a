import './signIn.css'
import { api, ApiError, messageOf, t } from '@quancheng/ui'
import { useEffect, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { PasswordField } from '../shell/PasswordField.tsx'
import { ts } from '../texts.ts'

/** Where an administrator's reset link leads: `/reset-password?token=…`, valid once. */
export default function PasswordReset() {
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const token = params.get('token') ?? ''
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [problem, setProblem] = useState<string | null>(token ? null : ts('resetBad'))
  const [busy, setBusy] = useState(false)
  useEffect(() => { document.title = `${ts('resetTitle')} · 全程` }, [])
  const submit = async () => {
    if (password !== again) { setProblem(ts('notSame')); return }
    setBusy(true)
    try {
      await api.post('/password-reset', { token, password }, { quiet: true })
      await navigate('/sign-in?reset=1', { replace: true })
    } catch (error) {
      setProblem(error instanceof ApiError && (error.status === 404 || error.status === 410) ? ts('resetBad') : error instanceof ApiError && error.fields[0] ? error.fields[0].message : messageOf(error))
    } finally { setBusy(false) }
  }
  return (
    <div className="qi">
      <main className="qi-card">
        <header><img src="/icon.svg" alt="" width={44} height={44} /><h1 style={{ fontSize: 18, letterSpacing: 0 }}>{ts('resetTitle')}</h1></header>
        <form className="qs-form" onSubmit={event => { event.preventDefault(); void submit() }}>
          <PasswordField id="reset-new" label={ts('newPassword')} value={password} onChange={setPassword} autoComplete="new-password" autoFocus />
          <PasswordField id="reset-again" label={ts('repeatPassword')} value={again} onChange={setAgain} autoComplete="new-password" />
          <div className="qi-problem" aria-live="assertive">{problem && <p className="qs-problem">{problem}</p>}</div>
          <button type="submit" className="qc-button qc-button-primary qi-go" disabled={busy || !token || !password || !again}>{t('save')}</button>
        </form>
      </main>
    </div>
  )
}

import { api, ApiError, keys, messageOf, queryClient, t, useSay } from '@quancheng/ui'
import { Modal } from 'antd'
import { useState } from 'react'
import { ts } from '../texts.ts'
import { PasswordField } from './PasswordField.tsx'

/** Changes the own password; `forced` after signing in with a one-time password. */
export default function PasswordDialog({ onClose, forced = false }: { onClose: () => void, forced?: boolean }) {
  const say = useSay()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    if (password !== again) { setProblem(ts('notSame')); return }
    setBusy(true)
    setProblem(null)
    try {
      await api.post('/session/password', { current, password }, { quiet: true })
      await queryClient.invalidateQueries({ queryKey: keys.session })
      say.ok(ts('passwordChanged'))
      onClose()
    } catch (error) {
      setProblem(error instanceof ApiError && error.fields[0] ? error.fields[0].message : messageOf(error))
    } finally { setBusy(false) }
  }
  return (
    <Modal open title={forced ? ts('mustChange') : ts('changePassword')} closable={!forced} keyboard={!forced} mask={{ closable: false }} onCancel={onClose} okText={t('save')} confirmLoading={busy}
      cancelButtonProps={forced ? { style: { display: 'none' } } : {}} okButtonProps={{ disabled: !current || !password || !again }} onOk={() => void submit()}>
      <form className="qs-form" onSubmit={event => { event.preventDefault(); void submit() }}>
        {forced && <p className="qc-soft">{ts('mustChangeHint')}</p>}
        <PasswordField id="pw-current" label={ts('currentPassword')} value={current} onChange={setCurrent} autoComplete="current-password" autoFocus />
        <PasswordField id="pw-new" label={ts('newPassword')} value={password} onChange={setPassword} autoComplete="new-password" />
        <PasswordField id="pw-again" label={ts('repeatPassword')} value={again} onChange={setAgain} autoComplete="new-password" />
        {problem && <p className="qs-problem" role="alert">{problem}</p>}
        <button type="submit" hidden />
      </form>
    </Modal>
  )
}

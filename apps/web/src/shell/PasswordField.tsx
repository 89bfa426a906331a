import { Icon } from '@quancheng/ui'
import { useState } from 'react'
import { ts } from '../texts.ts'

type Props = { id: string, label: string, value: string, onChange: (value: string) => void, autoComplete: string, autoFocus?: boolean, invalid?: boolean }

/** A password box that can be shown and that says when Caps Lock is on. */
export function PasswordField({ id, label, value, onChange, autoComplete, autoFocus, invalid }: Props) {
  const [shown, setShown] = useState(false)
  const [caps, setCaps] = useState(false)
  return (
    <div className="qs-field">
      <label htmlFor={id}>{label}</label>
      <div className="qs-input">
        <input id={id} type={shown ? 'text' : 'password'} value={value} autoComplete={autoComplete} autoFocus={autoFocus} aria-invalid={invalid || undefined} aria-describedby={caps ? id + '-caps' : undefined}
          onChange={event => onChange(event.target.value)} onKeyUp={event => setCaps(event.getModifierState('CapsLock'))} onBlur={() => setCaps(false)} />
        <button type="button" className="qc-icon-button" aria-pressed={shown} aria-label={shown ? ts('hidePassword') : ts('showPassword')} onClick={() => setShown(!shown)}><Icon name="eye" /></button>
      </div>
      {caps && <div id={id + '-caps'} className="qs-caps" role="status"><Icon name="warn" size={13} /> {ts('capsLock')}</div>}
    </div>
  )
}

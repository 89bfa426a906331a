import type { ValueType } from '@quancheng/process'
import { useState } from 'react'

type Props = { label: string, text: string, onText: (text: string) => void, as?: 'input' | 'textarea', type?: ValueType | undefined, mono?: boolean, help?: string | undefined, max?: number }

/** A field that tells its text when it is left or Enter is pressed, so that one change is one step of undoing. */
export function Late({ label, text, onText, as = 'input', type, mono = false, help, max = 8000 }: Props) {
  // what was typed counts only for the text that it was typed over
  const [typed, setTyped] = useState<{ over: string, now: string } | null>(null)
  const now = typed?.over === text ? typed.now : text
  const tell = () => { setTyped(null); if (now !== text) onText(now) }
  const common = { value: now, maxLength: max, className: mono ? 'qc-mono' : undefined, spellCheck: false, onBlur: tell, onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => setTyped({ over: text, now: event.target.value }) }
  return (
    <label className="dt-field"><span>{label}</span>
      {as === 'textarea' ? <textarea rows={4} {...common} /> : <input {...common} type={type === 'date' ? 'date' : 'text'} inputMode={type === 'number' ? 'decimal' : undefined} onKeyDown={event => { if (event.key === 'Enter' && !event.nativeEvent.isComposing) tell() }} />}
      {help && <small className="qc-faint">{help}</small>}
    </label>
  )
}

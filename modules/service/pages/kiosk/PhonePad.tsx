import { groupPhone, Icon } from '@quancheng/ui'
import { useEffect, useRef, useState } from 'react'
import { phoneProblem, press } from './phone.ts'
import { tk } from './texts.ts'

const pad = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'clear', '0', 'back']

/** Big digits for fingers; a keyboard works too. */
export function PhonePad({ value, onDone }: { value: string, onDone: (digits: string) => void }) {
  const [digits, setDigits] = useState(value)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => { if (!dialog.current?.open) dialog.current?.showModal() }, [])
  const wrong = phoneProblem(digits)
  const onKey = (event: React.KeyboardEvent) => {
    if (/^\d$/.test(event.key)) setDigits(press(digits, event.key))
    else if (event.key === 'Backspace') setDigits(press(digits, 'back'))
    else if (event.key === 'Enter' && !wrong) { event.preventDefault(); onDone(digits) }
  }
  return (
    <dialog ref={dialog} className="sk-pad" aria-label={tk('padTitle')} onKeyDown={onKey} onCancel={event => { event.preventDefault(); onDone(value) }}>
      <h2>{tk('padTitle')}</h2>
      <output className="sk-pad-digits" aria-live="polite">{digits.length === 11 ? groupPhone(digits) : digits || ' '}</output>
      <p className="sk-pad-note" role="status">{wrong && digits.length >= 11 ? tk('phoneWrong') : ' '}</p>
      <div className="sk-pad-keys">
        {pad.map(key => (
          <button key={key} type="button" onClick={() => setDigits(press(digits, key))} aria-label={key === 'back' ? tk('padDelete') : key === 'clear' ? tk('padClear') : key}>
            {key === 'back' ? <Icon name="back" size={28} /> : key === 'clear' ? tk('padClear') : key}
          </button>
        ))}
      </div>
      <div className="sk-pad-end">
        <button type="button" className="sk-quiet" onClick={() => onDone('')}>{tk('padSkip')}</button>
        <button type="button" className="sk-go" disabled={digits === '' || wrong} onClick={() => onDone(digits)}>{tk('padDone')}</button>
      </div>
    </dialog>
  )
}

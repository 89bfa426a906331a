import { QrCode } from '@quancheng/ui'
import { useEffect, useState } from 'react'
import { shortNumber } from '../shared/tenant.ts'
import type { Taken } from '../shared/types.ts'
import { tk } from './texts.ts'

/** Seconds that a number stays on the screen before the next customer sees the start again. */
const STAY_S = 20

/** The number, large enough to be read from two steps away, and how to follow it. */
export function TakenView({ taken, onEnd }: { taken: Taken, onEnd: () => void }) {
  const [left, setLeft] = useState(STAY_S)
  useEffect(() => {
    const until = Date.now() + STAY_S * 1000
    const timer = setInterval(() => {
      const seconds = Math.ceil((until - Date.now()) / 1000)
      if (seconds <= 0) onEnd()
      else setLeft(seconds)
    }, 250)
    return () => clearInterval(timer)
  }, [onEnd])
  return (
    <section className="sk-taken" aria-live="assertive">
      <div className="sk-taken-main">
        <p className="sk-label">{tk('yourNumber')}</p>
        <p className="sk-big">{shortNumber(taken.number)}</p>
        <p className="sk-full">{taken.number}</p>
        <p className="sk-ahead">{taken.ahead > 0 ? tk('ahead', { n: taken.ahead }) : tk('first')}</p>
      </div>
      <div className="sk-taken-side">
        <QrCode text={new URL(taken.trackUrl, location.origin).href} size={200} label={tk('qrLabel')} />
        <p>{tk('scan')}</p>
        <p className="sk-code">{tk('code')} <b>{taken.code}</b></p>
        <p className="sk-note">{tk(taken.printing ? 'printing' : 'keep')}</p>
      </div>
      <button type="button" className="sk-go sk-end" autoFocus onClick={onEnd}>{tk('done')}<small>{tk('back', { n: left })}</small></button>
    </section>
  )
}

import { Icon, useSay } from '@quancheng/ui'
import { useState } from 'react'
import { again, hooksApi, type Details, type Hook } from './api.ts'
import { tw } from './texts.ts'

/** a try lasts ten seconds at most */
const PATIENCE_MS = 15_000

/** Sends a test and waits for what comes of it. */
export function TestButton({ hook, dirty }: { hook: Hook, dirty: boolean }) {
  const say = useSay()
  const [busy, setBusy] = useState(false)
  const outcome = async (id: string): Promise<Details> => {
    const until = Date.now() + PATIENCE_MS
    for (;;) {
      const d = await hooksApi.delivery(id)
      if ((d.state !== 'waiting' && d.state !== 'sending') || Date.now() > until) return d
      await new Promise(resolve => setTimeout(resolve, 500))
    }
  }
  const send = async () => {
    if (dirty) { say.warn(tw('saveFirst')); return }
    setBusy(true)
    try {
      const d = await outcome((await hooksApi.test(hook.id)).deliveryId)
      if (d.state === 'done') say.ok(tw('testOk', { status: d.status ?? '', ms: d.ms ?? '' })); else say.error(tw('testBad', { error: d.error ?? tw('waiting') }))
      await again()
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return <button type="button" className="qc-button" disabled={busy} onClick={() => void send()}><Icon name="out" />{tw(busy ? 'testing' : 'test')}</button>
}

import { useSay } from '@quancheng/ui'
import { App } from 'antd'
import { useState } from 'react'
import { again, hooksApi, type Hook } from './api.ts'
import { tw } from './texts.ts'

/** Switching on with messages left asks whether they still go; switching off says what happens to them. */
export function useTurn(hook: Hook): { turn: (on: boolean) => Promise<void>, busy: boolean } {
  const say = useSay()
  const { modal } = App.useApp()
  const [busy, setBusy] = useState(false)
  const run = async (off: boolean, waiting: 'send' | 'drop') => {
    setBusy(true)
    try { await hooksApi.turn(hook.id, off, waiting); say.ok(tw(off ? 'turnedOff' : 'turnedOn')); await again() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const turn = async (on: boolean) => {
    if (on && hook.waiting > 0) {
      const asked = modal.confirm({ title: tw('turnOnAsk', { n: hook.waiting }), okText: tw('sendThem'), onOk: () => run(false, 'send'), footer: (_, { OkBtn, CancelBtn }) => <><CancelBtn /><button type="button" className="qc-button wh-drop" onClick={() => { asked.destroy(); void run(false, 'drop') }}>{tw('dropThem')}</button><OkBtn /></> })
      return
    }
    if (!on && !(await say.ask({ title: tw('turnOffAsk', { name: hook.name }), content: tw('turnOffHint', { n: hook.waiting }), okText: tw('off') }))) return
    await run(!on, 'send')
  }
  return { turn, busy }
}

import { CopyText, Icon, useSay, When } from '@quancheng/ui'
import { Modal, Select } from 'antd'
import { useState } from 'react'
import { again, hooksApi, type Hook } from './api.ts'
import { tw } from './texts.ts'

/** Told once: closing it is the last that anybody sees of it. */
export function SecretShown({ secret, onEnd }: { secret: string, onEnd: () => void }) {
  return (
    <Modal open title={tw('secretMade')} closable={false} mask={{ closable: false }} keyboard={false} footer={<button type="button" className="qc-button qc-button-primary" autoFocus onClick={onEnd}>{tw('gotIt')}</button>}>
      <p>{tw('secretHint')}</p><p className="wh-secret qc-mono"><CopyText value={secret} /></p>
    </Modal>
  )
}

export function SecretPanel({ hook, may, onSecret }: { hook: Hook, may: boolean, onSecret: (secret: string) => void }) {
  const say = useSay()
  const [asking, setAsking] = useState(false)
  const [hours, setHours] = useState(24)
  const renew = async () => {
    try { const made = await hooksApi.renew(hook.id, hours); setAsking(false); onSecret(made.secret); await again() } catch (error) { say.error(error) }
  }
  return (
    <section className="qc-panel"><header><h2>{tw('secret')}</h2>{may && <button type="button" className="qc-button" onClick={() => setAsking(true)}><Icon name="refresh" />{tw('renew')}</button>}</header>
      <p className="qc-panel-pad qc-soft">{tw('secretKept')}{hook.oldSecretUntil && <> {tw('oldUntil', { at: '' })}<When at={hook.oldSecretUntil} form="absolute" /></>}</p>
      <Modal open={asking} title={tw('renewAsk')} okText={tw('renew')} cancelText={tw('cancel')} onCancel={() => setAsking(false)} onOk={() => void renew()}>
        <label htmlFor="wh-overlap">{tw('overlap')}</label>
        <Select id="wh-overlap" style={{ width: '100%' }} value={hours} onChange={setHours} options={[{ value: 24, label: tw('h24') }, { value: 168, label: tw('h168') }, { value: 0, label: tw('h0') }]} />
        <p className="qc-faint">{tw('overlapHint')}</p>
      </Modal>
    </section>
  )
}

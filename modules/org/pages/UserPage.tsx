import { api, CopyText, EntityPage, forget, Icon, t, useEntity, useSay, When, dateTimeText, type Row } from '@quancheng/ui'
import { Modal } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { to } from './texts.ts'

/** An account: the generated page with what an administrator does to accounts. */
export default function UserPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="user" id={id} actions={row => <Actions row={row} />} top={row => <State row={row} />} />
}

const locked = (row: Row) => typeof row.lockedUntil === 'string' && new Date(row.lockedUntil) > new Date()

function State({ row }: { row: Row }) {
  if (row.off !== true && !locked(row)) return null
  return <p className="qc-notice qc-notice-danger"><Icon name="lock" />{row.off === true ? to('isOff') : to('isLocked', { at: dateTimeText(String(row.lockedUntil)) })}</p>
}

function Actions({ row }: { row: Row }) {
  const say = useSay()
  const entity = useEntity('user')
  const [link, setLink] = useState<{ link: string, expiresAt: string } | null>(null)
  if (!entity?.actions.update) return null
  const name = String(row.name)
  const attempt = async (work: () => Promise<unknown>, done?: string) => {
    try {
      await work()
      await forget('user')
      if (done) say.ok(done)
    } catch (error) { say.error(error) }
  }
  const toggle = async () => {
    if (row.off !== true && !await say.ask({ title: to('switchOffAsk', { name }), content: to('switchOffHint'), danger: true, okText: to('switchOff') })) return
    await attempt(() => api.patch(`/users/${row.id}`, { off: row.off !== true, version: row.version }), t('saved'))
  }
  const reset = async () => {
    if (!await say.ask({ title: to('resetAsk', { name }) })) return
    await attempt(async () => setLink(await api.post<{ link: string, expiresAt: string }>(`/users/${row.id}/reset-password`)))
  }
  const end = async () => {
    if (!await say.ask({ title: to('endAsk', { name }) })) return
    await attempt(() => api.post(`/users/${row.id}/end-sessions`), to('ended'))
  }
  return (
    <>
      {locked(row) && <button type="button" className="qc-button" onClick={() => void attempt(() => api.post(`/users/${row.id}/unlock`), to('unlocked'))}>{to('unlock')}</button>}
      <button type="button" className="qc-button" onClick={() => void reset()}><Icon name="key" />{to('resetLink')}</button>
      <button type="button" className="qc-button" onClick={() => void end()}><Icon name="out" />{to('endSessions')}</button>
      <button type="button" className="qc-button" onClick={() => void toggle()}>{row.off === true ? to('switchOn') : to('switchOff')}</button>
      <Modal open={link !== null} title={to('resetLink')} footer={null} onCancel={() => setLink(null)}>
        {link && <div className="qc-stack"><span>{to('resetHint', { at: dateTimeText(link.expiresAt) })} <When at={link.expiresAt} form="relative" /></span><CopyText value={new URL(link.link, location.origin).href} /></div>}
      </Modal>
    </>
  )
}

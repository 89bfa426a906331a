import { api, EntityPage, Icon, useSay } from '@quancheng/ui'
import { Modal } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { th } from './texts.ts'

/** One telephone system, and its key: made here, shown once. */
export default function Source() {
  const id = useParams().id!
  const say = useSay()
  const [made, setMade] = useState<{ secret: string, path: string } | null>(null)
  const make = async () => {
    if (!await say.ask({ title: th('secretAsk'), danger: true, okText: th('secret') })) return
    try { setMade(await api.post(`/cti-sources/${id}/secret`)) } catch (error) { say.error(error) }
  }
  return (
    <>
      <EntityPage key={id} entity="ctiSource" id={id} actions={() => <button type="button" className="qc-button" onClick={() => void make()}><Icon name="key" />{th('secret')}</button>} />
      {made && <Modal open title={th('secretOnce')} footer={null} onCancel={() => setMade(null)}><p>{th('address')}<br /><code>{location.origin}{made.path}</code></p><p><code>{made.secret}</code></p></Modal>}
    </>
  )
}

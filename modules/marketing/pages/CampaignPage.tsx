import './marketing.css'
import { api, can, EntityPage, forget, useSay, type Row } from '@quancheng/ui'
import { Modal } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { ImportList } from './ImportList.tsx'
import { PlanEditor } from './PlanEditor.tsx'
import { Results } from './Results.tsx'
import { tm } from './texts.ts'

/** 营销活动: what it came to, then how it is run; begun, paused and ended from the head. */
export default function CampaignPage() {
  const id = useParams().id!
  const [unsaved, setUnsaved] = useState(false)
  return <EntityPage key={id} entity="campaign" id={id} actions={row => <Acts row={row} unsaved={unsaved} />} top={row => <div className="mk-top">{row.state !== 'draft' && <Results id={row.id} />}{can('campaign:update') && <PlanEditor row={row} onUnsaved={setUnsaved} />}{row.state === 'draft' && <Results id={row.id} />}</div>} />
}

function Acts({ row, unsaved }: { row: Row, unsaved: boolean }) {
  const say = useSay()
  const [asked, setAsked] = useState<'start' | 'end' | null>(null), [list, setList] = useState(false), [busy, setBusy] = useState(false)
  const act = async (verb: 'start' | 'pause' | 'resume' | 'end') => {
    setBusy(true)
    try {
      const made = await api.post<{ target?: number, control?: number }>(`/campaigns/${row.id}/${verb}`)
      say.ok(verb === 'start' ? tm('started', { t: made.target ?? 0, c: made.control ?? 0 }) : tm('done'))
      setAsked(null)
      await forget('campaign', 'campaignMember', 'campaignSend')
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const button = (verb: 'start' | 'pause' | 'resume' | 'end', primary = false) => <button type="button" className={primary ? 'qc-button qc-button-primary' : 'qc-button'} disabled={busy} onClick={() => (unsaved && verb !== 'end' && verb !== 'pause' ? say.warn(tm('savePlanFirst')) : verb === 'start' || verb === 'end' ? setAsked(verb) : void act(verb))}>{tm(verb)}</button>
  return (
    <>
      {can('lead:import') && can('campaign:update') && <button type="button" className="qc-button" onClick={() => setList(true)}>{tm('list')}</button>}
      {can('campaign:run') && <>{row.state === 'draft' && button('start', true)}{row.state === 'running' && button('pause')}{row.state === 'paused' && button('resume', true)}{(row.state === 'running' || row.state === 'paused') && button('end')}</>}
      <Modal open={asked !== null} title={asked ? tm(asked) : ''} okText={asked ? tm(asked) : ''} confirmLoading={busy} onCancel={() => setAsked(null)} onOk={() => asked && void act(asked)}>{asked && <p>{tm(asked === 'start' ? 'sure' : 'sureEnd')}</p>}</Modal>
      {list && <ImportList id={row.id} onClose={() => setList(false)} />}
    </>
  )
}

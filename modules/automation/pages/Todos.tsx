import './automation.css'
import { api, EntityList, Icon, PersonPicker, queryClient, useSay } from '@quancheng/ui'
import { Input, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ta } from './texts.ts'

/** 待办: mine and those of my people; a new one for myself or a colleague. They are done where all tasks are. */
export default function Todos() {
  const [params, setParams] = useSearchParams()
  const turn = (on: boolean) => setParams(before => { const next = new URLSearchParams(before); if (on) next.set('new', '1'); else next.delete('new'); return next }, { replace: true })
  return (
    <>
      <EntityList entity="todo" actions={<><Link className="qc-button" to="/tasks"><Icon name="tasks" />{ta('goTasks')}</Link><button type="button" className="qc-button qc-button-primary" onClick={() => turn(true)}><Icon name="plus" />{ta('newTodo')}</button></>} />
      {params.get('new') === '1' && <NewTodo onClose={() => turn(false)} />}
    </>
  )
}

function NewTodo({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const [title, setTitle] = useState('')
  const [details, setDetails] = useState('')
  const [to, setTo] = useState<string[]>([])
  const [minutes, setMinutes] = useState(450)
  const [busy, setBusy] = useState(false)
  const give = async () => {
    setBusy(true)
    try {
      await api.post('/todos/open', { title: title.trim(), ...(details.trim() ? { details: details.trim() } : {}), ...(to[0] ? { toId: to[0] } : {}), minutes })
      say.ok(ta('todoMade'))
      onClose()
      await queryClient.invalidateQueries()
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={ta('newTodo')} okText={ta('newTodo')} okButtonProps={{ disabled: !title.trim(), loading: busy }} onOk={() => void give()} onCancel={onClose}>
      <div className="au-form">
        <label><span className="qc-soft">{ta('what')}</span><Input autoFocus maxLength={120} value={title} onChange={event => setTitle(event.target.value)} onPressEnter={() => { if (title.trim()) void give() }} /></label>
        <label><span className="qc-soft">{ta('details')}</span><Input.TextArea rows={3} maxLength={2000} value={details} onChange={event => setDetails(event.target.value)} /></label>
        <label><span className="qc-soft">{ta('who')}（{ta('me')}）</span><PersonPicker label={ta('who')} value={to} onChange={setTo} /></label>
        <label><span className="qc-soft">{ta('minutes')}（{ta('minutesUnit')}）</span><InputNumber min={5} max={45000} step={30} value={minutes} onChange={value => setMinutes(value ?? 450)} /></label>
      </div>
    </Modal>
  )
}

import { api, can, dateTimeText, EmptyState, RefPicker, useSay } from '@quancheng/ui'
import { App, Input, Segmented } from 'antd'
import { useState } from 'react'
import { FormDialog } from '../shared.tsx'
import { tk } from '../texts.ts'
import type { Done, GroupData } from './types.ts'

/** Who looks after the group together, and what they heard on the spot. */
export function Team({ data, onDone }: { data: GroupData, onDone: Done }) {
  const [open, setOpen] = useState<'member' | 'feedback' | null>(null), [task, setTask] = useState<Mate | null>(null)
  const { modal } = App.useApp(), say = useSay(), leads = data.place.sets || can('accountTeam:set')
  const leave = (m: Mate) => modal.confirm({ title: tk('leaveAsk', { name: m.name }), content: tk('leaveHint'), okText: tk('leave'), okButtonProps: { danger: true }, onOk: async () => { try { await api.remove(`/account-teams/${m.id}`); onDone(tk('left')) } catch (error) { say.error(error) } } })
  return (
    <div className="qc-stack">
      <section className="qc-panel"><header><h2>{tk('team')}</h2>{can('accountTeam:set') && <button type="button" className="qc-button" onClick={() => setOpen('member')}>{tk('addMember')}</button>}</header>
        {data.team.length === 0 ? <EmptyState icon="group" title={tk('noTeam')} hint={tk('noTeamHint')} /> : <div className="ka-wrap"><table className="ka-table"><tbody>{data.team.map(m => <tr key={m.id}><td>{m.name} <span className="qc-soft">{m.unit}</span>{m.opens > 0 && <><br /><span className="qc-soft">{tk('opens', { n: m.opens })}</span></>}</td><td>{tk(m.role === 'lead' ? 'lead_' : 'member_')}</td><td className="ka-less">{m.duty ?? ''}</td><td>{m.until ? `${tk('until')} ${m.until}` : ''}</td>
          <td className="ka-n">{leads && <button type="button" className="qc-link" onClick={() => setTask(m)}>{tk('giveTask')}</button>} {can('accountTeam:remove') && <button type="button" className="qc-link" onClick={() => leave(m)}>{tk('leave')}</button>}</td></tr>)}</tbody></table></div>}</section>
      <section className="qc-panel"><header><h2>{tk('feedback')}</h2>{(data.place.member || data.place.owner) && <button type="button" className="qc-button" onClick={() => setOpen('feedback')}>{tk('write')}</button>}</header>
        {data.feedback.length === 0 ? <div className="qc-panel-pad"><p className="qc-soft">{tk('noFeedback')}</p></div> : <div className="ka-wrap"><table className="ka-table"><tbody>{data.feedback.map(f => <tr key={f.id}><td><b>{tk(f.kind)}</b> {f.words}{f.competitor && <span className="qc-soft"> {f.competitor} {f.price}</span>}</td><td className="ka-less">{f.branch}</td><td className="qc-soft">{f.by}<br />{dateTimeText(f.at)}</td></tr>)}</tbody></table></div>}</section>
      {open === 'member' && <Member id={data.id} onClose={() => setOpen(null)} onDone={onDone} />}
      {task && <Give id={data.id} to={task} onClose={() => setTask(null)} onDone={onDone} />}
      {open === 'feedback' && <Write id={data.id} onClose={() => setOpen(null)} onDone={onDone} />}
    </div>
  )
}

type Mate = GroupData['team'][number]

function Give({ id, to, onClose, onDone }: { id: string, to: Mate, onClose: () => void, onDone: Done }) {
  const [values, setValues] = useState({ title: '', days: '3' })
  const save = async () => { await api.post(`/key-accounts/${id}/task`, { userId: to.userId, ...values }, { quiet: true }); onDone(tk('given')) }
  return <FormDialog title={`${tk('giveTask')}：${to.name}`} okText={tk('giveTask')} required={['title', 'days']} values={values} onClose={onClose} onSave={save}>{field => <>
    {field('title', tk('whatToDo'), <Input id="ka-title" autoFocus maxLength={100} value={values.title} onChange={e => setValues(v => ({ ...v, title: e.target.value }))} />, true)}
    {field('days', tk('inDays'), <Input id="ka-days" inputMode="numeric" maxLength={3} value={values.days} onChange={e => setValues(v => ({ ...v, days: e.target.value }))} />)}
  </>}</FormDialog>
}

function Member({ id, onClose, onDone }: { id: string, onClose: () => void, onDone: Done }) {
  const [values, setValues] = useState({ userId: '', role: 'member', until: '', duty: '' })
  const set = (patch: Partial<typeof values>) => setValues(v => ({ ...v, ...patch }))
  const save = async () => { await api.post(`/key-accounts/${id}/team`, { ...values, until: values.until || null, duty: values.duty || null }, { quiet: true }); onDone(tk('saved')) }
  return <FormDialog title={tk('addMember')} okText={tk('save')} required={['userId']} values={values} onClose={onClose} onSave={save}>{field => <>
    {field('userId', tk('member'), <RefPicker id="ka-userId" entity="user" ariaLabel={tk('member')} value={values.userId || null} onChange={v => set({ userId: typeof v === 'string' ? v : '' })} />, true)}
    {field('role', tk('role'), <Segmented value={values.role} onChange={role => set({ role })} options={[{ value: 'member', label: tk('member_') }, { value: 'lead', label: tk('lead_') }]} />)}
    {field('until', tk('until'), <Input id="ka-until" type="date" value={values.until} onChange={e => set({ until: e.target.value })} />)}
    {field('duty', tk('duty'), <Input id="ka-duty" maxLength={200} value={values.duty} onChange={e => set({ duty: e.target.value })} />, true)}
  </>}</FormDialog>
}

function Write({ id, onClose, onDone }: { id: string, onClose: () => void, onDone: Done }) {
  const [values, setValues] = useState({ kind: 'competition', words: '', competitor: '', price: '' })
  const set = (patch: Partial<typeof values>) => setValues(v => ({ ...v, ...patch }))
  const save = async () => { await api.post(`/key-accounts/${id}/feedback`, { ...values, competitor: values.competitor || null, price: values.price || null }, { quiet: true }); onDone(tk('saved')) }
  return <FormDialog title={tk('write')} okText={tk('save')} required={['words']} values={values} onClose={onClose} onSave={save}>{field => <>
    {field('kind', tk('kind'), <Segmented value={values.kind} onChange={kind => set({ kind })} options={(['competition', 'price', 'other'] as const).map(value => ({ value, label: tk(value) }))} />, true)}
    {field('words', tk('words'), <Input.TextArea id="ka-words" autoFocus rows={3} maxLength={1000} value={values.words} onChange={e => set({ words: e.target.value })} />, true)}
    {field('competitor', tk('competitor'), <Input id="ka-competitor" maxLength={60} value={values.competitor} onChange={e => set({ competitor: e.target.value })} />)}
    {field('price', tk('theirPrice'), <Input id="ka-price" inputMode="decimal" value={values.price} onChange={e => set({ price: e.target.value })} />)}
  </>}</FormDialog>
}

import { api, PersonPicker } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { tc } from './texts.ts'
import type { ActName, NodeActs } from './types.ts'

type Candidate = { id: string, name: string, unitName: string | null, open: number }
type Props = { act: ActName, places: ReadonlyArray<{ stepId: string | null, node: string | null }>, node: NodeActs | undefined, nodes: readonly NodeActs[], busy: boolean, onSend: (more: Record<string, unknown>) => void, onClose: () => void }

/** What an act on several cases needs to know, asked once for all of them. */
export function ActDialog({ act, places, node, nodes, busy, onSend, onClose }: Props) {
  const [text, setText] = useState('')
  const [person, setPerson] = useState<string[]>([])
  const [choice, setChoice] = useState<string | null>(act === 'complete' ? (node?.outcomes.length === 1 ? node.outcomes[0]!.id : null) : act === 'pause' && node?.pauseReasons.length === 1 ? node.pauseReasons[0]! : null)
  const outcome = node?.outcomes.find(each => each.id === choice)
  const wants = { handOver: person.length > 0 && text.trim() !== '', complete: (node?.outcomes.length === 0 || choice !== null) && (!outcome?.requiresComment || text.trim() !== ''), pause: choice !== null, sendBack: choice !== null && text.trim() !== '', cancel: text.trim() !== '' } as Partial<Record<ActName, boolean>>
  const more: Partial<Record<ActName, Record<string, unknown>>> = {
    handOver: { assigneeId: person[0], reason: text.trim() }, complete: { outcome: choice, ...(text.trim() ? { comment: text.trim() } : {}) }, pause: { reason: choice }, sendBack: { to: choice, comment: text.trim() }, cancel: { reason: text.trim() },
  }
  return (
    <Modal open title={tc('actTitle', { act: tc(act), n: places.length })} okText={tc(act)} confirmLoading={busy} okButtonProps={{ disabled: !wants[act], danger: act === 'cancel' || outcome?.danger === true }} onOk={() => onSend(more[act] ?? {})} onCancel={onClose}>
      <div className="qc-stack">
        {act === 'handOver' && <Candidates stepId={places[0]?.stepId ?? null} value={person} onChange={setPerson} />}
        {act === 'complete' && node && node.outcomes.length > 0 && <Radio.Group aria-label={tc('outcome')} value={choice} onChange={event => setChoice(event.target.value as string)} options={node.outcomes.map(each => ({ value: each.id, label: each.label }))} />}
        {act === 'complete' && outcome?.confirm && <p className="qc-notice">{outcome.confirm}</p>}
        {act === 'complete' && <p className="qc-soft">{tc('guards')}</p>}
        {act === 'pause' && <Radio.Group aria-label={tc('pauseReason')} value={choice} onChange={event => setChoice(event.target.value as string)} options={(node?.pauseReasons ?? []).map(each => ({ value: each, label: each }))} />}
        {act === 'sendBack' && <Select aria-label={tc('backTo')} placeholder={tc('backTo')} value={choice} onChange={setChoice} options={nodes.filter(each => each.nodeId !== node?.nodeId).map(each => ({ value: each.nodeId, label: each.name }))} />}
        {act === 'cancel' && <p className="qc-notice qc-notice-danger">{tc('cancelHint')}</p>}
        {act !== 'pause' && <Input.TextArea aria-label={act === 'complete' ? tc('comment') : tc('reason')} placeholder={act === 'complete' && !outcome?.requiresComment ? tc('commentOptional') : act === 'complete' ? tc('comment') : tc('reason')} maxLength={act === 'handOver' ? 200 : 400} autoSize={{ minRows: 2, maxRows: 6 }} value={text} onChange={event => setText(event.target.value)} />}
      </div>
    </Modal>
  )
}

/** Who may do the first of the steps; the server asks again for each. Where that is not known, any colleague. */
function Candidates({ stepId, value, onChange }: { stepId: string | null, value: string[], onChange: (ids: string[]) => void }) {
  const read = useQuery({ queryKey: ['cases', 'candidates', stepId], enabled: stepId !== null, queryFn: ({ signal }) => api.get<{ items: Candidate[] }>(`/tasks/${stepId}/candidates`, { signal }) })
  if (stepId === null || read.isError || read.data?.items.length === 0) return <PersonPicker value={value} onChange={onChange} label={tc('handOverTo')} />
  return <Select showSearch={{ optionFilterProp: 'label' }} aria-label={tc('handOverTo')} placeholder={tc('handOverTo')} loading={read.isPending} value={value[0] ?? null} onChange={id => onChange(id ? [id] : [])}
    options={(read.data?.items ?? []).map(each => ({ value: each.id, label: `${each.name}${each.unitName ? ` · ${each.unitName}` : ''} · ${tc('badge', { n: each.open })}` }))} />
}

import { useQuery } from '@tanstack/react-query'
import { api, useDebounced } from '@quancheng/ui'
import { Select } from 'antd'
import { useId, useState } from 'react'
import { parts, type Plain } from '../studio/elements.ts'
import { approverText, readApprovers, type Who } from '../studio/approvers.ts'
import { saidOf, str, type PanelProps } from './common.tsx'
import { Choice, Labelled, Line, Rows, Section, Tick, type Option } from './inputs.tsx'
import { withUnknown } from './ProcessPanel.tsx'
import { tp } from './texts.ts'

const AGREED: Plain = { id: 'approve', label: '同意' }, REFUSED: Plain = { id: 'reject', label: '驳回', danger: true, requiresComment: true }
const SHARES = ['1', '2/3', '3/4', '0.51'] as const

/** Which of the step's outcomes is consent, which refusal; those it lacks are added. */
function outcomesFor(outcomes: readonly Plain[]): { outcomes: Plain[], approve: string, reject: string } {
  const have = (ids: readonly string[]) => ids.find(id => outcomes.some(o => o.id === id))
  const approve = have(['approve', 'agree', 'yes']), reject = have(['reject', 'refuse', 'no'])
  return { outcomes: [...outcomes, ...(approve ? [] : [AGREED]), ...(reject ? [] : [REFUSED])], approve: approve ?? 'approve', reject: reject ?? 'reject' }
}

/** A step on which several people say yes or no, each for themselves. */
export function ApprovalPart(props: PanelProps) {
  const { studio, shape, bo, disabled, said } = props
  const [approval] = parts(bo, 'qc:Approval')
  const outcomes = parts(bo, 'qc:Outcome')
  const put = (next: Plain | null) => studio.setParts(shape, bo, 'qc:Approval', next ? [next] : [])
  const begin = () => {
    const made = outcomesFor(outcomes)
    studio.together(() => {
      if (made.outcomes.length !== outcomes.length) studio.setParts(shape, bo, 'qc:Outcome', made.outcomes)
      put({ mode: 'any', who: 'starter.manager', ...(made.approve === 'approve' ? {} : { approve: made.approve }), ...(made.reject === 'reject' ? {} : { reject: made.reject }) })
    })
  }
  const mode = str(approval?.mode) || 'all'
  const set = (patch: Plain) => put({ ...approval, ...patch })
  const share = str(approval?.share) || '1'
  const which: Option[] = outcomes.map(o => ({ value: str(o.id), label: str(o.label) || str(o.id) }))
  const complaint = saidOf(said, 'approval')
  return (
    <Section name="approval" title={tp('approval')} count={approval ? 1 : 0} open={approval !== undefined}>
      <Tick label={tp('isApproval')} hint={tp('isApprovalHint')} checked={approval !== undefined} disabled={disabled} onChange={on => (on ? begin() : put(null))} />
      {approval && <>
        {complaint && <p className="qc-field-error" role="alert">{complaint}</p>}
        <Choice label={tp('mode')} hint={tp(`mode_${mode as 'all'}_hint`)} value={mode} disabled={disabled} options={(['all', 'any', 'sequence'] as const).map(m => ({ value: m, label: tp(`mode_${m}`) }))}
          onChange={next => set({ mode: next ?? 'all', ...(next === 'all' ? {} : { share: undefined, veto: undefined }) })} />
        <Approvers {...props} value={str(approval.who)} onChange={who => set({ who })} />
        {mode === 'all' && <>
          <Choice label={tp('share')} value={SHARES.includes(share as '1') ? share : 'own'} disabled={disabled} options={[...SHARES.map(s => ({ value: s as string, label: tp(`share_${s}`) })), { value: 'own', label: tp('shareOwn') }]} onChange={next => set({ share: next === '1' ? undefined : next === 'own' ? '60%' : next ?? undefined })} />
          {!SHARES.includes(share as '1') && <Line mono label={tp('shareOwn')} hint={tp('shareHint')} value={share} disabled={disabled} error={/^(\d+(\.\d+)?(%|\/\d+)?)$/.test(share) ? null : tp('shareHint')} onCommit={next => set({ share: next || undefined })} />}
          <Tick label={tp('veto')} hint={tp('vetoHint')} checked={approval.veto === true} disabled={disabled} onChange={on => set({ veto: on })} />
        </>}
        <div className="qd-pair">
          <Choice label={tp('approveAs')} value={str(approval.approve) || 'approve'} disabled={disabled} options={withUnknown(which, str(approval.approve) || 'approve')} onChange={id => set({ approve: id ?? undefined })} />
          <Choice label={tp('rejectAs')} value={str(approval.reject) || 'reject'} disabled={disabled} options={withUnknown(which, str(approval.reject) || 'reject')} onChange={id => set({ reject: id ?? undefined })} />
        </div>
      </>}
    </Section>
  )
}

/** Who is asked, in their order: posts, people in a field of the record, named people, the applicant and their manager. */
function Approvers({ catalogue, entity, disabled, value, onChange }: PanelProps & { value: string, onChange: (next: string) => void }) {
  const rows = readApprovers(value)
  const people = (entity?.fields ?? []).filter(f => f.target === 'user')
  const kinds: Option[] = (['manager', 'role', ...(people.length || rows.some(r => r.by === 'field') ? ['field' as const] : []), 'user', 'starter'] as const).map(by => ({ value: by, label: tp(`by_${by}`) }))
  const firstOf = (by: string): string => (by === 'role' ? catalogue.roles[0]?.code ?? '' : by === 'field' ? people[0]?.name ?? '' : '')
  const put = (next: readonly Who[]) => onChange(next.map(approverText).join(','))
  return (
    <div className="qd-field"><label>{tp('approvers')}</label>
      <Rows rows={rows} onChange={put} disabled={disabled} addText={tp('addApprover')} what={row => tp(`by_${row.by}`)} make={(): Who => ({ by: 'role', name: firstOf('role') })}>
        {(row, set) => <>
          <Choice bare label={tp('approvers')} value={row.by} disabled={disabled} options={kinds} onChange={by => set({ by: (by ?? 'manager') as Who['by'], name: firstOf(by ?? '') })} />
          {row.by === 'role' && <Choice bare search label={tp('role')} value={row.name || null} disabled={disabled} options={withUnknown(catalogue.roles.map(r => ({ value: r.code, label: r.name })), row.name || null, code => tp('roleUnknown', { code }))} onChange={name => set({ name: name ?? '' })} />}
          {row.by === 'field' && <Choice bare search label={tp('field')} value={row.name || null} disabled={disabled} options={withUnknown(people.map(f => ({ value: f.name, label: f.label })), row.name || null, name => tp('noSuchField', { name }))} onChange={name => set({ name: name ?? '' })} />}
          {row.by === 'user' && <Person label={tp('by_user')} value={row.name ? [row.name] : []} disabled={disabled} onChange={([name]) => set({ name: name ?? '' })} />}
        </>}
      </Rows>
    </div>
  )
}

type Named = { username: string, name: string }

/** People by name, kept by their sign-in. */
export function Person({ label, value, disabled, multiple = false, bare = true, onChange }: { label: string, value: readonly string[], disabled: boolean, multiple?: boolean, bare?: boolean, onChange: (next: string[]) => void }) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const q = useDebounced(typed, 250)
  const found = useQuery({ queryKey: ['process-people', q], queryFn: ({ signal }) => api.get<{ items: Named[] }>('/process-people', { query: { q }, signal }), staleTime: 60_000 })
  const chosen = useQuery({ queryKey: ['process-people', 'named', value.join(',')], queryFn: ({ signal }) => api.get<{ items: Named[] }>('/process-people', { query: { names: value.join(',') }, signal }), staleTime: 60_000, enabled: value.length > 0 })
  const named = new Map([...(found.data?.items ?? []), ...(chosen.data?.items ?? [])].map(u => [u.username, `${u.name}（${u.username}）`]))
  const options = [...new Set([...(found.data?.items ?? []).map(u => u.username), ...value])].map(v => ({ value: v, label: named.get(v) ?? v }))
  const common = { id, 'aria-label': label, disabled, placeholder: tp('searchPerson'), options, loading: found.isFetching, showSearch: { filterOption: false as const, onSearch: setTyped }, popupMatchSelectWidth: false as const }
  const select = multiple ? <Select mode="multiple" {...common} value={[...value]} onChange={(next: string[]) => onChange(next)} /> : <Select {...common} value={value[0] ?? null} onChange={(next: string | null) => onChange(next ? [next] : [])} />
  return bare ? select : <Labelled label={label} id={id}>{select}</Labelled>
}

/** Before this outcome is carried out, another process must agree. */
export function GateChoice({ row, entity, catalogue, disabled, set }: Pick<PanelProps, 'entity' | 'catalogue' | 'disabled'> & { row: Plain, set: (patch: Plain) => void }) {
  const value = str(row.gate) || null
  const may = catalogue.processes.filter(p => p.published && (p.entity === null || p.entity === entity?.name))
  return <Choice label={tp('gate')} search clearable hint={tp('gateHint')} placeholder={tp('gateNone')} value={value} disabled={disabled} options={withUnknown(may.map(p => ({ value: p.key, label: p.name })), value, key => tp('processUnknown', { key }))} onChange={next => set({ gate: next ?? '' })} />
}

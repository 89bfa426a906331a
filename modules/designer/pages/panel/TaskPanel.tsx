import { flowsFrom, freeId, is, laneOf, list, parts, ref, text, type Plain } from '../studio/elements.ts'
import { ApprovalPart, GateChoice } from './ApprovalPart.tsx'
import { FormPart } from '../form/FormPart.tsx'
import { AboutArea, NameLine, saidOf, str, type PanelProps } from './common.tsx'
import { LoopPart } from './LoopPart.tsx'
import { MappingPart } from './MappingPart.tsx'
import { PeoplePart } from './PeoplePart.tsx'
import { RoleChoice, withUnknown } from './ProcessPanel.tsx'
import { Area, Choice, Line, Rows, Section, Several, Tick } from './inputs.tsx'
import { StandardPart } from './StandardPart.tsx'
import { tp } from './texts.ts'

/** A step for people: who, which result, what to fill in, tick and say, how long. */
export function TaskPanel(props: PanelProps) {
  const { studio, shape, bo, process, catalogue, disabled } = props
  const put = (type: string) => (rows: Plain[]) => studio.setParts(shape, bo, type, rows)
  const outcomes = parts(bo, 'qc:Outcome'), items = parts(bo, 'qc:Item'), script = parts(bo, 'qc:Script')
  const lane = process && laneOf(process, bo)
  const laneRole = lane ? text(lane, 'qc:role') : ''
  const inherited = laneRole ? tp('roleFromLane', { name: catalogue.roles.find(r => r.code === laneRole)?.name ?? laneRole }) : tp('roleNone')
  const guide = parts(bo, 'qc:Guide')[0]?.text
  const only = (row: Plain, set: (patch: Plain) => void) => <Only row={row} outcomes={outcomes} disabled={disabled} set={set} />
  return (
    <>
      <NameLine {...props} />
      <RoleChoice {...props} placeholder={inherited} />
      <AssignChoice {...props} />
      <PeoplePart {...props} />
      <StageChoice {...props} />
      <Section name="outcomes" title={tp('outcomes')} hint={tp('outcomesHint')} count={outcomes.length} open>
        <Rows rows={outcomes} onChange={put('qc:Outcome')} disabled={disabled} addText={tp('addOutcome')} what={row => str(row.label)} make={() => ({ id: freeId('outcome', outcomes.map(o => str(o.id))), label: '' })}
          extra={outcomes.length === 0 && <button type="button" className="qd-add" onClick={() => put('qc:Outcome')(PRESETS)}>{tp('presets')}</button>}>
          {(row, set, fresh) => <>
            <Line bare label={tp('label')} value={str(row.label)} maxLength={40} autoFocus={fresh} disabled={disabled} onCommit={label => set({ label })} placeholder={tp('label')} />
            <details className="qd-more"><summary>{tp('details')}{row.danger === true || row.requiresComment === true || row.confirm || row.target || row.gate ? ' ·' : ''}</summary>
              <Tick label={tp('comment')} checked={row.requiresComment === true} disabled={disabled} onChange={on => set({ requiresComment: on })} />
              <Tick label={tp('danger')} checked={row.danger === true} disabled={disabled} onChange={on => set({ danger: on })} />
              <Line label={tp('confirm')} value={str(row.confirm)} disabled={disabled} onCommit={confirm => set({ confirm })} />
              <GateChoice row={row} {...props} set={set} />
              <Choice label={tp('target')} clearable placeholder={tp('targetByCondition')} value={str(row.target) || null} disabled={disabled} error={row.target ? saidOf(props.said, 'target') : null} options={flowsFrom(bo).map(flow => ({ value: flow.id, label: flow.name || tp('to', { name: ref(flow, 'targetRef')?.name ?? '' }) }))} onChange={target => set({ target: target ?? '' })} />
            </details>
          </>}
        </Rows>
      </Section>
      <ApprovalPart {...props} />
      <Section name="items" title={tp('items')} count={items.length} open>
        <Rows rows={items} onChange={put('qc:Item')} disabled={disabled} addText={tp('addItem')} what={row => str(row.label)} make={() => ({ id: freeId('item', [...items, ...script].map(o => str(o.id))), label: '', required: true })}>
          {(row, set, fresh) => <><Line bare label={tp('itemLabel')} value={str(row.label)} autoFocus={fresh} disabled={disabled} onCommit={label => set({ label })} placeholder={tp('itemLabel')} /><div className="qd-flags"><Tick label={tp('must')} checked={row.required === true} disabled={disabled} onChange={on => set({ required: on })} />{only(row, set)}</div></>}
        </Rows>
      </Section>
      <FormPart {...props} />
      <Section name="script" title={tp('script')} count={script.length}>
        <Rows rows={script} onChange={put('qc:Script')} disabled={disabled} addText={tp('addScript')} what={row => str(row.text)} make={() => ({ id: freeId('say', [...items, ...script].map(o => str(o.id))), text: '' })}>
          {(row, set) => <><Area bare rows={2} label={tp('line')} value={str(row.text)} disabled={disabled} onCommit={next => set({ text: next })} placeholder={tp('line')} /><div className="qd-flags"><Tick label={tp('mustSay')} checked={row.required === true} disabled={disabled} onChange={on => set({ required: on })} />{only(row, set)}</div></>}
        </Rows>
      </Section>
      <StandardPart {...props} />
      <LoopPart {...props} />
      <MappingPart {...props} />
      <Section name="guide" title={tp('guide')} hint={tp('guideHint')} count={guide ? 1 : 0}>
        <Area bare rows={4} label={tp('guide')} value={str(guide)} disabled={disabled} onCommit={next => put('qc:Guide')(next ? [{ text: next }] : [])} />
        <AboutArea {...props} />
      </Section>
    </>
  )
}

const PRESETS: Plain[] = [{ id: 'agree', label: '同意' }, { id: 'return', label: '退回修改', requiresComment: true }, { id: 'reject', label: '驳回', danger: true, requiresComment: true }]

/** For which results the demand holds; shown where there is a choice. */
function Only({ row, outcomes, disabled, set }: { row: Plain, outcomes: readonly Plain[], disabled: boolean, set: (patch: Plain) => void }) {
  if (outcomes.length < 2) return null
  const chosen = str(row.outcomes).split(/[\s,，、]+/).filter(Boolean)
  return <Several bare label={tp('only')} placeholder={tp('always')} value={chosen} disabled={disabled} options={outcomes.map(o => ({ value: str(o.id), label: str(o.label) || str(o.id) }))} onChange={next => set({ outcomes: next.join(',') })} />
}

function AssignChoice({ studio, shape, bo, process, disabled, said }: PanelProps) {
  const value = text(bo, 'qc:assign') || 'pool'
  const others = process ? list(process, 'flowElements').filter(e => is(e, 'bpmn:UserTask') && e !== bo) : []
  const options = [{ value: 'pool', label: tp('pool') }, { value: 'completer', label: tp('completer') }, ...others.map(e => ({ value: `previous:${e.id}`, label: tp('previous', { name: e.name ?? e.id }) }))]
  return <Choice label={tp('assign')} value={value} error={saidOf(said, 'assign')} disabled={disabled} options={withUnknown(options, value)} onChange={next => studio.set(shape, { 'qc:assign': next === 'pool' || !next ? undefined : next })} />
}

/** What the record shows while (or after) a case is here; only where a stage field is chosen. */
export function StageChoice({ studio, shape, bo, process, entity, disabled }: PanelProps) {
  const field = process && entity?.fields.find(f => f.name === parts(process, 'qc:Binding')[0]?.stageField)
  if (!field) return null
  const value = text(bo, 'qc:stage')
  const set = (next: string | null) => studio.set(shape, { 'qc:stage': next || undefined })
  if (field.type !== 'choice') return <Line label={tp('stage')} value={value} placeholder={tp('stageSelf', { id: bo.id })} disabled={disabled} onCommit={set} />
  const own = field.options.find(o => o.value === bo.id)
  return <Choice label={tp('stage')} clearable placeholder={own?.label ?? tp('stageSelf', { id: bo.id })} value={value || null} disabled={disabled} options={withUnknown(field.options, value || null)} onChange={set} />
}

import { is, list, ref, text } from '../studio/elements.ts'
import type { Bo } from '../studio/types.ts'
import { AboutArea, expression, NameLine, saidOf, type PanelProps } from './common.tsx'
import { Feel } from './Feel.tsx'
import { Choice, Line, Tick } from './inputs.tsx'
import { KeyField, RootPick } from './RootPick.tsx'
import { StageChoice } from './TaskPanel.tsx'
import { tp } from './texts.ts'
import { TimerPart } from './TimerPart.tsx'

type Trigger = 'None' | 'Timer' | 'Message' | 'Signal' | 'Conditional' | 'Error' | 'Escalation' | 'Compensate' | 'Cancel' | 'Link' | 'Terminate'

const definitionOf = (bo: Bo): Bo | undefined => list(bo, 'eventDefinitions')[0]
export const triggerOf = (bo: Bo): Trigger => (definitionOf(bo)?.$type.replace(/^bpmn:(\w+)EventDefinition$/, '$1') ?? 'None') as Trigger
const inEventSub = (bo: Bo): boolean => is(bo.$parent, 'bpmn:SubProcess') && bo.$parent!.get('triggeredByEvent') === true
const inTransaction = (bo: Bo): boolean => is(bo.$parent, 'bpmn:Transaction')

/** What may set off an event in this place (BPMN 2.0, tables 10.84 to 10.93); what cannot be published is not offered. */
function triggersFor(bo: Bo, bound: boolean): Trigger[] {
  switch (bo.$type) {
    case 'bpmn:StartEvent': return inEventSub(bo) ? ['Timer', 'Message', 'Signal', 'Conditional', 'Error', 'Escalation', 'Compensate'] : is(bo.$parent, 'bpmn:Process') ? ['None', 'Timer', 'Message', 'Signal', ...(bound ? ['Conditional' as const] : [])] : ['None']
    case 'bpmn:IntermediateCatchEvent': return ['Timer', 'Message', 'Signal', 'Conditional', 'Link']
    case 'bpmn:IntermediateThrowEvent': return ['None', 'Message', 'Signal', 'Escalation', 'Compensate', 'Link']
    case 'bpmn:BoundaryEvent': return ['Timer', 'Message', 'Signal', 'Conditional', 'Error', 'Escalation', 'Compensate', ...(is(ref(bo, 'attachedToRef') ?? undefined, 'bpmn:Transaction') ? ['Cancel' as const] : [])]
    default: return ['None', 'Message', 'Signal', 'Error', 'Escalation', 'Compensate', 'Terminate', ...(inTransaction(bo) ? ['Cancel' as const] : [])]
  }
}

/** An event: what sets it off or what it tells, and whether it stops what it stands on. */
export function EventPanel(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  const definitions = list(bo, 'eventDefinitions'), trigger = triggerOf(bo)
  const top = is(bo, 'bpmn:EndEvent') && is(bo.$parent, 'bpmn:Process')
  const change = (next: string | null) => studio.replace(shape, { type: bo.$type, ...(next && next !== 'None' ? { eventDefinitionType: `bpmn:${next}EventDefinition` } : {}), ...(is(bo, 'bpmn:BoundaryEvent') ? { cancelActivity: bo.get('cancelActivity') !== false } : {}), ...(is(bo, 'bpmn:StartEvent') && inEventSub(bo) ? { isInterrupting: bo.get('isInterrupting') !== false } : {}) })
  const offered = triggersFor(bo, props.entity !== null)
  const throws = is(bo, 'bpmn:EndEvent', 'bpmn:IntermediateThrowEvent')
  return (
    <>
      <NameLine {...props} />
      {top && <StageChoice {...props} />}
      {definitions.length > 1 ? <p className="qc-field-help">{tp('multiple', { n: definitions.length })}</p>
        : <Choice label={tp(throws ? 'tells' : 'setOff')} value={trigger} disabled={disabled} options={[...new Set([...offered, trigger])].map(t => ({ value: t, label: tp(`trigger${t}`) }))} hint={hintOf(trigger, throws)} onChange={change} />}
      {definitions.map((definition, i) => <Definition key={i} {...props} definition={definition} throws={throws} />)}
      {is(bo, 'bpmn:BoundaryEvent') && !['Error', 'Compensate', 'Cancel'].includes(trigger) && <Tick label={tp('interrupting')} hint={tp('interruptingHint')} checked={bo.get('cancelActivity') !== false} disabled={disabled} onChange={on => studio.set(shape, { cancelActivity: on })} />}
      {is(bo, 'bpmn:StartEvent') && inEventSub(bo) && !['Error', 'Compensate'].includes(trigger) && <Tick label={tp('interruptsScope')} hint={tp('interruptsScopeHint')} checked={bo.get('isInterrupting') !== false} disabled={disabled} onChange={on => studio.set(shape, { isInterrupting: on })} />}
      <AboutArea {...props} />
    </>
  )
}

const hintOf = (trigger: Trigger, throws: boolean): string | undefined => {
  switch (trigger) {
    case 'Terminate': return tp('terminate')
    case 'Cancel': return tp('cancelHint')
    case 'Compensate': return tp('compensateHint')
    case 'Error': return tp(throws ? 'errorThrown' : 'errorCaught')
    case 'Escalation': return tp('escalationHint')
    default: return undefined
  }
}

function Definition(props: PanelProps & { definition: Bo, throws: boolean }) {
  const { studio, shape, bo, definition, throws, disabled } = props
  switch (definition.$type) {
    case 'bpmn:TimerEventDefinition': return <TimerPart {...props} />
    case 'bpmn:MessageEventDefinition': return <><RootPick {...props} owner={definition} kind="Message" throws={throws} />{is(bo, 'bpmn:StartEvent') && !inEventSub(bo) ? null : <KeyField {...props} />}</>
    case 'bpmn:SignalEventDefinition': return <RootPick {...props} owner={definition} kind="Signal" throws={throws} />
    case 'bpmn:ErrorEventDefinition': return <RootPick {...props} owner={definition} kind="Error" throws={throws} />
    case 'bpmn:EscalationEventDefinition': return <RootPick {...props} owner={definition} kind="Escalation" throws={throws} />
    case 'bpmn:ConditionalEventDefinition': {
      const condition = ref(definition, 'condition')
      return <Feel at={props} label={tp('condition')} hint={tp('conditionalHint')} value={condition ? text(condition, 'body') : ''} disabled={disabled} rows={2} placeholder="amount > 1000" onCommit={next => studio.setInner(shape, definition, { condition: expression(definition, next) })} />
    }
    case 'bpmn:LinkEventDefinition': return <Line label={tp('linkName')} hint={tp('linkHint')} value={text(definition, 'name')} disabled={disabled} error={saidOf(props.said, 'name')} onCommit={name => studio.setInner(shape, definition, { name: name || undefined })} />
    case 'bpmn:CompensateEventDefinition': return throws ? <Compensates {...props} /> : null
    default: return null
  }
}

/** What a compensation undoes: everything done here, or one activity. */
function Compensates({ studio, shape, bo, definition, disabled }: PanelProps & { definition: Bo }) {
  const done = bo.$parent ? list(bo.$parent, 'flowElements').filter(e => studio.services.elementRegistry.get(e.id) && /Task$|SubProcess$|Transaction$|CallActivity$/.test(e.$type)) : []
  return (
    <>
      <Choice label={tp('undoes')} clearable placeholder={tp('undoesAll')} value={ref(definition, 'activityRef')?.id ?? null} disabled={disabled} options={done.map(e => ({ value: e.id, label: e.name ?? e.id }))} onChange={id => studio.setInner(shape, definition, { activityRef: done.find(e => e.id === id) })} />
      <Tick label={tp('waitUndo')} checked={definition.get('waitForCompletion') !== false} disabled={disabled} onChange={on => studio.setInner(shape, definition, { waitForCompletion: on })} />
    </>
  )
}

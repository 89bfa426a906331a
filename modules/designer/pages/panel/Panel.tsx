import '@quancheng/ui/styles/form.css'
import './panel.css'
import { useEffect, useState } from 'react'
import { is, list, text } from '../studio/elements.ts'
import type { Studio } from '../studio/studio.ts'
import type { Bo, Catalogue } from '../studio/types.ts'
import { AboutArea, NameLine, type PanelProps } from './common.tsx'
import { ConditionPanel, GatewayPanel } from './FlowPanels.tsx'
import { Area, Line, Tick } from './inputs.tsx'
import { LanePanel, ProcessPanel } from './ProcessPanel.tsx'
import { ServicePanel } from './ServicePanel.tsx'
import { StageChoice, TaskPanel } from './TaskPanel.tsx'
import { tp } from './texts.ts'
import { TimerPanel } from './TimerPanel.tsx'

/** The properties of what is selected. It reads from the drawing and writes commands, so undo undoes it too. */
export function Panel({ studio, catalogue, disabled }: { studio: Studio, catalogue: Catalogue, disabled: boolean }) {
  const [, redraw] = useState(0)
  useEffect(() => {
    const again = () => redraw(n => n + 1)
    studio.services.eventBus.on(['commandStack.changed', 'selection.changed', 'import.done'], again)
    again()
    return () => studio.services.eventBus.off(['commandStack.changed', 'selection.changed', 'import.done'], again)
  }, [studio])
  const shape = studio.selected()
  const bo = shape.businessObject
  const process = studio.process()
  const several = studio.services.selection.get().length
  const binding = process && list(holderOf(process), 'values').find(v => v.$type === 'qc:Binding')
  const entity = catalogue.entities.find(each => binding && each.name === text(binding, 'entity')) ?? null
  const props: PanelProps = { studio, shape, bo, process, catalogue, entity, disabled }
  if (several > 1) return <Frame title={tp('several', { n: several })}><p className="qc-soft">{tp('severalHint')}</p></Frame>
  return <Frame key={shape.id} title={titleOf(bo)} id={is(bo, 'bpmn:Collaboration', 'bpmn:Participant') ? process?.id : bo.id}><Body {...props} /></Frame>
}

/** The holder of extensions, or an empty stand-in. */
function holderOf(bo: Bo): Bo {
  const holder = bo.get('extensionElements')
  return (holder ?? { get: () => [] }) as Bo
}

function Frame({ title, id, children }: { title: string, id?: string | undefined, children: React.ReactNode }) {
  return <aside className="qd-panel" aria-label={tp('panel')}><header><h2>{title}</h2>{id && <span className="qc-mono qc-faint qc-clip" title={id}>{id}</span>}</header><div className="qd-panel-body">{children}</div></aside>
}

function titleOf(bo: Bo): string {
  switch (bo.$type) {
    case 'bpmn:Process': case 'bpmn:Collaboration': case 'bpmn:Participant': return tp('process')
    case 'bpmn:Lane': return tp('lane')
    case 'bpmn:UserTask': return tp('userTask')
    case 'bpmn:ServiceTask': return tp('serviceTask')
    case 'bpmn:ParallelGateway': return tp('parallel')
    case 'bpmn:ExclusiveGateway': case 'bpmn:InclusiveGateway': return tp('gateway')
    case 'bpmn:SequenceFlow': return tp('flow')
    case 'bpmn:BoundaryEvent': return tp('timer')
    case 'bpmn:StartEvent': return tp('start')
    case 'bpmn:EndEvent': return tp('end')
    default: return tp('other')
  }
}

function Body(props: PanelProps) {
  const { bo } = props
  switch (bo.$type) {
    case 'bpmn:Process': case 'bpmn:Collaboration': case 'bpmn:Participant': return <ProcessPanel {...props} />
    case 'bpmn:Lane': return <LanePanel {...props} />
    case 'bpmn:UserTask': return <TaskPanel {...props} />
    case 'bpmn:ServiceTask': return <ServicePanel {...props} />
    case 'bpmn:ExclusiveGateway': case 'bpmn:InclusiveGateway': case 'bpmn:ParallelGateway': return <><NameLine {...props} /><GatewayPanel {...props} /></>
    case 'bpmn:SequenceFlow': return <><NameLine {...props} /><ConditionPanel {...props} /></>
    case 'bpmn:BoundaryEvent': return <><NameLine {...props} /><TimerPanel {...props} /></>
    case 'bpmn:EndEvent': return <><NameLine {...props} /><EndPart {...props} /></>
    case 'bpmn:IntermediateCatchEvent': case 'bpmn:StartEvent': return <><NameLine {...props} /><TimerPanel {...props} /></>
    case 'bpmn:TextAnnotation': return <Area label={tp('about')} value={text(bo, 'text')} disabled={props.disabled} onCommit={value => props.studio.set(props.shape, { text: value })} />
    default: return <><NameLine {...props} /><OtherPart {...props} /><AboutArea {...props} /></>
  }
}

/** The one or two settings of the rarer elements; whatever else their file says stays as it is. */
const SETTINGS: Readonly<Record<string, ReadonlyArray<{ name: string; label: Parameters<typeof tp>[0] }>>> = {
  'bpmn:BusinessRuleTask': [{ name: 'qc:decision', label: 'decision' }, { name: 'qc:resultVariable', label: 'resultVariable' }],
  'bpmn:ScriptTask': [{ name: 'script', label: 'formula' }, { name: 'qc:resultVariable', label: 'resultVariable' }],
  'bpmn:CallActivity': [{ name: 'calledElement', label: 'calledElement' }],
  'bpmn:SendTask': [{ name: 'qc:handler', label: 'handler' }],
  'bpmn:ReceiveTask': [{ name: 'qc:correlationKey', label: 'correlationKey' }],
}

function OtherPart({ studio, shape, bo, disabled }: PanelProps) {
  return (SETTINGS[bo.$type] ?? []).map(({ name, label }) => <Line key={name} mono label={tp(label)} value={text(bo, name)} disabled={disabled} onCommit={next => studio.set(shape, { [name]: next || undefined })} />)
}

function EndPart(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  const definitions = list(bo, 'eventDefinitions')
  const terminates = definitions.some(d => is(d, 'bpmn:TerminateEventDefinition'))
  return (
    <>
      <StageChoice {...props} />
      {definitions.length === 0 || terminates ? <Tick label={tp('terminate')} checked={terminates} disabled={disabled} onChange={on => studio.set(shape, { eventDefinitions: on ? [made(bo)] : [] })} /> : null}
      <AboutArea {...props} />
    </>
  )
}

function made(bo: Bo): Bo {
  const definition = bo.$model.create('bpmn:TerminateEventDefinition')
  definition.$parent = bo
  return definition
}

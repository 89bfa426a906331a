import '@quancheng/ui/styles/form.css'
import './panel.css'
import { useMediaQuery } from '@quancheng/ui'
import { useEffect, useState } from 'react'
import { is, list, text } from '../studio/elements.ts'
import type { Studio } from '../studio/studio.ts'
import type { Bo, Catalogue, Checked, Problem } from '../studio/types.ts'
import { WIDE } from '../wide.ts'
import { AboutArea, elsewhere, NameLine, type PanelProps } from './common.tsx'
import { ConditionPanel, GatewayPanel } from './FlowPanels.tsx'
import { CallPanel, ComplexPanel, DataPanel, SubProcessPanel } from './CallPanel.tsx'
import { EventPanel, triggerOf } from './EventPanel.tsx'
import { Area } from './inputs.tsx'
import { LoopPart } from './LoopPart.tsx'
import { MappingPart } from './MappingPart.tsx'
import { LanePanel, ProcessPanel } from './ProcessPanel.tsx'
import { RulePanel, ScriptPanel } from './RulePanels.tsx'
import { ReceivePanel, SendPanel, ServicePanel } from './ServicePanel.tsx'
import { TaskPanel } from './TaskPanel.tsx'
import { tp } from './texts.ts'

/** The properties of what is selected. It reads from the drawing and writes commands, so undo undoes it too. */
export function Panel({ studio, catalogue, disabled, checked }: { studio: Studio, catalogue: Catalogue, disabled: boolean, checked: Checked | null }) {
  const [, redraw] = useState(0)
  const [last, setLast] = useState<readonly Problem[]>(checked?.problems ?? [])
  if (checked && checked.problems !== last) setLast(checked.problems)
  useEffect(() => {
    const again = () => redraw(n => n + 1)
    studio.services.eventBus.on(['commandStack.changed', 'selection.changed', 'import.done'], again)
    again()
    return () => studio.services.eventBus.off(['commandStack.changed', 'selection.changed', 'import.done'], again)
  }, [studio])
  const wide = useMediaQuery(WIDE)
  const shape = studio.selected()
  const bo = shape.businessObject
  const process = studio.process()
  const several = studio.services.selection.get().length
  const binding = process && list(holderOf(process), 'values').find(v => v.$type === 'qc:Binding')
  const entity = catalogue.entities.find(each => binding && each.name === text(binding, 'entity')) ?? null
  const about = is(bo, 'bpmn:Collaboration', 'bpmn:Participant') ? process?.id : bo.id
  // while the drawing is being checked again, what was said of it before stands
  const said = (checked?.problems ?? last).filter(p => p.elementId === about)
  const props: PanelProps = { studio, shape, bo, process, catalogue, entity, disabled, said }
  if (several > 1) return <Frame title={tp('several', { n: several })}><p className="qc-soft">{tp('severalHint')}</p></Frame>
  return <Frame key={shape.id} title={titleOf(bo)} id={about} folded={about === process?.id && !wide}><Said said={elsewhere(said)} /><Body {...props} /></Frame>
}

/** What is wrong with the element and belongs to no field of its own. */
function Said({ said }: { said: readonly Problem[] }) {
  return said.length ? <ul className="qd-said qc-plain" role="alert">{said.map((p, i) => <li key={i}>{p.message}</li>)}</ul> : null
}

/** The holder of extensions, or an empty stand-in. */
function holderOf(bo: Bo): Bo {
  const holder = bo.get('extensionElements')
  return (holder ?? { get: () => [] }) as Bo
}

/** At the right on a wide screen; on a narrow one a sheet at the foot, which opens with what is selected and folds to its title. */
function Frame({ title, id, folded = false, children }: { title: string, id?: string | undefined, folded?: boolean, children: React.ReactNode }) {
  const [open, setOpen] = useState(!folded)
  return (
    <aside className="qd-panel" aria-label={tp('panel')} data-open={open}>
      <header><h2>{title}</h2>{id && <span className="qc-mono qc-faint qc-clip" title={id}>{id}</span>}<button type="button" className="qd-sheet-fold" aria-expanded={open} onClick={() => setOpen(!open)}>{tp(open ? 'fold' : 'unfold')}</button></header>
      <div className="qd-panel-body">{children}</div>
    </aside>
  )
}

const TITLES: Readonly<Record<string, Parameters<typeof tp>[0]>> = {
  'bpmn:Process': 'process', 'bpmn:Collaboration': 'process', 'bpmn:Participant': 'process', 'bpmn:Lane': 'lane', 'bpmn:UserTask': 'userTask', 'bpmn:ServiceTask': 'serviceTask', 'bpmn:ParallelGateway': 'parallel', 'bpmn:ExclusiveGateway': 'gateway', 'bpmn:InclusiveGateway': 'gateway',
  'bpmn:ComplexGateway': 'complexGateway', 'bpmn:EventBasedGateway': 'eventGateway', 'bpmn:SequenceFlow': 'flow', 'bpmn:StartEvent': 'start', 'bpmn:EndEvent': 'end', 'bpmn:IntermediateThrowEvent': 'throwEvent', 'bpmn:BusinessRuleTask': 'ruleTask', 'bpmn:ScriptTask': 'scriptTask', 'bpmn:SendTask': 'sendTask',
  'bpmn:ReceiveTask': 'receiveTask', 'bpmn:CallActivity': 'callActivity', 'bpmn:SubProcess': 'subProcess', 'bpmn:Transaction': 'transaction', 'bpmn:AdHocSubProcess': 'adHoc', 'bpmn:DataObjectReference': 'dataObject', 'bpmn:DataStoreReference': 'dataObject',
}

function titleOf(bo: Bo): string {
  if (is(bo, 'bpmn:BoundaryEvent', 'bpmn:IntermediateCatchEvent')) return tp(`trigger${triggerOf(bo)}`)
  return tp(TITLES[bo.$type] ?? 'other')
}

function Body(props: PanelProps) {
  const { bo } = props
  switch (bo.$type) {
    case 'bpmn:Process': case 'bpmn:Collaboration': case 'bpmn:Participant': return <ProcessPanel {...props} />
    case 'bpmn:Lane': return <LanePanel {...props} />
    case 'bpmn:UserTask': return <TaskPanel {...props} />
    case 'bpmn:ServiceTask': return <ServicePanel {...props} />
    case 'bpmn:ScriptTask': return <ScriptPanel {...props} />
    case 'bpmn:BusinessRuleTask': return <RulePanel {...props} />
    case 'bpmn:SendTask': return <SendPanel {...props} />
    case 'bpmn:ReceiveTask': return <ReceivePanel {...props} />
    case 'bpmn:CallActivity': return <CallPanel {...props} />
    case 'bpmn:SubProcess': case 'bpmn:Transaction': case 'bpmn:AdHocSubProcess': return <SubProcessPanel {...props} />
    case 'bpmn:DataObjectReference': case 'bpmn:DataStoreReference': return <DataPanel {...props} />
    case 'bpmn:ComplexGateway': return <ComplexPanel {...props} />
    case 'bpmn:ExclusiveGateway': case 'bpmn:InclusiveGateway': case 'bpmn:ParallelGateway': case 'bpmn:EventBasedGateway': return <><NameLine {...props} /><GatewayPanel {...props} /></>
    case 'bpmn:SequenceFlow': return <><NameLine {...props} /><ConditionPanel {...props} /></>
    case 'bpmn:StartEvent': case 'bpmn:EndEvent': case 'bpmn:IntermediateCatchEvent': case 'bpmn:IntermediateThrowEvent': case 'bpmn:BoundaryEvent': return <EventPanel {...props} />
    case 'bpmn:Task': case 'bpmn:ManualTask': return <><NameLine {...props} /><MappingPart {...props} /><LoopPart {...props} /><AboutArea {...props} /></>
    case 'bpmn:TextAnnotation': return <Area label={tp('about')} value={text(bo, 'text')} disabled={props.disabled} onCommit={value => props.studio.set(props.shape, { text: value })} />
    default: return <><NameLine {...props} /><AboutArea {...props} /></>
  }
}

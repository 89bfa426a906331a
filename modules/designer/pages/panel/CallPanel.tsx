import { Link } from 'react-router'
import { is, ref, text } from '../studio/elements.ts'
import { camundaPrefix, handed, withHanded, type Handed } from '../studio/calls.ts'
import { fileOf } from '../studio/roots.ts'
import { AboutArea, expression, NameLine, saidOf, type PanelProps } from './common.tsx'
import { Feel } from './Feel.tsx'
import { Choice, Line, Section, Tick } from './inputs.tsx'
import { LoopPart } from './LoopPart.tsx'
import { MappingPart, Pairs } from './MappingPart.tsx'
import { withUnknown } from './ProcessPanel.tsx'
import { tp } from './texts.ts'

/** Another process as one step: which, what it is given, what it gives back. */
export function CallPanel(props: PanelProps) {
  const { studio, shape, bo, catalogue, process, disabled, said } = props
  const key = text(bo, 'calledElement').replace(/^[\w.-]+:/, '') || null
  const others = catalogue.processes.filter(p => p.published && `${p.key}-process` !== process?.id)
  return (
    <>
      <NameLine {...props} />
      <Choice label={tp('calledElement')} search placeholder={tp('chooseProcess')} value={key} disabled={disabled} error={saidOf(said, 'call')} hint={tp('callHint')} options={withUnknown(others.map(p => ({ value: p.key, label: `${p.name}（${p.key}）` })), key, k => tp('processUnknown', { key: k }))} onChange={next => studio.set(shape, { calledElement: next ?? undefined })} />
      {key && <p><Link className="qc-link" to={`/designer/${encodeURIComponent(key)}`}>{tp('openProcess')}</Link></p>}
      <Handing {...props} />
      <LoopPart {...props} />
      <AboutArea {...props} />
    </>
  )
}

function Handing(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  const now = { in: handed(bo, 'in'), out: handed(bo, 'out') }
  const put = (kind: 'in' | 'out', next: { all: boolean, rows: Handed[] }) => {
    const { declare } = camundaPrefix(bo)
    studio.together(() => {
      if (declare) studio.setInner(shape, fileOf(bo), declare)
      studio.setInner(shape, bo, { extensionElements: withHanded(bo, { ...now, [kind]: next }) })
    })
  }
  return (['in', 'out'] as const).map(kind => (
    <Section key={kind} name={`call-${kind}`} title={tp(`hand_${kind}`)} count={now[kind].rows.length} open>
      <Tick label={tp(`handAll_${kind}`)} checked={now[kind].all} disabled={disabled} onChange={all => put(kind, { ...now[kind], all })} />
      <Pairs bo={bo} entity={props.entity} own={false} rows={now[kind].rows} add={tp(kind === 'in' ? 'addInput' : 'addOutput')} prefix={kind} disabled={disabled} onChange={rows => put(kind, { ...now[kind], rows: [...rows] })} />
      {kind === 'in' && !now.in.all && now.in.rows.length === 0 && <p className="qc-field-help">{tp('handNothing')}</p>}
    </Section>
  ))
}

/** A part of the process in a box: ordinary, set off by an event, or one whose steps people begin as they see fit. */
export function SubProcessPanel(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  if (is(bo, 'bpmn:AdHocSubProcess')) {
    const condition = ref(bo, 'completionCondition')
    return (
      <>
        <NameLine {...props} />
        <p className="qc-field-help">{tp('adHocHint')}</p>
        <Choice label={tp('ordering')} value={text(bo, 'ordering') || 'Parallel'} disabled={disabled} options={[{ value: 'Parallel', label: tp('orderParallel') }, { value: 'Sequential', label: tp('orderSequential') }]} onChange={next => studio.set(shape, { ordering: next === 'Sequential' ? next : undefined })} />
        <Feel at={props} label={tp('adHocDone')} hint={tp('adHocDoneHint')} value={condition ? text(condition, 'body') : ''} placeholder="checked = true" disabled={disabled} onCommit={next => studio.set(shape, { completionCondition: expression(bo, next) })} />
        <Tick label={tp('cancelRemaining')} checked={bo.get('cancelRemainingInstances') !== false} disabled={disabled} onChange={on => studio.set(shape, { cancelRemainingInstances: on })} />
        <MappingPart {...props} />
        <LoopPart {...props} />
        <AboutArea {...props} />
      </>
    )
  }
  const event = bo.get('triggeredByEvent') === true
  return (
    <>
      <NameLine {...props} />
      {event ? <p className="qc-field-help">{tp('eventSubHint')}</p> : is(bo, 'bpmn:Transaction') ? <p className="qc-field-help">{tp('transactionHint')}</p> : null}
      {!event && <><MappingPart {...props} /><LoopPart {...props} /></>}
      <AboutArea {...props} />
    </>
  )
}

/** Data that is drawn: a variable by that name. */
export function DataPanel(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  const object = ref(bo, 'dataObjectRef')
  const name = bo.name ?? ''
  return (
    <>
      <Line label={tp('dataName')} hint={tp('dataHint')} value={name} disabled={disabled} error={!name || /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? null : tp('nameBad')} onCommit={next => studio.services.modeling.updateLabel(shape, next)} />
      {object && <Tick label={tp('isCollection')} hint={tp('isCollectionHint')} checked={object.get('isCollection') === true} disabled={disabled} onChange={on => studio.setInner(shape, object, { isCollection: on })} />}
      <AboutArea {...props} />
    </>
  )
}

/** When a complex gateway goes on. */
export function ComplexPanel(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  const condition = ref(bo, 'activationCondition')
  return <><NameLine {...props} /><Feel at={props} label={tp('activation')} hint={tp('activationHint')} placeholder="activationCount >= 2" value={condition ? text(condition, 'body') : ''} disabled={disabled} onCommit={next => studio.set(shape, { activationCondition: expression(bo, next) })} /><AboutArea {...props} /></>
}


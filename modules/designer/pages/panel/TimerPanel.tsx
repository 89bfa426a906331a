import { durationParts, durationText, list, ref, text, type Unit } from '../studio/elements.ts'
import { AboutArea, type PanelProps } from './common.tsx'
import { Amount, Choice, Line, Tick } from './inputs.tsx'
import { tp } from './texts.ts'

const ISO = /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/

/** How long after the step began the timer fires, on which clock, and whether it stops the step. */
export function TimerPanel(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  const definition = list(bo, 'eventDefinitions').find(d => d.$type === 'bpmn:TimerEventDefinition')
  if (!definition) return <AboutArea {...props} />
  const holder = ref(definition, 'timeDuration')
  const written = holder ? text(holder, 'body').trim() : ''
  const simple = written === '' ? { amount: 0, unit: 'H' as Unit } : durationParts(written)
  const put = (iso: string) => {
    const expression = iso ? bo.$model.create('bpmn:FormalExpression', { body: iso }) : undefined
    if (expression) expression.$parent = definition
    studio.setInner(shape, definition, { timeDuration: expression })
  }
  const clock = text(definition, 'qc:clock') || 'clock'
  return (
    <>
      {simple
        ? <div className="qd-pair">
            <Amount label={tp('after')} value={simple.amount || null} disabled={disabled} onCommit={amount => put(durationText({ amount, unit: simple.unit }))} />
            <Choice label={tp('unit')} value={simple.unit} disabled={disabled} options={[{ value: 'M', label: tp('unitM') }, { value: 'H', label: tp('unitH') }, { value: 'D', label: tp('unitD') }]} onChange={unit => put(durationText({ amount: simple.amount || 1, unit: (unit ?? 'H') as Unit }))} />
          </div>
        : null}
      {(!simple || written.startsWith('=')) && <Line mono label={tp('after')} value={written} disabled={disabled} error={written.startsWith('=') || ISO.test(written) ? null : tp('durationBad')} onCommit={put} />}
      <Choice label={tp('clock')} value={clock} disabled={disabled} options={[{ value: 'clock', label: tp('natural') }, { value: 'business', label: tp('business') }]} onChange={next => studio.setInner(shape, definition, { 'qc:clock': next === 'business' ? 'business' : undefined })} />
      {bo.$type === 'bpmn:BoundaryEvent' && <Tick label={tp('interrupting')} hint={tp('interruptingHint')} checked={bo.get('cancelActivity') !== false} disabled={disabled} onChange={on => studio.set(shape, { cancelActivity: on })} />}
      <AboutArea {...props} />
    </>
  )
}

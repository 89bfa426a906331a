import { is, ref, text } from '../studio/elements.ts'
import type { Bo } from '../studio/types.ts'
import { expression, saidOf, type PanelProps } from './common.tsx'
import { Feel } from './Feel.tsx'
import { Amount, Choice, Line, Section, Tick } from './inputs.tsx'
import { tp } from './texts.ts'

type Way = 'none' | 'parallel' | 'sequential' | 'loop'
const wayOf = (loop: Bo | null): Way => (!loop ? 'none' : is(loop, 'bpmn:StandardLoopCharacteristics') ? 'loop' : loop.get('isSequential') === true ? 'sequential' : 'parallel')
const bodyOf = (loop: Bo, name: string): string => { const e = ref(loop, name); return e ? text(e, 'body') : '' }
const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** Several of one step: one for each of a list, at once or one after the other; or again and again while a condition holds. */
export function LoopPart(props: PanelProps) {
  const { studio, shape, bo, disabled, said } = props
  const loop = ref(bo, 'loopCharacteristics'), way = wayOf(loop)
  const change = (next: Way) => {
    if (next === way) return
    if (next === 'none') { studio.set(shape, { loopCharacteristics: undefined }); return }
    if (loop && next !== 'loop' && way !== 'loop') { studio.setInner(shape, loop, { isSequential: next === 'sequential' }); return }
    const made = bo.$model.create(next === 'loop' ? 'bpmn:StandardLoopCharacteristics' : 'bpmn:MultiInstanceLoopCharacteristics', next === 'loop' ? { loopMaximum: 10 } : { isSequential: next === 'sequential', 'qc:elementVariable': 'item' })
    made.$parent = bo
    studio.set(shape, { loopCharacteristics: made })
  }
  const set = (patch: Record<string, unknown>) => { if (loop) studio.setInner(shape, loop, patch) }
  const lacking = loop && (way === 'loop' ? !bodyOf(loop, 'loopCondition') && maximumOf(loop) === null : !text(loop, 'qc:collection') && !bodyOf(loop, 'loopCardinality'))
  // told at once and in the words of the form; the check says the rest
  const complaint = lacking ? tp(way === 'loop' ? 'loopEndless' : 'multiLacking') : saidOf(said, 'loop')
  return (
    <Section name="loop" title={tp('loop')} count={loop ? 1 : 0} open={loop !== null}>
      <Choice label={tp('loopWay')} hint={tp(`loop_${way}_hint`)} value={way} disabled={disabled} options={(['none', 'parallel', 'sequential', 'loop'] as const).map(w => ({ value: w, label: tp(`loop_${w}`) }))} onChange={next => change((next ?? 'none') as Way)} />
      {complaint && <p className="qc-field-error" role="alert">{complaint}</p>}
      {loop && way === 'loop' && <>
        <Feel at={props} label={tp('loopCondition')} hint={tp('loopConditionHint')} placeholder="done != true" value={bodyOf(loop, 'loopCondition')} disabled={disabled} onCommit={next => set({ loopCondition: expression(loop, next) })} />
        <Amount label={tp('loopMaximum')} hint={tp('loopMaximumHint')} min={0} value={maximumOf(loop)} disabled={disabled} onCommit={next => set({ loopMaximum: next || undefined })} />
        <Tick label={tp('testBefore')} hint={tp('testBeforeHint')} checked={loop.get('testBefore') === true} disabled={disabled} onChange={on => set({ testBefore: on })} />
      </>}
      {loop && (way === 'parallel' || way === 'sequential') && <>
        <Feel at={props} own={false} label={tp('collection')} hint={tp('collectionHint')} placeholder={'items'} value={text(loop, 'qc:collection')} disabled={disabled} onCommit={next => set({ 'qc:collection': next || undefined })} />
        {text(loop, 'qc:collection') || !bodyOf(loop, 'loopCardinality')
          ? <Line mono label={tp('elementVariable')} hint={tp('elementVariableHint')} value={text(loop, 'qc:elementVariable')} disabled={disabled} error={badName(text(loop, 'qc:elementVariable'))} onCommit={next => set({ 'qc:elementVariable': next || undefined })} /> : null}
        {!text(loop, 'qc:collection') && <Feel at={props} own={false} label={tp('cardinality')} hint={tp('cardinalityHint')} placeholder="3" value={bodyOf(loop, 'loopCardinality')} disabled={disabled} onCommit={next => set({ loopCardinality: expression(loop, next) })} />}
        <Feel at={props} label={tp('completion')} hint={tp('completionHint')} placeholder="nrOfCompletedInstances >= 2" value={bodyOf(loop, 'completionCondition')} disabled={disabled} onCommit={next => set({ completionCondition: expression(loop, next) })} />
        <div className="qd-pair">
          <Line mono label={tp('outputCollection')} hint={tp('outputCollectionHint')} value={text(loop, 'qc:outputCollection')} disabled={disabled} error={badName(text(loop, 'qc:outputCollection'))} onCommit={next => set({ 'qc:outputCollection': next || undefined })} />
          <Line mono label={tp('outputElement')} hint={tp('outputElementHint')} value={text(loop, 'qc:outputElement')} disabled={disabled} onCommit={next => set({ 'qc:outputElement': next || undefined })} />
        </div>
      </>}
    </Section>
  )
}

const badName = (name: string): string | null => (!name || NAME.test(name) ? null : tp('nameBad'))

function maximumOf(loop: Bo): number | null {
  const given = loop.get('loopMaximum')
  return given === undefined ? null : Number(given)
}

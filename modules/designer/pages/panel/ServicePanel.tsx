import { parts, ref, text } from '../studio/elements.ts'
import { AboutArea, NameLine, saidOf, str, type PanelProps } from './common.tsx'
import { Choice, Pick, Section } from './inputs.tsx'
import { LoopPart } from './LoopPart.tsx'
import { Mapping, MappingPart } from './MappingPart.tsx'
import { KeyField, RootPick } from './RootPick.tsx'
import { tp } from './texts.ts'

/** A step that a program does: which one, and what it is given. */
export function ServicePanel(props: PanelProps) {
  return <><NameLine {...props} /><HandlerPart {...props} /><OutputPart {...props} /><LoopPart {...props} /><AboutArea {...props} /></>
}

export function HandlerPart(props: PanelProps) {
  const { studio, shape, bo, catalogue, disabled, said } = props
  const inputs = parts(bo, 'qc:Input'), name = text(bo, 'qc:handler')
  const handler = catalogue.handlers.find(h => h.name === name)
  const missing = handler?.inputs.filter(i => !inputs.some(given => str(given.name) === i.name)) ?? []
  const take = (next: string) => {
    const chosen = catalogue.handlers.find(h => h.name === next)
    const wanted = chosen?.inputs.filter(i => i.required && !inputs.some(given => str(given.name) === i.name)) ?? []
    studio.together(() => {
      studio.set(shape, { 'qc:handler': next || undefined })
      if (wanted.length) studio.setParts(shape, bo, 'qc:Input', [...inputs, ...wanted.map(i => ({ name: i.name, value: 'null' }))])
    })
  }
  return (
    <>
      <Pick mono label={tp('handler')} value={name} disabled={disabled} options={catalogue.handlers.map(h => ({ value: h.name, label: h.label === h.name ? h.name : `${h.label}（${h.name}）` }))} error={saidOf(said.filter(p => p.code === 'HANDLER_MISSING'), 'handler')}
        hint={handler ? handler.label : name ? tp('handlerOutside', { name }) : catalogue.handlers.length ? tp('handlerHint') : tp('noHandlers')} onCommit={take} />
      <Section name="inputs" title={tp('inputs')} count={inputs.length} open>
        {handler && handler.inputs.length > 0 && <p className="qc-field-help">{tp('wants', { list: handler.inputs.map(i => `${i.label}（${i.name}${i.required ? `，${tp('must')}` : ''}）`).join('、') })}</p>}
        <Mapping {...props} type="qc:Input" add={tp('addInput')} />
        {!disabled && missing.length > 0 && <div className="qc-row qd-missing">{missing.map(i => <button key={i.name} type="button" className="qd-add" onClick={() => studio.setParts(shape, bo, 'qc:Input', [...inputs, { name: i.name, value: 'null' }])}>+ {i.label}</button>)}</div>}
      </Section>
    </>
  )
}

/** What of the program's answer becomes variables of the case. */
function OutputPart(props: PanelProps) {
  return <Section name="outputs" title={tp('mapOut')} count={parts(props.bo, 'qc:Output').length}><p className="qc-field-help">{tp('answerHint')}</p><Mapping {...props} type="qc:Output" add={tp('addOutput')} /></Section>
}

/** A send task: a message by its name, or a program that sends. */
export function SendPanel(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  const program = bo.get('qc:handler') !== undefined
  return (
    <>
      <NameLine {...props} />
      <Choice label={tp('sendBy')} value={program ? 'program' : 'message'} disabled={disabled} options={[{ value: 'message', label: tp('byMessage') }, { value: 'program', label: tp('byProgram') }]} onChange={next => studio.set(shape, { 'qc:handler': next === 'program' ? '' : undefined })} />
      {program ? <HandlerPart {...props} /> : <><RootPick {...props} owner={bo} kind="Message" throws /><KeyField {...props} /><MappingPart {...props} /></>}
      <LoopPart {...props} />
      <AboutArea {...props} />
    </>
  )
}

/** A receive task waits for its message. */
export function ReceivePanel(props: PanelProps) {
  return <><NameLine {...props} /><RootPick {...props} owner={props.bo} kind="Message" />{ref(props.bo, 'messageRef') && <KeyField {...props} />}<MappingPart {...props} /><LoopPart {...props} /><AboutArea {...props} /></>
}

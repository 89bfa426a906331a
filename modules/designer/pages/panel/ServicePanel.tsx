import { freeId, parts, text } from '../studio/elements.ts'
import { AboutArea, NameLine, str, type PanelProps } from './common.tsx'
import { Line, Rows, Section } from './inputs.tsx'
import { feelProblem } from './FlowPanels.tsx'
import { tp } from './texts.ts'

/** A step that a program does: which one, and what it is given. */
export function ServicePanel(props: PanelProps) {
  const { studio, shape, bo, catalogue, disabled } = props
  const inputs = parts(bo, 'qc:Input')
  const handler = text(bo, 'qc:handler')
  return (
    <>
      <NameLine {...props} />
      <Line mono label={tp('handler')} value={handler} disabled={disabled} hint={catalogue.handlers.length ? tp('knownHandlers', { list: catalogue.handlers.join('、') }) : tp('noHandlers')} onCommit={next => studio.set(shape, { 'qc:handler': next || undefined })} />
      <Section name="inputs" title={tp('inputs')} count={inputs.length} open>
        <Rows rows={inputs} onChange={rows => studio.setParts(shape, bo, 'qc:Input', rows)} disabled={disabled} addText={tp('addInput')} what={row => str(row.name)} make={() => ({ name: freeId('input', inputs.map(i => str(i.name))), value: 'null' })}>
          {(row, set, fresh) => <><Line bare mono label={tp('name')} value={str(row.name)} autoFocus={fresh} disabled={disabled} onCommit={name => set({ name })} /><Line mono label={tp('inputValue')} value={str(row.value)} disabled={disabled} error={feelProblem(str(row.value))} onCommit={value => set({ value })} /></>}
        </Rows>
      </Section>
      <AboutArea {...props} />
    </>
  )
}

import { freeId, parts, type Plain } from '../studio/elements.ts'
import { saidOf, str, type PanelProps } from './common.tsx'
import { Feel } from './Feel.tsx'
import { Line, Rows, Section } from './inputs.tsx'
import { tp } from './texts.ts'

/** A variable, or a place inside one, as the engine takes it. */
const TARGET = /^[\p{L}_][\p{L}\p{N}_ -]*(\.[\p{L}_][\p{L}\p{N}_ -]*){0,9}$/u
const bad = (name: string): string | null => (TARGET.test(name) ? null : tp('nameBad'))

/** Names on the left, expressions on the right. */
export function Mapping(props: PanelProps & { type: 'qc:Input' | 'qc:Output', add: string }) {
  const { studio, shape, bo, disabled, type, add } = props
  const rows = parts(bo, type)
  return <Pairs {...props} rows={rows.map(r => ({ name: str(r.name), value: str(r.value) }))} add={add} disabled={disabled} prefix={type === 'qc:Input' ? 'input' : 'output'} onChange={next => studio.setParts(shape, bo, type, next as Plain[])} />
}

export type Pair = { name: string, value: string }

export function Pairs(props: Pick<PanelProps, 'bo' | 'entity'> & { rows: readonly Pair[], add: string, disabled: boolean, prefix: string, own?: boolean, onChange: (next: Pair[]) => void }) {
  const { rows, add, disabled, prefix, onChange, own = true } = props
  return (
    <Rows rows={rows} onChange={onChange} disabled={disabled} addText={add} what={row => row.name} make={() => ({ name: freeId(prefix, rows.map(r => r.name)), value: 'null' })}>
      {(row, set, fresh) => <>
        <Line mono label={tp('variable')} value={row.name} autoFocus={fresh} disabled={disabled} error={bad(row.name)} onCommit={name => set({ name })} />
        <Feel at={props} own={own} label={tp('inputValue')} value={row.value} disabled={disabled} onCommit={value => set({ value: value || 'null' })} />
      </>}
    </Rows>
  )
}

/** Variables that only this activity sees, and those that it hands back. */
export function MappingPart(props: PanelProps) {
  const count = parts(props.bo, 'qc:Input').length + parts(props.bo, 'qc:Output').length
  const complaint = saidOf(props.said, 'mapping')
  return (
    <Section name="mapping" title={tp('mapping')} count={count} open={complaint !== null}>
      {complaint && <p className="qc-field-error" role="alert">{complaint}</p>}
      <h3 className="qd-sub">{tp('mapIn')}</h3><p className="qc-field-help">{tp('mapInHint')}</p>
      <Mapping {...props} type="qc:Input" add={tp('addInput')} />
      <h3 className="qd-sub">{tp('mapOut')}</h3><p className="qc-field-help">{tp('mapOutHint')}</p>
      <Mapping {...props} type="qc:Output" add={tp('addOutput')} />
    </Section>
  )
}

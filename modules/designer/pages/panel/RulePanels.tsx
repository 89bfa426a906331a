import { Link } from 'react-router'
import { text } from '../studio/elements.ts'
import { variablesAt } from '../studio/variables.ts'
import { AboutArea, NameLine, saidOf, type PanelProps } from './common.tsx'
import { Feel } from './Feel.tsx'
import { Choice, Line } from './inputs.tsx'
import { LoopPart } from './LoopPart.tsx'
import { MappingPart } from './MappingPart.tsx'
import { withUnknown } from './ProcessPanel.tsx'
import { HandlerPart } from './ServicePanel.tsx'
import { tp } from './texts.ts'

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u

function ResultLine({ studio, shape, bo, disabled, hint }: PanelProps & { hint: string }) {
  const value = text(bo, 'qc:resultVariable')
  return <Line mono label={tp('resultVariable')} hint={hint} value={value} disabled={disabled} error={!value || NAME.test(value) ? null : tp('nameBad')} onCommit={next => studio.set(shape, { 'qc:resultVariable': next || undefined })} />
}

/** A decision table is asked; what it answers becomes variables. */
export function RulePanel(props: PanelProps) {
  const { studio, shape, bo, catalogue, entity, disabled, said } = props
  const key = text(bo, 'qc:decision') || null
  if (!key && text(bo, 'qc:handler')) return <><NameLine {...props} /><HandlerPart {...props} /><LoopPart {...props} /><AboutArea {...props} /></>
  const table = catalogue.decisions.find(d => d.key === key)
  const known = new Set(variablesAt(bo, entity).map(v => v.name))
  const lacking = table?.asks.filter(name => !known.has(name)) ?? []
  return (
    <>
      <NameLine {...props} />
      <Choice label={tp('decision')} search clearable placeholder={tp('chooseDecision')} value={key} disabled={disabled} error={key ? null : saidOf(said, 'handler')} options={withUnknown(catalogue.decisions.map(d => ({ value: d.key, label: `${d.name}（${d.key}）` })), key, k => tp('decisionUnknown', { key: k }))} onChange={next => studio.set(shape, { 'qc:decision': next ?? undefined })} />
      <p className="qc-row">{key && <Link className="qc-link" to={`/decisions/${encodeURIComponent(key)}`}>{tp('openDecision')}</Link>}<Link className="qc-link" to="/decisions">{tp('allDecisions')}</Link></p>
      {table && <p className="qc-field-help">{tp('asks', { asks: table.asks.join('、') || '—', gives: table.gives.join('、') })}</p>}
      {lacking.length > 0 && <p className="qc-field-help qd-warn" role="note">{tp('asksUnknown', { names: lacking.join('、') })}</p>}
      <ResultLine {...props} hint={tp('resultHint')} />
      <MappingPart {...props} />
      <LoopPart {...props} />
      <AboutArea {...props} />
    </>
  )
}

/** A calculation in FEEL. */
export function ScriptPanel(props: PanelProps) {
  const { studio, shape, bo, disabled, said } = props
  const foreign = text(bo, 'scriptFormat') !== '' && !/feel/i.test(text(bo, 'scriptFormat'))
  return (
    <>
      <NameLine {...props} />
      {foreign && <div className="qc-notice qc-notice-danger" role="alert"><span>{saidOf(said, 'script') ?? tp('foreignScript', { format: text(bo, 'scriptFormat') })}</span>{!disabled && <button type="button" className="qc-button" onClick={() => studio.set(shape, { scriptFormat: 'feel' })}>{tp('asFeel')}</button>}</div>}
      <Feel at={props} label={tp('formula')} hint={tp('formulaHint')} rows={4} placeholder={'price * quantity'} value={text(bo, 'script')} disabled={disabled} onCommit={next => studio.set(shape, { script: next || undefined, scriptFormat: 'feel' })} />
      <ResultLine {...props} hint={tp('scriptResultHint')} />
      <MappingPart {...props} />
      <LoopPart {...props} />
      <AboutArea {...props} />
    </>
  )
}

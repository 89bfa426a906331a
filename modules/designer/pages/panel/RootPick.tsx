import { fileOf, known, meaning, meant, refOf, type RootKind } from '../studio/roots.ts'
import type { Bo } from '../studio/types.ts'
import { saidOf, type PanelProps } from './common.tsx'
import { Feel } from './Feel.tsx'
import { Pick } from './inputs.tsx'
import { text } from '../studio/elements.ts'
import { tp } from './texts.ts'

/** The message, signal, error or escalation that an event or task means: one of the file's, or a new one by its name. */
export function RootPick({ studio, shape, disabled, said, owner, kind, throws = false }: PanelProps & { owner: Bo, kind: RootKind, throws?: boolean }) {
  const value = meant(owner, kind)
  const put = (name: string) => {
    const { rootElements, target } = meaning(owner, kind, name)
    studio.together(() => {
      studio.setInner(shape, fileOf(owner), { rootElements })
      studio.setInner(shape, owner, { [refOf(kind)]: target })
    })
  }
  const coded = kind === 'Error' || kind === 'Escalation'
  return <Pick label={tp(`root${kind}`)} value={value} disabled={disabled} mono={coded} options={known(owner, kind).map(name => ({ value: name, label: name }))} error={coded ? null : saidOf(said, 'name')}
    hint={tp(coded ? (throws ? 'codeThrown' : 'codeCaught') : kind === 'Signal' ? 'signalHint' : throws ? 'messageThrown' : 'messageHint')} placeholder={tp(coded && !throws ? 'anyCode' : 'rootNew')} onCommit={put} />
}

/** Which case a message is meant for. */
export function KeyField(props: PanelProps) {
  const { studio, shape, bo, disabled } = props
  return <Feel at={props} label={tp('correlationKey')} hint={tp('correlationHint')} placeholder="orderNo" value={text(bo, 'qc:correlationKey')} disabled={disabled} onCommit={next => studio.set(shape, { 'qc:correlationKey': next || undefined })} />
}

import { parts, type Plain } from '../studio/elements.ts'
import type { PanelProps } from './common.tsx'
import { Amount, Choice, Section, Several, Tick } from './inputs.tsx'
import { tp } from './texts.ts'

const words = (v: Plain[string]): string[] => (v === undefined ? [] : String(v).split(/[\s,，、]+/).filter(Boolean))

/** How long the step may take, on which clock, when people are warned and reminded, and what stops the clock. */
export function StandardPart({ studio, shape, bo, disabled }: PanelProps) {
  const [standard] = parts(bo, 'qc:Standard')
  const put = (next: Plain | null) => studio.setParts(shape, bo, 'qc:Standard', next ? [next] : [])
  const minutes = Number(standard?.minutes ?? 0)
  return (
    <Section name="standard" title={tp('standard')} count={standard ? 1 : 0} open>
      <Tick label={tp('hasStandard')} checked={standard !== undefined} disabled={disabled} onChange={on => put(on ? { minutes: 60, clock: 'business', warn: 80 } : null)} />
      {standard && <>
        <div className="qd-pair">
          <Amount label={tp('minutes')} hint={minutes >= 60 ? spoken(minutes) : tp('unitM')} value={minutes || null} disabled={disabled} onCommit={next => put({ ...standard, minutes: next })} />
          <Choice label={tp('clock')} value={String(standard.clock ?? 'business')} disabled={disabled} options={[{ value: 'business', label: tp('business') }, { value: 'clock', label: tp('natural') }]} onChange={next => put({ ...standard, clock: next ?? 'business' })} />
        </div>
        <Amount label={tp('warn')} hint={tp('warnAt')} max={100} value={Number(standard.warn ?? 80)} disabled={disabled} onCommit={next => put({ ...standard, warn: next })} />
        <Several free label={tp('pauses')} hint={tp('pausesHint')} value={words(standard.pauseReasons)} options={['待客户', '待件', '待补材料', '待供应商'].map(v => ({ value: v, label: v }))} disabled={disabled} onChange={next => put({ ...standard, pauseReasons: next.join('、') })} />
        <Several free label={tp('remind')} hint={tp('remindHint')} value={words(standard.remind)} options={[]} disabled={disabled} onChange={next => put({ ...standard, remind: next.filter(v => /^\d+$/.test(v) && Number(v) > 0).join(',') })} />
      </>}
    </Section>
  )
}

/** Minutes as people say them: 150 → 2 小时 30 分钟. */
const spoken = (minutes: number): string => `${Math.floor(minutes / 60)} ${tp('unitH')}${minutes % 60 ? ` ${minutes % 60} ${tp('unitM')}` : ''}`

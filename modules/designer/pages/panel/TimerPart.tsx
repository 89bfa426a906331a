import { api, dateText, dateTimeText } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { list, ref, text } from '../studio/elements.ts'
import { beginning, firstMonthday, firstWeekday, timingOf, timingText, timingWords, unitName, type Clock, type TimerKind, type Timing, type Unit } from '../studio/timing.ts'
import type { Bo } from '../studio/types.ts'
import { expression, saidOf, type PanelProps } from './common.tsx'
import { Feel } from './Feel.tsx'
import { Amount, Choice, Labelled, Line, type Option } from './inputs.tsx'
import { tp } from './texts.ts'

const HOLDERS = { duration: 'timeDuration', date: 'timeDate', cycle: 'timeCycle' } as const
const KINDS = ['duration', 'date', 'cycle'] as const
type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]
const WAYS: Array<Timing['is']> = ['after', 'at', 'every', 'daily', 'weekly', 'monthly', 'variable', 'written']

/** The company's date of now, held as if it were UTC. */
const today = (): Date => new Date(`${dateText(new Date())}T00:00:00Z`)

function readOf(definition: Bo): { kind: TimerKind; body: string } {
  for (const kind of KINDS) { const holder = ref(definition, HOLDERS[kind]); if (holder) return { kind, body: text(holder, 'body') } }
  return { kind: 'duration', body: '' }
}

/** When a timer fires, chosen as people say it; below, when that will be on this company's clocks. */
export function TimerPart(props: PanelProps & { definition: Bo }) {
  const { studio, shape, bo, definition, disabled } = props
  const { kind, body } = readOf(definition)
  const timing = timingOf(kind, body)
  const clock: Clock = text(definition, 'qc:clock') === 'business' ? 'business' : 'clock'
  const starts = bo.$type === 'bpmn:StartEvent'
  const put = (next: Timing, on: Clock = clock) => {
    const written = timingText(next)
    studio.setInner(shape, definition, { ...Object.fromEntries(KINDS.map(k => [HOLDERS[k], k === written.kind ? expression(definition, written.text) : undefined])), 'qc:clock': on === 'business' && counts(next) ? 'business' : undefined })
  }
  const ways: Option[] = (starts ? ['daily', 'weekly', 'monthly', 'every', 'at', 'after', 'variable', 'written'] as const : WAYS).filter(w => w !== 'written' || timing.is === 'written').map(w => ({ value: w, label: tp(`way_${w}`) }))
  return (
    <>
      <Choice label={tp('when')} value={timing.is} disabled={disabled} options={ways} error={timing.is === 'written' || timing.is === 'variable' ? null : saidOf(props.said, 'timer')} onChange={next => put(beginning((next ?? 'after') as Timing['is'], today()), clock)} />
      <TimingFields {...props} timing={timing} clock={clock} put={put} />
      {counts(timing) && <Choice label={tp('clock')} value={clock} disabled={disabled} options={[{ value: 'clock', label: tp('natural') }, { value: 'business', label: tp('business') }]} onChange={next => put(timing, next === 'business' ? 'business' : 'clock')} />}
      {body.trim() !== '' && timing.is !== 'variable' && <Preview kind={kind} body={body} clock={clock} words={timingWords(timing, clock)} starts={starts} />}
    </>
  )
}

/** Whether an amount of time is counted, and so the clock matters. */
const counts = (t: Timing): boolean => t.is === 'after' || t.is === 'every' || t.is === 'variable' || (t.is === 'written' && t.kind !== 'date')

type FieldsProps = PanelProps & { timing: Timing, clock: Clock, put: (next: Timing, on?: Clock) => void }

function TimingFields(props: FieldsProps) {
  const { timing, clock, put, disabled } = props
  const units = (all: readonly Unit[]): Option[] => all.map(u => ({ value: u, label: unitName(u, clock) }))
  const time = (value: string, onTime: (time: string) => void) => <Moment label={tp('timeOfDay')} type="time" value={value} disabled={disabled} onChange={onTime} />
  switch (timing.is) {
    case 'after': case 'every': return (
      <>
        <div className="qd-pair">
          <Amount label={tp(timing.is === 'after' ? 'after' : 'each')} value={timing.amount || null} disabled={disabled} onCommit={amount => put({ ...timing, amount })} />
          <Choice label={tp('unit')} value={timing.unit} disabled={disabled} options={units(['M', 'H', 'D', 'W', 'month'])} onChange={unit => put({ ...timing, unit: (unit ?? 'H') as Unit })} />
        </div>
        {timing.is === 'every' && <Amount label={tp('timesAtMost')} hint={tp('timesHint')} min={0} value={timing.times} disabled={disabled} onCommit={times => put({ ...timing, times: times || null })} />}
      </>
    )
    case 'at': return <div className="qd-pair"><Moment label={tp('day')} type="date" value={timing.day} disabled={disabled} onChange={day => put({ ...timing, day })} />{time(timing.time, at => put({ ...timing, time: at }))}</div>
    case 'daily': return time(timing.time, at => put({ ...timing, time: at }))
    case 'weekly': return (
      <div className="qd-pair">
        <Choice label={tp('weekday')} value={String(timing.weekday)} disabled={disabled} options={WEEKDAYS.map(n => ({ value: String(n), label: tp(`day${n}`) }))} onChange={n => put({ ...timing, weekday: Number(n), from: firstWeekday(Number(n), today()) })} />
        {time(timing.time, at => put({ ...timing, time: at }))}
      </div>
    )
    case 'monthly': return (
      <div className="qd-pair">
        <Amount label={tp('monthday')} hint={tp('monthdayHint')} max={28} value={timing.day} disabled={disabled} onCommit={day => put({ ...timing, day, from: firstMonthday(day, today()) })} />
        {time(timing.time, at => put({ ...timing, time: at }))}
      </div>
    )
    case 'variable': return (
      <>
        <Choice label={tp('yields')} value={timing.kind} disabled={disabled} options={KINDS.map(k => ({ value: k, label: tp(`yields_${k}`) }))} onChange={k => put({ ...timing, kind: (k ?? 'duration') as TimerKind })} />
        <Feel at={props} label={tp('expression')} value={timing.source} disabled={disabled} error={saidOf(props.said, 'timer')} placeholder={tp('timerExample')} onCommit={source => put({ ...timing, source })} />
      </>
    )
    case 'written': return <Line mono label={tp('iso')} value={timing.text} disabled={disabled} error={saidOf(props.said, 'timer')} hint={tp('isoHint')} onCommit={next => put({ ...timing, text: next })} />
  }
}

/** The browser's own field for a date or a time: its keys, its words. */
function Moment({ label, type, value, disabled, onChange }: { label: string, type: 'date' | 'time', value: string, disabled: boolean, onChange: (next: string) => void }) {
  const id = `qd-${type}-${label}`
  return <Labelled label={label} id={id}><input id={id} type={type} value={value} disabled={disabled} required onChange={event => { if (event.target.value) onChange(event.target.value) }} /></Labelled>
}

type Answer = { valid: boolean, moments: string[] }

/** When it will be: reckoned by the server as it would for a case that comes here now. */
function Preview({ kind, body, clock, words, starts }: { kind: TimerKind, body: string, clock: Clock, words: string, starts: boolean }) {
  const asked = useQuery({ queryKey: ['timer-preview', kind, body, clock], queryFn: ({ signal }) => api.get<Answer>('/process-timer-preview', { query: { kind, text: body.trim(), clock }, signal }), staleTime: 60_000, retry: false })
  const { data } = asked
  return (
    <div className="qd-preview-times" role="status">
      <b>{words}</b>
      {data && !data.valid && <span className="qc-danger">{tp('durationBad')}</span>}
      {data && data.moments.length > 0 && <><span className="qc-soft">{tp(starts ? 'previewStart' : kind === 'cycle' ? 'previewCycle' : 'preview')}</span><ol>{data.moments.map((at, i) => <li key={i}>{tp(`day${weekday(at)}`)} {dateTimeText(at)}</li>)}</ol></>}
    </div>
  )
}

const weekday = (at: string): Weekday => ((new Date(`${dateText(at)}T00:00:00Z`).getUTCDay() + 6) % 7 + 1) as Weekday

export const timerOf = (bo: Bo): Bo | undefined => list(bo, 'eventDefinitions').find(d => d.$type === 'bpmn:TimerEventDefinition')

import { api, Icon, useLive, useSay } from '@quancheng/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { td } from './texts.ts'

export type CallRow = { requestId: string, number: string, state: 'calling' | 'skipped', counter: string, times: number }
const STORE = 'qc-counter'
export const counterOf = (): string => localStorage.getItem(STORE) ?? '1'
const key = (unitId: string | undefined) => ['queue-calls', unitId] as const

/** The calls of those who wait at my station. */
export function useCalls(unitId: string | undefined): CallRow[] {
  const client = useQueryClient()
  const read = useQuery({ queryKey: key(unitId), queryFn: ({ signal }) => api.get<{ items: CallRow[] }>('/service/calls', { query: { unitId }, signal, quiet: true }), enabled: unitId !== undefined, retry: false })
  useLive('queueCall', () => void client.invalidateQueries({ queryKey: ['queue-calls'] }))
  return read.data?.items ?? []
}

/** Which counter this desk is; the browser remembers it. */
export function CounterField({ value, onChange }: { value: string, onChange: (value: string) => void }) {
  return <label className="sd-counter">{td('counter')}<input value={value} maxLength={4} aria-label={td('counter')} onChange={event => { const v = event.target.value.trim(); onChange(v); if (v) localStorage.setItem(STORE, v) }} /></label>
}

/** Puts a number on the screen and has it called out; called again, to my counter, or passed over. */
export function CallNumber({ requestId, number, counter, called }: { requestId: string, number: string, counter: string, called: CallRow | null }) {
  const say = useSay()
  const client = useQueryClient()
  const act = async (verb: 'call' | 'skip') => {
    try { await api.post(`/service-requests/${requestId}/${verb}`, verb === 'call' ? { counter: counter || '1' } : {}); await client.invalidateQueries({ queryKey: ['queue-calls'] }) } catch (error) { say.error(error) }
  }
  const mine = called?.state === 'calling' && called.counter === counter
  const label = td(!called ? 'announce' : called.state === 'skipped' ? 'announceSkipped' : mine ? 'announceAgain' : 'announceHere', { n: called?.counter ?? '' })
  return (
    <span className="sd-callers">
      <button type="button" className="qc-button" title={label} aria-label={`${label} ${number}`} onClick={() => void act('call')}><Icon name="bell" size={15} />{called && <small>{called.state === 'skipped' ? td('skippedMark') : td('calledMark', { c: called.counter, n: called.times })}</small>}</button>
      {called?.state === 'calling' && <button type="button" className="qc-button" title={td('skip')} aria-label={`${td('skip')} ${number}`} onClick={() => void act('skip')}><Icon name="close" size={15} /></button>}
    </span>
  )
}

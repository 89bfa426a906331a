import { Icon } from '@quancheng/ui'
import type { PersonTime } from './api.ts'
import { ts } from './texts.ts'
import { clock } from './time.ts'

/** Who has no time, while the form is being filled in. It warns; it does not forbid. */
export function Conflicts({ times, pending, alone }: { times: PersonTime[] | undefined, pending: boolean, alone: boolean }) {
  if (!times) return pending ? <p className="qc-soft sc-free">{ts('checking')}</p> : null
  const busy = times.filter(p => p.known && !p.free), unknown = times.filter(p => !p.known)
  if (busy.length === 0 && unknown.length === 0) return alone ? null : <p className="sc-free sc-all-free" role="status"><Icon name="check" size={14} />{ts('allFree')}</p>
  return (
    <ul className="sc-free" role="status">
      {busy.flatMap(p => p.busy.slice(0, 3).map((b, i) => <li key={`${p.id}/${i}`} className="sc-clash"><Icon name="warn" size={14} />{ts('isBusy', { name: p.name, from: clock(b.from), to: clock(b.to), what: b.what })}</li>))}
      {unknown.length > 0 && <li className="qc-soft">{ts('unknown', { names: unknown.map(p => p.name).join('、') })}</li>}
    </ul>
  )
}

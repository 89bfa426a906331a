import { durationText, EmptyState, Icon } from '@quancheng/ui'
import { Link } from 'react-router'
import type { BoardPerson } from '../shared/types.ts'
import { tb } from './texts.ts'

/** Who has what in hand: most first, late before all (SP-18). */
export function People({ people, short }: { people: BoardPerson[], short: (number: string) => string }) {
  if (people.length === 0) return <EmptyState icon="group" title={tb('noPeople')} />
  const order = [...people].sort((a, b) => b.late - a.late || b.open - a.open || b.doneToday - a.doneToday)
  return (
    <div className="sv-table-wrap">
      <table className="sv-table sb-people">
        <thead><tr><th>{tb('person')}</th><th className="sv-right">{tb('open')}</th><th className="sv-right">{tb('late')}</th><th className="sv-right">{tb('doneToday')}</th><th className="sv-right">{tb('onTime')}</th><th>{tb('current')}</th></tr></thead>
        <tbody>{order.map(person => (
          <tr key={person.userId}>
            <th scope="row">{person.name}</th>
            <td className="sv-right">{person.open || <span className="qc-faint">0</span>}</td>
            <td className="sv-right">{person.late > 0 ? <strong className="qc-danger"><Icon name="warn" size={13} /> {person.late}</strong> : <span className="qc-faint">0</span>}</td>
            <td className="sv-right">{person.doneToday}</td>
            <td className="sv-right">{person.onTimeRate === null ? <span className="qc-faint">—</span> : `${person.onTimeRate}%`}</td>
            <td><span className="sb-current">{person.current.map(each => <Link key={each.id + each.stage} className={`sb-chip sb-chip-${each.lateness}`} to={`/e/service-requests/${each.id}`} title={each.number}>{short(each.number)} {each.stage} {durationText(each.minutes)}</Link>)}</span></td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  )
}

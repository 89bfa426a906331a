import { dateText, useNow } from '@quancheng/ui'
import { tc } from './calendarTexts.ts'
import { weekdayOf, weeksOf, type Days } from './year.ts'

type Props = { year: number, days: Days, workdays: number[], onToggle?: ((date: string) => void) | undefined }

/** Twelve small months; marks are words as well as colours. */
export function YearView({ year, days, workdays, onToggle }: Props) {
  const today = dateText(useNow())
  return (
    <div className="qo-year">
      {Array.from({ length: 12 }, (_, i) => (
        <div key={i} className="qo-month"><table>
          <caption>{tc('month', { n: i + 1 })}</caption>
          <thead><tr>{[...tc('weekdays')].map((day, at) => <th key={at} scope="col">{day}</th>)}</tr></thead>
          <tbody>{weeksOf(year, i + 1).map((week, at) => <tr key={at}>{week.map((date, day) => {
            if (!date) return <td key={day} />
            const mark = days[date]
            const rest = mark ? mark === 'off' : !workdays.includes(weekdayOf(date))
            return (
              <td key={date}><button type="button" className="qo-day" data-mark={mark} data-rest={rest} data-today={date === today} disabled={!onToggle} onClick={() => onToggle?.(date)}
                aria-label={`${date}${mark ? ' ' + tc(mark === 'off' ? 'offMark' : 'workMark') : ''}`}>{Number(date.slice(8))}{mark && <sup>{tc(mark)}</sup>}</button></td>
            )
          })}</tr>)}</tbody>
        </table></div>
      ))}
    </div>
  )
}

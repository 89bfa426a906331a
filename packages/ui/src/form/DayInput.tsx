import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { dateTimeText } from '../time/format.ts'
import { instantOf } from '../time/zone.ts'
import { dayOf } from './values.ts'

type Props = {
  value: string
  onChange: (value: string | null) => void
  /** with a time of day: instants, shown on the tenant's clock */
  time?: boolean
  /** what is no day is given on as it stands; otherwise it goes, as the picker does it */
  raw?: boolean
  id: string, disabled?: boolean | undefined, status?: 'error' | undefined, autoFocus?: boolean | undefined
  'aria-invalid'?: true | undefined, 'aria-describedby'?: string | undefined
}

// Of fixed lengths only: the picker rewrites what fits while it is being typed, and 2026-1-2 may be on its way to 2026-1-22. Shorter ones are read on leaving.
const DAYS = ['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/MM/DD', 'YYYY.MM.DD']
const MOMENTS = ['YYYY-MM-DD HH:mm', 'YYYY/MM/DD HH:mm']

/** A day or a moment, picked or typed, in any of the ways in which people write one. The picker alone would drop what it cannot read without a word. */
export function DayInput({ value, onChange, time = false, raw = false, ...common }: Props) {
  const real = /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(new Date(value).getTime()), formats = time ? MOMENTS : DAYS
  // While what is typed is no day the picker keeps the last one that was: with another value it would write over the text.
  const [last, setLast] = useState(real ? value : ''), wrong = value !== '' && !real, kept = wrong ? last : value
  if (!wrong && value !== last) setLast(value)
  const shown = kept ? dayjs(time ? dateTimeText(kept) : kept) : null
  const give = (day: string, clock: string | null): void => onChange(time ? instantOf(day, clock ?? '00:00').toISOString() : day)
  const left = (box: EventTarget): void => {
    const written = (box as HTMLInputElement).value.trim(), read = dayOf(written)
    if (!wrong && written === (shown ? shown.format(formats[0]) : '')) return
    if (written === '') onChange(null)
    else if (read && (time || !read.time)) give(read.day, read.time)
    else if (raw) onChange(written)
  }
  return (
    // The picker knows only the browser's zone, so it is shown the tenant's wall clock and read back as such.
    <DatePicker {...common} style={{ width: '100%' }} preserveInvalidOnBlur={raw} format={formats} {...(time ? { showTime: { format: 'HH:mm' } } : {})} value={shown} placeholder={wrong ? value : undefined}
      onBlur={event => left(event.target)} onKeyDown={event => { if (event.key === 'Enter') left(event.target) }}
      onChange={picked => { if (picked) give(picked.format('YYYY-MM-DD'), picked.format('HH:mm')); else onChange(null) }} />
  )
}

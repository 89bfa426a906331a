import { useState } from 'react'
import type { Slot } from '../api.ts'
import { byDay, clockText, dayName } from '../days.ts'
import { tb } from '../texts.ts'

/** Days across, times below: one tap each. */
export function SlotPicker({ slots, value, onChange }: { slots: readonly Slot[], value: string | null, onChange: (at: string) => void }) {
  const days = byDay(slots)
  const [chosen, setChosen] = useState<string | null>(null)
  if (days.length === 0) return <p className="bk-none">{tb('noSlots')}</p>
  const day = days.find(d => d.day === chosen) ?? days.find(d => d.slots.some(s => s.startsAt === value)) ?? days[0]!
  return (
    <div className="bk-picker">
      <div className="bk-days" role="tablist" aria-label={tb('day')}>{days.map(d => <button key={d.day} type="button" role="tab" aria-selected={d.day === day.day} onClick={() => setChosen(d.day)}>{dayName(d.day)}</button>)}</div>
      <div className="bk-times" role="radiogroup" aria-label={tb('clock')}>{day.slots.map(s => <button key={s.startsAt} type="button" role="radio" aria-checked={s.startsAt === value} onClick={() => onChange(s.startsAt)}>{clockText(s.startsAt)}</button>)}</div>
    </div>
  )
}

import { Input } from 'antd'
import { useState } from 'react'
import { numberOf } from './values.ts'

type Props = {
  value: number | string | null | undefined
  /** a whole number as a number, a decimal as its plain text, nothing as null; what is no number comes as it was typed, so that it can be named and kept */
  onChange: (value: number | string | null) => void
  whole?: boolean
  /** decimals that are shown when the box is left */
  scale?: number | undefined
  id?: string, prefix?: string | undefined, suffix?: string | undefined, disabled?: boolean | undefined, status?: 'error' | '' | undefined, autoFocus?: boolean | undefined
  placeholder?: string, ariaLabel?: string | undefined, invalid?: boolean | undefined, describedBy?: string | undefined, style?: React.CSSProperties
}

/** A box for a number that never throws away what somebody typed and never changes it behind their back: it does not clamp, round or clear. */
export function NumberInput({ value, onChange, whole = false, scale, id, prefix, suffix, disabled, status, autoFocus, placeholder, ariaLabel, invalid, describedBy, style }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const stored = value === null || value === undefined ? '' : String(value), plain = numberOf(stored)
  const rested = plain === null || whole || scale === undefined ? stored : padded(plain, scale)
  const give = (text: string): void => {
    const number = numberOf(text)
    onChange(text.trim() === '' ? null : number === null ? text : whole && /^-?\d{1,15}$/.test(number) ? Number(number) : number)
  }
  return (
    <Input id={id} inputMode={whole ? 'numeric' : 'decimal'} autoComplete="off" style={{ width: '100%', ...style }} prefix={prefix} suffix={suffix} disabled={disabled} status={status} autoFocus={autoFocus}
      placeholder={placeholder} aria-label={ariaLabel} aria-invalid={invalid || undefined} aria-describedby={describedBy} value={typed ?? rested}
      onChange={event => { setTyped(event.target.value); give(event.target.value) }} onBlur={() => setTyped(null)} />
  )
}

const padded = (plain: string, scale: number): string => {
  const [whole = '', fraction = ''] = plain.split('.')
  return fraction.length >= scale ? plain : `${whole}.${fraction.padEnd(scale, '0')}`
}

import { useState, type ReactNode } from 'react'
import { Icon } from '../icons.tsx'
import { t } from './texts.ts'

/** 138 0000 0001: grouped for reading, a link for dialling; masked numbers are shown as they come. */
export function PhoneText({ value }: { value: string | null | undefined }) {
  if (!value) return <span className="qc-faint">—</span>
  if (value.includes('*')) return <span className="qc-number">{value}</span>
  return <a className="qc-number" href={`tel:${value.replace(/[^\d+]/g, '')}`} onClick={event => event.stopPropagation()}>{groupPhone(value)}</a>
}

export function groupPhone(value: string): string {
  return /^1\d{10}$/.test(value) ? `${value.slice(0, 3)} ${value.slice(3, 7)} ${value.slice(7)}` : value
}

/** 12,345.60 — digits stay exact, because the value never becomes a float. */
export function moneyText(value: string | number): string {
  const [whole = '0', cents] = String(value).split('.')
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (cents === undefined ? '' : '.' + cents)
}

/** Colour names of declarations → calm tones of one palette; anything else is taken as CSS. */
const TONES: Record<string, string> = {
  default: '#bfbfbf', red: '#cf3a3a', volcano: '#d9603b', orange: '#d98a1f', gold: '#c99a1b', yellow: '#cdb01e', lime: '#7fae2a', green: '#3f9a4b', cyan: '#1f9a97', blue: '#2f7fd0', geekblue: '#4661c7', purple: '#7d55bd', magenta: '#c0468a',
}

/** A short label with an optional colour dot. */
export function Tag({ color, children }: { color?: string | undefined, children: ReactNode }) {
  return <span className="qc-tag">{color && <i style={{ background: TONES[color] ?? color }} />}{children}</span>
}

export function CopyText({ value }: { value: string }) {
  const [done, setDone] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    setDone(true)
    setTimeout(() => setDone(false), 1500)
  }
  return (
    <span className="qc-copy">
      <code>{value}</code>
      <button type="button" className="qc-icon-button" onClick={() => void copy()} aria-label={t('copy')} title={done ? t('copied') : t('copy')}>
        <Icon name={done ? 'check' : 'link'} />
      </button>
    </span>
  )
}

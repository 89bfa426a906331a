import { moneyText } from '@quancheng/ui'
import type { Changed, DiffLine } from '../rules/difference.ts'
import { tq } from './texts.ts'
import type { Sheet } from './types.ts'

const shown = (l: DiffLine, field: Changed): string => (field === 'quantity' ? String(Number(l.quantity)) : field === 'discount' ? `${Number(l.discount)}%` : `¥${moneyText(l[field])}`)
const NAME = { quantity: 'quantity', unitPrice: 'price', discount: 'discount', amount: 'amount' } as const

/** What this version has that the one before had not. */
export function DifferenceBox({ of }: { of: NonNullable<Sheet['difference']> }) {
  const none = !of.added.length && !of.removed.length && !of.changed.length
  const sign = of.amount.difference.startsWith('-') ? '−' : '+'
  return (
    <section className="qc-panel" aria-label={tq('difference', { n: of.revision })}><header><h2>{tq('difference', { n: of.revision })}</h2><span className="qc-number">¥{moneyText(of.amount.before)} → ¥{moneyText(of.amount.after)}（{sign}{moneyText(of.amount.difference.replace('-', ''))}）</span></header>
      <ul className="qc-plain qt-read">
        {none && <li className="qc-soft">{tq('same')}</li>}
        {of.added.map((l, i) => <li key={`a${i}`}><span><i className="qt-plus">{tq('added')}</i> {l.item}</span><span className="qc-number">¥{moneyText(l.amount)}</span></li>)}
        {of.removed.map((l, i) => <li key={`r${i}`}><span><i className="qt-minus">{tq('removed')}</i> <s>{l.item}</s></span><span className="qc-number">¥{moneyText(l.amount)}</span></li>)}
        {of.changed.map((c, i) => <li key={`c${i}`}><span><i>{tq('changed')}</i> {c.item}<br /><span className="qc-soft">{c.fields.map(f => `${tq(NAME[f])} ${shown(c.before, f)} → ${shown(c.after, f)}`).join('；')}</span></span></li>)}
      </ul>
    </section>
  )
}

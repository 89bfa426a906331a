import { pick, useLocale } from '../core/i18n.ts'
import type { CaseEta, Eta } from '../core/types.ts'
import { Icon } from '../icons.tsx'
import { dateText, dateTimeText, shortText, zoned } from './format.ts'
import { useNow } from './Times.tsx'

/** 14:30 today, 11-24 10:00 on another day. */
function atText(at: string, now: Date): string {
  const { hour, minute } = zoned(at)
  return dateText(at) === dateText(now) ? `${hour}:${minute}` : shortText(at, now)
}

/** On what it rests. */
export const etaBasis = (eta: { n: number, same?: string[] }): string => eta.same?.length
  ? pick(['依据近 {n} 次同类（同{what}）', 'from {n} of the same {what}']).replace('{n}', String(eta.n)).replace('{what}', eta.same.join(pick(['、', ', '])))
  : pick(['依据近 {n} 次同类', 'from {n} of the kind']).replace('{n}', String(eta.n))

const told = (eta: { p50: string, p80: string }): string => pick(['一半在 {a} 前完成，八成在 {b} 前', 'half by {a}, four in five by {b}']).replace('{a}', dateTimeText(eta.p50)).replace('{b}', dateTimeText(eta.p80))

type Shown = { short?: boolean, basis?: boolean }

/** When a stage is expected to be done. `short`, for a card: the later time only. What it rests on is in the tooltip, with `basis` beside it. */
export function EtaText({ eta, short = false, basis = false }: { eta: Eta | null | undefined } & Shown) {
  useLocale()
  const now = useNow()
  if (!eta) return null
  const last = atText(eta.p80, now), first = atText(eta.p50, now)
  return (
    <span className="qc-eta" title={`${told(eta)}；${etaBasis(eta)}`}>
      <span>{pick(['预计', 'by'])} <span className="qc-number">{short || first === last ? last : `${first} – ${last}`}</span></span>
      {eta.likely && <LikelyLate chance={eta.chance} short={short} />}
      {basis && <span className="qc-faint">{etaBasis(eta)}</span>}
    </span>
  )
}

/** Before the breach, in words and with a sign. */
export function LikelyLate({ chance, short = false }: { chance: number | null, short?: boolean }) {
  useLocale()
  return <span className="qc-late qc-late-warn"><Icon name="clock" size={13} />{short ? pick(['可能超时', 'may be late']) : pick(['可能超时 {p}%', '{p}% likely late']).replace('{p}', String(chance ?? 0))}</span>
}

/** When a whole case is expected to end. */
export function CaseEtaText({ eta, basis = false }: { eta: CaseEta | null | undefined } & Shown) {
  useLocale()
  const now = useNow()
  if (!eta) return null
  const first = atText(eta.p50, now), last = atText(eta.p80, now)
  return <span className="qc-eta" title={`${told(eta)}；${etaBasis(eta)}`}><span className="qc-number">{first === last ? last : `${first} – ${last}`}</span>{basis && <span className="qc-faint">{etaBasis(eta)}</span>}</span>
}

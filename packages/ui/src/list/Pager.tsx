import { Icon } from '../icons.tsx'
import { tl } from './texts.ts'

type Props = {
  count: number, total: number | undefined, page: number | undefined, hasPrevious: boolean, next: string | null, busy: boolean
  onNext: (after: string) => void, onPrevious: () => void
}

/** The server counts no further than this. */
const CAP = 10_000

/** Keyset paging: forward and back, no jumping to page 4711. */
export function Pager({ count, total, page, hasPrevious, next, busy, onNext, onPrevious }: Props) {
  if (count === 0 && !hasPrevious) return null
  return (
    <footer className="qc-pager">
      <span className="qc-soft qc-number">{total !== undefined && tl('total', { n: total >= CAP ? `${CAP}+` : total })}</span>
      {(hasPrevious || next) && <nav>
        <button type="button" className="qc-button" disabled={!hasPrevious || busy} onClick={onPrevious}><Icon name="left" size={13} />{tl('previous')}</button>
        {page !== undefined && <span className="qc-soft qc-number">{tl('page', { n: page })}</span>}
        <button type="button" className="qc-button" disabled={!next || busy} onClick={() => next && onNext(next)}>{tl('next')}<Icon name="right" size={13} /></button>
      </nav>}
    </footer>
  )
}

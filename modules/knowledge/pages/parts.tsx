import './knowledge.css'
import { Tag } from '@quancheng/ui'
import { Link } from 'react-router'
import type { DiffLine, Found, Piece, Visibility } from './api.ts'
import { tk } from './texts.ts'

export function Marked({ pieces }: { pieces: Piece[] }) {
  return pieces.map((piece, i) => piece.hit ? <mark key={i}>{piece.text}</mark> : <span key={i}>{piece.text}</span>)
}

export function Visible({ of }: { of: Visibility }) {
  return of === 'internal' ? null : <Tag color={of === 'public' ? 'green' : 'orange'}>{tk(of)}</Tag>
}

/** What an article is worth, in a line. */
export function Worth({ of }: { of: Pick<Found, 'uses' | 'useful' | 'useless'> & { stale?: boolean } }) {
  return <span className="kb-worth">{of.uses > 0 && <span>{tk('uses', { n: of.uses })}</span>}{of.useful > 0 && <span>{tk('usefulN', { n: of.useful })}</span>}{of.useless > 0 && <span>{tk('uselessN', { n: of.useless })}</span>}{of.stale && <span className="kb-stale">{tk('stale')}</span>}</span>
}

export function Hit({ of }: { of: Found }) {
  return (
    <li className="kb-hit">
      <Link to={`/knowledge/${of.id}`}><Marked pieces={of.title} /></Link>
      <p><Marked pieces={of.excerpt} /></p>
      <div className="kb-facts"><span>{of.number}</span><Visible of={of.visibility} />{of.lines.length > 0 && <span>{of.lines.join('、')}</span>}<Worth of={of} /></div>
    </li>
  )
}

/** Lines that went and came; long runs that stayed are folded. */
export function Diff({ lines }: { lines: DiffLine[] }) {
  const near = (i: number): boolean => lines.slice(Math.max(0, i - 2), i + 3).some(line => line.kind !== 'same')
  return <pre className="kb-diff">{lines.map((line, i) => line.kind === 'same' && !near(i) ? (near(i - 1) || i === 0 ? <span key={i} className="kb-fold">…{'\n'}</span> : null)
    : <span key={i} className={`kb-${line.kind}`}>{line.kind === 'in' ? '+ ' : line.kind === 'out' ? '− ' : '  '}{line.text}{'\n'}</span>)}</pre>
}

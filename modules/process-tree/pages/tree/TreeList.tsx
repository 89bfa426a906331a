import { Icon } from '@quancheng/ui'
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { tp } from '../texts.ts'
import type { TreeRow, Way } from './rows.ts'

const ROW = 36
/** rows beyond the window on either side, so that fast scrolling shows no gaps */
const MARGIN = 8
/** deeper levels keep this indentation and say their number */
const INDENT_AT_MOST = 9
const WAYS: Record<string, Way> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' }

type Props = {
  rows: TreeRow[]
  chosen: string | null
  onChoose: (id: string) => void
  onToggle: (id: string, open: boolean) => void
  /** absent: this person may not move nodes */
  onMove?: (id: string, way: Way) => void
  onDrop?: (id: string, onto: string, how: 'before' | 'inside') => void
}

/** The tree as one list of which only the rows in the window are drawn; one tab stop, arrows from there. */
export function TreeList({ rows, chosen, onChoose, onToggle, onMove, onDrop }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(600)
  const [over, setOver] = useState<{ id: string, how: 'before' | 'inside' } | null>(null)
  const at = rows.findIndex(row => row.node.id === chosen)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const watch = new ResizeObserver(() => setHeight(element.clientHeight))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    const element = place.current
    if (!element || at < 0) return
    if (at * ROW < element.scrollTop) element.scrollTop = at * ROW
    else if ((at + 1) * ROW > element.scrollTop + element.clientHeight) element.scrollTop = (at + 1) * ROW - element.clientHeight
  }, [at])
  const from = Math.max(0, Math.floor(top / ROW) - MARGIN), to = Math.min(rows.length, Math.ceil((top + height) / ROW) + MARGIN)
  const onKey = (event: KeyboardEvent) => {
    const row = rows[at], way = WAYS[event.key]
    if (event.altKey && way && row && onMove) { event.preventDefault(); onMove(row.node.id, way); return }
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const go = (index: number) => { const next = rows[Math.max(0, Math.min(rows.length - 1, index))]; if (next) onChoose(next.node.id) }
    const keys: Record<string, () => void> = {
      ArrowDown: () => go(at + 1), ArrowUp: () => go(at - 1), Home: () => go(0), End: () => go(rows.length - 1),
      ArrowRight: () => { if (row?.parent && !row.open) onToggle(row.node.id, true); else if (row?.open) go(at + 1) },
      ArrowLeft: () => { if (row?.open) onToggle(row.node.id, false); else if (row) go(rows.findIndex(each => each.node.id === row.node.parentId)) },
    }
    const act = keys[event.key]
    if (act) { event.preventDefault(); act() }
  }
  const drag = (id: string) => onDrop ? {
    draggable: true,
    onDragStart: (event: DragEvent) => event.dataTransfer.setData('text/plain', id),
    onDragOver: (event: DragEvent<HTMLElement>) => { event.preventDefault(); const box = event.currentTarget.getBoundingClientRect(); setOver({ id, how: event.clientY - box.top < ROW / 3 ? 'before' : 'inside' }) },
    onDragLeave: () => setOver(null),
    onDrop: (event: DragEvent) => { event.preventDefault(); const moved = event.dataTransfer.getData('text/plain'); if (over && moved && moved !== id) onDrop(moved, id, over.how); setOver(null) },
  } : {}
  return (
    <div className="pt-list" ref={place} role="tree" aria-label={tp('tree')} tabIndex={0} aria-activedescendant={at >= 0 ? `pt-${chosen}` : undefined} onScroll={event => setTop(event.currentTarget.scrollTop)} onKeyDown={onKey}>
      <div style={{ height: rows.length * ROW, position: 'relative' }}>
        {rows.slice(from, to).map(({ node, open, parent }, i) => (
          <div key={node.id} id={`pt-${node.id}`} role="treeitem" aria-level={node.level} aria-expanded={parent ? open : undefined} aria-selected={node.id === chosen} className="pt-row" data-over={over?.id === node.id ? over.how : undefined} {...drag(node.id)}
            style={{ top: (from + i) * ROW, paddingLeft: 8 + Math.min(node.level - 1, INDENT_AT_MOST) * 18 }} onClick={() => onChoose(node.id)}>
            <button type="button" tabIndex={-1} className="pt-fold" aria-hidden disabled={!parent} onClick={event => { event.stopPropagation(); onToggle(node.id, !open) }}>{parent && <Icon name={open ? 'down' : 'right'} size={12} />}</button>
            {node.level > INDENT_AT_MOST + 1 && <span className="pt-deep">{node.level}</span>}
            <span className="pt-name" data-kind={node.kind}>{node.name}</span>
            <span className="qc-code">{node.code}</span>
            {(node.mustBefore || node.mustAfter) && <span className="pt-must" title={`${tp('before')} / ${tp('after')}`}><Icon name="check" size={12} /></span>}
            {parent && !open && <span className="pt-below qc-number">{node.below}</span>}
          </div>
        ))}
      </div>
    </div>
  )
}

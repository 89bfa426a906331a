import './tree.css'
import { can, EmptyState, ErrorState, Icon, PageFrame, Skeleton, useLive, usePhone, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { tp } from '../texts.ts'
import { again, moveNode, readTree, treeKey, type Node } from './api.ts'
import { FileActions } from './FileActions.tsx'
import { NodeDialog, type Wanted } from './NodeDialog.tsx'
import { NodePanel } from './NodePanel.tsx'
import { Ring, RingProblems } from './Ring.tsx'
import { placeFor, rowsOf, type Way } from './rows.ts'
import { TreeList } from './TreeList.tsx'

/** 流程树: the whole tree, one node's demands beside it, and the loop of level 1. */
export default function ProcessTree() {
  const say = useSay()
  const phone = usePhone()
  const [params, setParams] = useSearchParams()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [q, setQ] = useState('')
  const [form, setForm] = useState<Wanted | null>(null)
  const read = useQuery({ queryKey: treeKey, queryFn: ({ signal }) => readTree(signal) })
  useLive('processNode', () => void again())
  const nodes = read.data?.nodes ?? []
  const ring = params.get('view') === 'ring'
  const node = nodes.find(n => n.id === params.get('node'))
  const put = (name: string, value: string | null) => setParams(before => { const next = new URLSearchParams(before); if (value) next.set(name, value); else next.delete(name); return next }, { replace: true })
  const choose = (id: string | null) => put('node', id)
  const rows = rowsOf(nodes, open, q)
  const toggle = (id: string, isOpen: boolean) => setOpen(before => { const next = new Set(before); if (isOpen) next.add(id); else next.delete(id); return next })
  const take = async (id: string, to: { parentId: string | null, before?: string | null } | null) => {
    if (!to) return
    try {
      await moveNode(id, to)
      if (to.parentId) toggle(to.parentId, true)
      await again()
    } catch (error) { say.error(error) }
  }
  const drop = (id: string, onto: string, how: 'before' | 'inside') => {
    const target = nodes.find(n => n.id === onto)
    if (target) void take(id, how === 'inside' ? { parentId: onto } : { parentId: target.parentId, before: onto })
  }
  const levels = nodes.reduce((most, n) => Math.max(most, n.level), 0)
  const may = can('processNode:update')
  const under = (parentId: string | null): Wanted => ({ parentId, position: lastOf(nodes, parentId) + 1 })
  const panel = node && <NodePanel key={node.id} node={node} nodes={nodes} onEdit={() => setForm({ id: node.id })} onNew={() => setForm(under(node.id))} onGone={() => choose(node.parentId)} />
  const actions = <>
    {nodes.length > 0 && <button type="button" className="qc-button" onClick={() => put('view', ring ? null : 'ring')}><Icon name={ring ? 'list' : 'refresh'} />{tp(ring ? 'showTree' : 'showRing')}</button>}
    <FileActions />
    {can('processNode:create') && <button type="button" className="qc-button qc-button-primary" onClick={() => setForm(under(null))}><Icon name="plus" />{tp('newRoot')}</button>}
  </>
  return (
    <PageFrame title={tp('tree')} subtitle={nodes.length > 0 ? tp('counts', { n: nodes.length, levels }) : tp('treeLead')} actions={actions}>
      {read.isPending ? <div className="qc-panel"><Skeleton lines={10} /></div> : read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div>
        : nodes.length === 0 ? <div className="qc-panel"><EmptyState icon="flow" title={tp('none')} hint={tp('noneHint')} /></div> : (
          <div className="pt-split">
            <section className="qc-panel pt-left">
              {ring ? <Ring tree={read.data} onChoose={choose} /> : <>
                <div className="pt-find"><Icon name="search" /><input type="search" aria-label={tp('find')} placeholder={tp('find')} value={q} onChange={event => setQ(event.target.value)} />
                  <button type="button" className="qc-link" onClick={() => setOpen(new Set(nodes.map(n => n.id)))}>{tp('expandAll')}</button><button type="button" className="qc-link" onClick={() => setOpen(new Set())}>{tp('collapseAll')}</button></div>
                {!read.data.ring.closed && <div className="pt-broken"><RingProblems tree={read.data} /></div>}
                {rows.length === 0 ? <EmptyState icon="search" title={tp('nothing', { q })} /> : <TreeList rows={rows} chosen={node?.id ?? null} onChoose={choose} onToggle={toggle} {...(may ? { onMove: (id: string, way: Way) => void take(id, placeFor(nodes, id, way)), onDrop: drop } : {})} />}
                {may && !phone && <p className="pt-keys qc-faint">{tp('keys')}</p>}
              </>}
            </section>
            {!phone && <section className="qc-panel pt-right">{panel ?? <EmptyState icon="flow" title={tp('choose')} />}</section>}
          </div>
        )}
      {phone && <Drawer open={node !== undefined} placement="bottom" size="82%" title={node?.name} onClose={() => choose(null)}>{panel}</Drawer>}
      <NodeDialog wanted={form} onClose={() => setForm(null)} onSaved={id => { if (form && 'parentId' in form && form.parentId) toggle(form.parentId, true); setForm(null); choose(id); void again() }} />
    </PageFrame>
  )
}

const lastOf = (nodes: readonly Node[], parentId: string | null) => nodes.filter(n => n.parentId === parentId).reduce((last, n) => Math.max(last, n.position), 0)

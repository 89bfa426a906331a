import './org.css'
import { api, EmptyState, EntityForm, EntityList, ErrorState, fieldOf, forget, Icon, keys, PageFrame, PhoneText, Skeleton, t, useEntity, useMeta, useSay, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal, Tabs, TreeSelect } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { to } from './texts.ts'
import { below, search, treeOf, type UnitNode } from './tree.ts'

/** All units, page after page: the tree is needed whole. */
async function allUnits(signal: AbortSignal): Promise<Row[]> {
  const rows: Row[] = []
  for (let after: string | null = ''; after !== null;) {
    const page: Page<Row> = await api.get('/units', { query: { sort: 'code', limit: 200, after }, signal })
    rows.push(...page.items)
    after = page.next
  }
  return rows
}

export default function Organisation() {
  const [params, setParams] = useSearchParams()
  const [text, setText] = useState('')
  const [creating, setCreating] = useState<{ parentId?: string } | null>(null)
  const entity = useEntity('unit')
  const read = useQuery({ queryKey: keys.list('unit', { tree: 1 }), queryFn: ({ signal }) => allUnits(signal) })
  const tree = treeOf(read.data ?? [])
  const chosen = read.data?.find(row => row.id === params.get('unit')) ?? tree[0]?.row
  const choose = (id: string) => setParams({ unit: id })
  return (
    <PageFrame title={to('units')} actions={entity?.actions.create && <button type="button" className="qc-button" onClick={() => setCreating({})}><Icon name="plus" />{to('newRoot')}</button>}>
      {read.isPending ? <div className="qc-panel"><Skeleton lines={10} /></div> : read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div>
        : tree.length === 0 ? <div className="qc-panel"><EmptyState icon="org" title={to('noUnits')} hint={to('noUnitsHint')} /></div> : (
          <div className="qo-split">
            <nav className="qc-panel qo-tree" aria-label={to('units')}>
              <Input allowClear prefix={<Icon name="search" />} placeholder={to('findUnit')} aria-label={to('findUnit')} value={text} onChange={event => setText(event.target.value)} />
              <ul>{search(tree, text).map(node => <Node key={node.row.id} node={node} chosen={chosen?.id} onChoose={choose} />)}</ul>
            </nav>
            {chosen ? <UnitPanel key={chosen.id} unit={chosen} tree={tree} onNew={() => setCreating({ parentId: chosen.id })} /> : <div className="qc-panel"><EmptyState icon="org" title={to('chooseUnit')} /></div>}
          </div>
        )}
      <Modal open={creating !== null} title={creating?.parentId ? to('newUnit') : to('newRoot')} footer={null} onCancel={() => setCreating(null)} destroyOnHidden width={640}>
        {creating && <EntityForm entity="unit" guard={false} initial={creating} onSaved={row => { setCreating(null); choose(row.id) }} onCancel={() => setCreating(null)} />}
      </Modal>
    </PageFrame>
  )
}

function Node({ node, chosen, onChoose }: { node: UnitNode, chosen: string | undefined, onChoose: (id: string) => void }) {
  const [open, setOpen] = useState(true)
  const name = String(node.row.name)
  return (
    <li>
      <div className="qo-node" aria-current={node.row.id === chosen ? 'true' : undefined}>
        {node.children.length > 0 ? <button type="button" aria-expanded={open} aria-label={name} onClick={() => setOpen(!open)}><Icon name={open ? 'down' : 'right'} size={12} /></button> : <i />}
        <button type="button" onClick={() => onChoose(node.row.id)}>{name}{node.row.off === true && <span className="qc-faint"> {to('unitOff')}</span>}</button>
      </div>
      {open && node.children.length > 0 && <ul>{node.children.map(child => <Node key={child.row.id} node={child} chosen={chosen} onChoose={onChoose} />)}</ul>}
    </li>
  )
}

function UnitPanel({ unit, tree, onNew }: { unit: Row, tree: UnitNode[], onNew: () => void }) {
  const meta = useMeta()
  const entity = useEntity('unit')!
  const [dialog, setDialog] = useState<'edit' | 'move' | null>(null)
  const kind = fieldOf(entity, 'kind')?.options?.find(option => option.value === unit.kind)?.label
  const lists = [{ entity: 'employee', label: to('employees') }, { entity: 'user', label: to('users') }].filter(each => meta.entities.some(one => one.name === each.entity && one.fields.some(field => field.name === 'unitId')))
  return (
    <section className="qc-panel qc-tabs">
      <header><h2>{String(unit.name)} <span className="qc-faint">{String(unit.code ?? '')}</span></h2>
        <div className="qc-row">
          {entity.actions.update && <button type="button" className="qc-button" onClick={() => setDialog('edit')}><Icon name="edit" />{t('edit')}</button>}
          {entity.actions.update && <button type="button" className="qc-button" onClick={() => setDialog('move')}>{to('moveUnit')}</button>}
          {entity.actions.create && <button type="button" className="qc-button" onClick={onNew}><Icon name="plus" />{to('newUnit')}</button>}
        </div>
      </header>
      <div className="qo-facts"><span>{kind}</span>{typeof unit.phone === 'string' && <PhoneText value={unit.phone} />}{typeof unit.address === 'string' && <span>{unit.address}</span>}</div>
      <Tabs items={lists.map(each => ({ key: each.entity, label: each.label, children: <EntityList embedded entity={each.entity} filter={{ unitId: unit.id }} createValues={{ unitId: unit.id }} /> }))} />
      <Modal open={dialog === 'edit'} title={to('editUnit')} footer={null} onCancel={() => setDialog(null)} destroyOnHidden width={640}>
        <EntityForm entity="unit" guard={false} row={unit} fields={entity.fields.map(field => field.name).filter(name => name !== 'parentId')} onSaved={() => setDialog(null)} onCancel={() => setDialog(null)} />
      </Modal>
      {dialog === 'move' && <MoveDialog unit={unit} tree={tree} onClose={() => setDialog(null)} />}
    </section>
  )
}

type Choice = { value: string, title: string, disabled: boolean, children: Choice[] }

function MoveDialog({ unit, tree, onClose }: { unit: Row, tree: UnitNode[], onClose: () => void }) {
  const say = useSay()
  const [target, setTarget] = useState<string | null>(typeof unit.parentId === 'string' ? unit.parentId : null)
  const barred = below(tree, unit.id)
  const data = (nodes: UnitNode[]): Choice[] =>
    nodes.map(node => ({ value: node.row.id, title: String(node.row.name), disabled: barred.has(node.row.id), children: data(node.children) }))
  const save = async () => {
    try {
      await api.patch(`/units/${unit.id}`, { parentId: target, version: unit.version })
      await forget('unit')
      say.ok(t('saved'))
      onClose()
    } catch (error) { say.error(error) }
  }
  return (
    <Modal open title={to('moveTitle', { name: String(unit.name) })} okText={to('moveUnit')} okButtonProps={{ disabled: target === (unit.parentId ?? null) }} onOk={() => void save()} onCancel={onClose}>
      <TreeSelect style={{ width: '100%' }} allowClear treeDefaultExpandAll showSearch={{ treeNodeFilterProp: 'title' }} aria-label={to('moveUnit')} value={target} treeData={data(tree)} onChange={(value: string | null | undefined) => setTarget(value ?? null)} />
    </Modal>
  )
}

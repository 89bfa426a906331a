import { api, can, Icon, useSay } from '@quancheng/ui'
import { Link } from 'react-router'
import { tp } from '../texts.ts'
import { again, type Node } from './api.ts'

const lines = (text: string) => text.split(/\r?\n/).map(line => line.trim()).filter(line => line !== '')

type Props = { node: Node, nodes: Node[], onEdit: () => void, onNew: () => void, onGone: () => void }

/** What a node demands: the four questions first, then what must be done. */
export function NodePanel({ node, nodes, onEdit, onNew, onGone }: Props) {
  const say = useSay()
  const path = pathTo(node, nodes)
  const next = nodes.find(n => n.id === node.nextId)
  const remove = async () => {
    if (!await say.ask({ title: tp('removeAsk', { name: node.name }), danger: true, okText: tp('remove') })) return
    try { await api.remove(`/process-nodes/${node.id}`); say.ok(tp('removed')); onGone(); await again() } catch (error) { say.error(error) }
  }
  return (
    <article className="pt-node">
      <header>
        <p className="qc-faint">{tp('level', { n: node.level })}{node.below > 0 && ` · ${tp('below', { n: node.below })}`}</p>
        <h2>{node.name}<span className="qc-code">{node.code}</span></h2>
        {path.length > 0 && <p className="qc-soft pt-path">{path.map(n => n.name).join(' › ')}</p>}
      </header>
      <dl className="pt-four">
        {(['prepare', 'talkTo', 'support', 'feedback'] as const).map(name => <div key={name}><dt>{tp(name)}</dt><dd className="qc-multiline">{node[name] ?? <span className="qc-faint">{tp('notWritten')}</span>}</dd></div>)}
      </dl>
      {node.mustBefore && <Must title={tp('before')} hint={node.nodeId ? tp('beforeHint') : ''} items={lines(node.mustBefore)} />}
      {node.mustAfter && <Must title={tp('after')} hint={node.nodeId ? tp('afterHint') : ''} items={lines(node.mustAfter)} />}
      <dl className="pt-facts">
        {node.ownerRole && <div><dt>{tp('owner')}</dt><dd>{node.ownerRole}</dd></div>}
        {next && <div><dt>{tp('next')}</dt><dd>{next.name}</dd></div>}
        {node.processKey && <div><dt>{tp('linked')}</dt><dd><Link to={`/processes/${encodeURIComponent(node.processKey)}`}>{node.processKey}</Link>{node.nodeId && <span className="qc-code">{node.nodeId}</span>}</dd></div>}
      </dl>
      <p className="qc-row">
        {can('processNode:update') && <button type="button" className="qc-button qc-button-primary" onClick={onEdit}><Icon name="edit" />{tp('edit')}</button>}
        {can('processNode:create') && <button type="button" className="qc-button" onClick={onNew}><Icon name="plus" />{tp('newBelow')}</button>}
        {can('processNode:remove') && node.below === 0 && <button type="button" className="qc-button" onClick={() => void remove()}><Icon name="trash" />{tp('remove')}</button>}
      </p>
    </article>
  )
}

const Must = ({ title, hint, items }: { title: string, hint: string, items: string[] }) => (
  <section className="pt-items"><h3>{title}</h3><ul className="qc-plain">{items.map(item => <li key={item}><Icon name="check" size={14} />{item}</li>)}</ul>{hint && <p className="qc-faint">{hint}</p>}</section>
)

function pathTo(node: Node, nodes: Node[]): Node[] {
  const path: Node[] = []
  for (let at = nodes.find(n => n.id === node.parentId); at; at = nodes.find(n => n.id === at!.parentId)) path.unshift(at)
  return path.slice(-6)
}

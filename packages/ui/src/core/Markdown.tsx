import '../styles/markdown.css'
import { Fragment } from 'react'
import { Link } from 'react-router'
import type { Block, Inline } from './markdown.ts'

type Props = {
  blocks: Block[]
  /** where a link leads that only this page understands; null: as it is written */
  link?: (href: string) => string | null
  /** the address of an attached picture; without it only its words are shown */
  image?: (file: string) => string
}

/** A text as blocks of the page. Nothing in it is ever taken for HTML. */
export function Markdown({ blocks, link, image }: Props) {
  const spans = (parts: Inline[]) => parts.map((part, i) => <Fragment key={i}><Span part={part} link={link} image={image} /></Fragment>)
  return blocks.map((block, i) => {
    switch (block.kind) {
      case 'heading': return block.level === 3 ? <h3 key={i}>{spans(block.text)}</h3> : <h2 key={i}>{spans(block.text)}</h2>
      case 'code': return <pre key={i}>{block.text}</pre>
      case 'quote': return <blockquote key={i}>{spans(block.text)}</blockquote>
      case 'list': { const items = block.items.map((item, at) => <li key={at}>{spans(item)}</li>); return block.ordered ? <ol key={i}>{items}</ol> : <ul key={i}>{items}</ul> }
      case 'table': return <div key={i} className="qp-table"><table><thead><tr>{block.head.map((cell, at) => <th key={at}>{spans(cell)}</th>)}</tr></thead><tbody>{block.rows.map((row, at) => <tr key={at}>{row.map((cell, c) => <td key={c}>{spans(cell)}</td>)}</tr>)}</tbody></table></div>
      default: return <p key={i}>{spans(block.text)}</p>
    }
  })
}

function Span({ part, link, image }: Omit<Props, 'blocks'> & { part: Inline }) {
  switch (part.kind) {
    case 'bold': return <strong>{part.text}</strong>
    case 'code': return <code>{part.text}</code>
    case 'image': return image ? <img className="qc-md-image" src={image(part.file)} alt={part.text} loading="lazy" /> : <span>{part.text}</span>
    case 'link': {
      const to = link?.(part.href) ?? (part.href.startsWith('/') ? part.href : null)
      return to ? <Link to={to}>{part.text}</Link> : <a href={part.href} rel="noreferrer" target="_blank">{part.text}</a>
    }
    default: return <span>{part.text}</span>
  }
}

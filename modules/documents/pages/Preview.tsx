import { EmptyState, Markdown, parseMarkdown } from '@quancheng/ui'
import { useMemo } from 'react'
import type { DocumentKind } from './kind.ts'
import { td } from './texts.ts'

const MAX_TEXT = 300_000

/** UTF-8, or what older Chinese programs write. */
function decode(bytes: Uint8Array): string {
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes) } catch { return new TextDecoder('gb18030').decode(bytes) }
}

/** Files that are only looked at. Text is shown as text, never as a page: nothing that was uploaded runs here. */
export function Preview({ kind, bytes, address, name }: { kind: DocumentKind, bytes: Uint8Array | null, address: string, name: string }) {
  const text = useMemo(() => (bytes && (kind === 'text' || kind === 'markdown') ? decode(bytes) : ''), [bytes, kind])
  if (kind === 'image') return <div className="dc-picture"><img src={address} alt={name} /></div>
  if (kind === 'pdf') return <iframe className="dc-frame" src={address} title={name} />
  if (kind === 'markdown') return <div className="dc-text"><Markdown blocks={parseMarkdown(text.slice(0, MAX_TEXT))} /></div>
  if (kind === 'text') return <pre className="dc-text">{text.length > MAX_TEXT && <b>{td('tooLarge', { n: '30 万字' })}{'\n\n'}</b>}{text.slice(0, MAX_TEXT)}</pre>
  return <EmptyState icon="attach" title={td('noPreview')} hint={td('noPreviewHint')} action={<a className="qc-button qc-primary" href={address} download={name}>{td('download')}</a>} />
}

import { api, PageFrame } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { OpenDesign } from '../api.ts'
import { Drawn } from '../compare/Drawn.tsx'
import { td } from '../texts.ts'

type Steps = { steps: Array<{ id: string, name: string, role: string | null }> }

/** The process to look at: on a phone, or without the right to change it. */
export function Reading({ design, narrow, onEdit }: { design: OpenDesign, narrow: boolean, onEdit: () => void }) {
  const at = `/designer/${encodeURIComponent(design.key)}`
  const version = design.draft ? 'draft' : design.version
  const manual = useQuery({ queryKey: ['design', 'manual', design.key, version, design.draft?.version], queryFn: ({ signal }) => api.get<Steps>(`/process-designs/${encodeURIComponent(design.key)}/manual`, { query: { version }, signal }), retry: false })
  const state = [design.version ? td('version', { n: design.version }) : td('unpublished'), design.draft ? td('draft') : null, design.running ? td('runningCases', { n: design.running }) : null].filter(Boolean).join(' · ')
  return (
    <PageFrame title={design.name} subtitle={state} back="/designer" actions={<><Link className="qc-button" to={`${at}/versions`}>{td('versions')}</Link><Link className="qc-button" to={`${at}/manual${design.version ? '' : '?version=draft'}`}>{td('manual')}</Link></>}>
      <div className="qc-notice" role="note"><b>{narrow ? td('narrowTitle') : ''}</b><span>{td(narrow ? 'narrow' : 'readOnly')}</span>{narrow && <button type="button" className="qc-button" onClick={onEdit}>{td('editHere')}</button>}</div>
      <section className="qc-panel qc-panel-pad qd-reading"><Drawn xml={design.xml} height={narrow ? 320 : 460} /></section>
      {manual.data && <section className="qc-panel qd-steps"><header><h2>{td('stepList')}</h2></header><ol>{manual.data.steps.map(step => <li key={step.id}><b>{step.name}</b>{step.role && <span className="qc-soft">{step.role}</span>}</li>)}</ol></section>}
    </PageFrame>
  )
}

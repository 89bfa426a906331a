import { Icon, PageFrame } from '@quancheng/ui'
import { useState } from 'react'
import { Link } from 'react-router'
import { decisionApi, fileHref, type Open, type Tried } from '../api.ts'
import { TryPanel } from '../panel/TryPanel.tsx'
import { policyLabel, policyMeaning } from '../policies.ts'
import { tx } from '../texts.ts'
import { RuleLines } from './RuleLines.tsx'

/** A table to be read and tried, where there is no room or no right to write. */
export function Reading({ open, narrow }: { open: Open, narrow: boolean }) {
  const [tried, setTried] = useState<Tried | null>(null)
  const shown = open.draft ? 'draft' as const : open.version!
  const state = [open.version ? tx('version', { n: open.version }) : tx('unpublished'), open.draft ? tx('draft') : null].filter(Boolean).join(' · ')
  return (
    <PageFrame title={open.name} subtitle={state} back="/decisions" actions={<><a className="qc-button" href={fileHref(open.key, shown)} download>{tx('download')}</a><Link className="qc-button" to={`/decisions/${encodeURIComponent(open.key)}/versions`}>{tx('versions')}</Link></>}>
      <div className="qc-notice"><Icon name={narrow ? 'device' : 'lock'} /><span className="qc-grow">{tx(narrow ? 'narrow' : 'readOnly')}</span></div>
      <div className="dt-reading">
        <section className="qc-panel">
          <header><h2>{tx('rules', { n: open.table.rules.length })}</h2><span className="qc-soft">{tx('hitPolicy')}：{policyLabel(open.table.hitPolicy)}</span></header>
          <p className="dt-meaning qc-soft">{policyMeaning(open.table.hitPolicy)}</p>
          <RuleLines table={open.table} matched={tried?.matched ?? []} />
        </section>
        <section className="qc-panel"><header><h2>{tx('tabTry')}</h2></header><TryPanel table={open.table} lead={tx('tryLeadServer')} run={variables => decisionApi.tryOut(open.key, variables, shown)} onTried={setTried} /></section>
      </div>
    </PageFrame>
  )
}

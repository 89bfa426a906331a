import { api, can, Icon, Tag, useDebounced } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { td } from './texts.ts'

export type Coverage = {
  warranty: { until: string | null, state: 'in' | 'out' | 'unknown', text: string }
  contract: { id: string, number: string, title: string, validUntil: string, state: 'before' | 'in' | 'over' | 'off', responseMinutes: number | null } | null
  proposal: { labour: 'free' | 'charged', parts: 'free' | 'charged', onSite: 'free' | 'charged', reason: string }
}

/** Warranty and contract of a device, and what is proposed to be charged (CE-03). */
export function CoverLines({ cover }: { cover: Coverage }) {
  const { warranty, contract, proposal } = cover
  const free = (['labour', 'parts', 'onSite'] as const).filter(k => proposal[k] === 'free')
  return (
    <p className="sd-cover" role="status">
      <Tag color={warranty.state === 'in' ? 'green' : warranty.state === 'out' ? 'red' : undefined}>{warranty.text}</Tag>
      {contract && <><Tag color={contract.state === 'in' ? 'blue' : 'orange'}>{td(`contract_${contract.state}`, { d: contract.validUntil })}</Tag>{can('serviceContract:read') ? <Link to={`/e/service-contracts/${contract.id}`}>{contract.number} {contract.title}</Link> : <span>{contract.number}</span>}</>}
      <span className="qc-soft"><Icon name="money" size={14} />{free.length ? td('freeOf', { list: free.map(k => td(`cover_${k}`)).join('、') }) : td('charged')}</span>
    </p>
  )
}

/** Told as soon as the serial number is on the form. */
export function CoverMark({ serialNo }: { serialNo: unknown }) {
  const asked = useDebounced(typeof serialNo === 'string' ? serialNo.trim() : '', 250)
  const read = useQuery({ queryKey: ['desk', 'cover', asked], queryFn: ({ signal }) => api.get<Coverage>('/coverage', { query: { serialNo: asked }, signal, quiet: true }), enabled: asked.length >= 4 && can('serviceContract:read'), retry: false })
  return asked.length >= 4 && read.data ? <CoverLines cover={read.data} /> : null
}

import { api, can, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import '../desk/desk.css'
import { CoverLines, type Coverage } from '../desk/CoverMark.tsx'
import { tq } from './texts.ts'

/** What stands behind the device of a request: warranty and service contract (CE-03). */
export function CoverBox({ request }: { request: Row }) {
  const deviceId = typeof request.deviceId === 'string' ? request.deviceId : null
  const read = useQuery({ queryKey: ['cover', deviceId], queryFn: ({ signal }) => api.get<Coverage>('/coverage', { query: { deviceId: deviceId! }, signal, quiet: true }), enabled: deviceId !== null && can('serviceContract:read') && can('device:read'), retry: false })
  return read.data ? <section className="qc-panel"><header><h2>{tq('cover')}</h2></header><div className="qc-panel-pad"><CoverLines cover={read.data} /></div></section> : null
}

import { api, can, Icon, useDebounced } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { tr } from '../repeat/texts.ts'

type Answer = { repeat: { requestId: string, number: string, days: number } | null }

/** 返修: told as soon as the serial number is on the form, typed or known (SP-28). */
export function RepeatMark({ serialNo }: { serialNo: unknown }) {
  const asked = useDebounced(typeof serialNo === 'string' ? serialNo.trim() : '', 250)
  const read = useQuery({ queryKey: ['desk', 'repeat', asked], queryFn: ({ signal }) => api.get<Answer>('/service/desk/repeat', { query: { serialNo: asked }, signal }), enabled: asked.length >= 4 && can('serviceRequest:takeNumber') })
  const repeat = asked.length >= 4 ? read.data?.repeat : null
  return repeat ? <p className="sd-repeat" role="status"><Icon name="refresh" size={14} />{tr('deskRepeat', { n: repeat.days, number: repeat.number })}</p> : null
}

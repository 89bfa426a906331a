import { api, can, keys, useLive, type Query } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'

export type PaperName = 'voucher' | 'label' | 'slip'
export type PrintState = { id: string, paper: PaperName, copy: number, state: 'waiting' | 'printed' | 'failed' | 'cancelled', problem: string | null, at: string, printer: string | null }
export type Papers = { papers: Array<{ paper: PaperName, label: string, missing: string[], printed: number }>, printers: Array<{ id: string, name: string, papers: string[] }>, jobs: PrintState[] }
export type PaperFacts = {
  number: string, code: string, model: string, serialNo: string, customer: string, takenAt: string, facts: Array<[string, string]>, link: string
  company: string, site: { name: string, address: string, phone: string }, terms: string[], ready: boolean, unproven: boolean, copies: { voucher: number, label: number }
}

const ENTITY = 'serviceRequest'

/** What can be printed of a request, and what became of its last prints. */
export function usePapers(id: string) {
  const read = useQuery({ queryKey: keys.part(ENTITY, id, 'papers'), enabled: can('serviceRequest:print'), queryFn: ({ signal }) => api.get<Papers>(`/prints/of/${ENTITY}/${id}`, { signal }) })
  useLive(['printJob'], () => void read.refetch())
  return read
}

export function usePaperFacts(id: string) {
  const query: Query = { origin: location.origin }
  return useQuery({ queryKey: keys.part(ENTITY, id, 'paper'), staleTime: 0, queryFn: ({ signal }) => api.get<PaperFacts>(`/service-requests/${id}/paper`, { query, signal }) })
}

/** Asks for a paper; QR codes lead to the address under which this page is open, unless an administrator has named another. */
export const askPrint = (id: string, paper: PaperName, o: { printerId?: string, by?: 'browser' } = {}) =>
  api.post<{ id: string, copy: number, state: string, printer: string | null }>('/prints', { entity: ENTITY, recordId: id, paper, origin: location.origin, ...o })

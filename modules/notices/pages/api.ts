import { api, call, queryClient, type Page, type Row } from '@quancheng/ui'

export type Kind = 'sms' | 'mail' | 'wecom' | 'dingtalk' | 'feishu'
export type Channel = { id: string, kind: Kind, kindLabel: string, name: string, unitId: string | null, unitName: string | null, off: boolean, settings: Record<string, string | number> | null, secrets: string[] }
export type Template = Row & { event: string, family: string, off: boolean, urgent: boolean, subject: string | null, text: string, version: number }
export type Words = { events: Array<{ value: string, label: string }>, families: Array<{ value: string, label: string }>, variables: Record<string, string> }
export type Preview = { subject: string | null, text: string, unknown: string[], characters: number }
export type Ways = { company: string, off: boolean, channels: Kind[], ways: Array<{ kind: Kind, label: string, to: string }> }

export const noticesKey = ['customer-notices'] as const
export const settingsKey = ['notice-settings'] as const
export const again = () => queryClient.invalidateQueries({ queryKey: noticesKey })
export const settingsAgain = () => queryClient.invalidateQueries({ queryKey: settingsKey })

export const noticesApi = {
  list: (query: { filter: Record<string, unknown>, after?: string | undefined }, signal: AbortSignal) => api.get<Page<Row>>('/customer-notices', { query: { ...query, sort: '-createdAt', limit: 30 }, signal }),
  act: (id: string, verb: 'again' | 'settle' | 'drop', body: Record<string, unknown> = {}) => api.post(`/customer-notices/${id}/${verb}`, body),
  channels: (signal: AbortSignal) => api.get<{ items: Channel[] }>('/notices/channels', { signal }),
  saveChannel: (body: Record<string, unknown>) => api.post('/notices/channels', body),
  test: (id: string, to: string) => api.post(`/notices/channels/${id}/test`, to ? { to } : {}),
  words: (signal: AbortSignal) => api.get<Words>('/notices/words', { signal }),
  templates: (signal: AbortSignal) => api.get<Page<Template>>('/notice-templates', { query: { limit: 100 }, signal }),
  saveTemplate: (t: Template, values: Record<string, unknown>) => call('PATCH', `/notice-templates/${t.id}`, { ...values, version: t.version }),
  preview: (subject: string | null, text: string, signal: AbortSignal) => call<Preview>('POST', '/notices/preview', { subject, text }, { signal }),
  setting: (signal: AbortSignal) => api.get<Page<Row>>('/notice-settings', { signal }),
  saveSetting: (id: string, values: Record<string, unknown>) => call('PATCH', `/notice-settings/${id}`, values),
}

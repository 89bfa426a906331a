/** What a template may name, with what the preview shows for it. */
export const VARIABLES = {
  请求号: 'HZ01-20261123-0007', 客户: '张三', 设备: '笔记本 X1', 服务站: '杭州一站', 站点电话: '0571-88880001', 环节: '待取机', 链接: 'https://fw.example.com/p/Ab3xYz', 报价金额: '¥320.00', 报价有效期: '11月30日', 预计时间: '11月23日 16:30', 退订链接: 'https://fw.example.com/n/k3Jd0s',
} as const
export type VariableName = keyof typeof VARIABLES

const PLACE = /\{([^{}]{1,40})\}/g

export const unknownVariables = (text: string): string[] => [...new Set([...text.matchAll(PLACE)].map(m => m[1]!.trim()).filter(name => !(name in VARIABLES)))]

/** Fills the places; what is not known of this record stays empty. */
export const render = (text: string, values: Partial<Record<VariableName, string | null>>): string => text.replaceAll(PLACE, (_, name: string) => values[name.trim() as VariableName] ?? '')

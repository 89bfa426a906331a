/** What a template may name, with what the preview shows for it. */
export const VARIABLES = {
  请求号: 'HZ01-20261123-0007', 客户: '张三', 设备: '笔记本 X1', 服务站: '杭州一站', 站点电话: '0571-88880001', 环节: '待取机', 链接: 'https://fw.example.com/p/Ab3xYz', 报价金额: '¥320.00', 报价有效期: '11月30日', 预计时间: '11月23日 16:30', 退订链接: 'https://fw.example.com/n/k3Jd0s', 预约时间: '11月24日 14:00', 预约服务: '取机', 预约号: 'YY20261124-003', 编号: 'TS-HZ01-20261123-001', 验证码: '●●●●●●',
} as const
export type VariableName = keyof typeof VARIABLES

const PLACE = /\{([^{}]{1,40})\}/g

export const unknownVariables = (text: string): string[] => [...new Set([...text.matchAll(PLACE)].map(m => m[1]!.trim()).filter(name => !(name in VARIABLES)))]

/** The places that lead to a page of the customer's. */
const LINKS = ['链接', '退订链接'] as const satisfies readonly VariableName[]
/** One that leads to a page which is not the request's: `{链接 /b/Ab3xYz}`. */
const PAGE = /\{链接 (\/[^{}\s]+)\}/g
export const pagePlace = (page: string): string => `{链接 ${page}}`
export const fillPages = (text: string, address: (page: string) => string): string => text.replaceAll(PAGE, (_, page: string) => address(page))
export const hasLink = (text: string): boolean => LINKS.some(name => text.includes(`{${name}}`)) || text.search(PAGE) >= 0
/** Fills the links alone, in a text whose other places are filled already. */
export const fillLinks = (text: string, values: Record<(typeof LINKS)[number], string>): string => LINKS.reduce((t, name) => t.replaceAll(`{${name}}`, values[name]), text)

/** What a code is written as wherever it is kept: the digits are made as the message leaves, and stand nowhere else. */
export const CODE_MASK = VARIABLES.验证码
export const fillCode = (text: string, code: string): string => text.replaceAll(CODE_MASK, code)

/** Fills the places; what is not known of this record stays empty. */
export const render = (text: string, values: Partial<Record<VariableName, string | null>>): string => text.replaceAll(PLACE, (_, name: string) => values[name.trim() as VariableName] ?? '')

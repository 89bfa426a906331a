/** Titles that a bought list may use for what a lead has. */
const TITLES: Readonly<Record<string, readonly string[]>> = {
  name: ['姓名', '联系人', '客户姓名', 'name'], company: ['公司', '公司名称', '单位', '企业名称', 'company'], phone: ['电话', '手机', '手机号', '联系电话', 'phone', 'mobile'], mail: ['邮箱', '电子邮箱', '邮件', 'mail', 'email', 'e-mail'],
  province: ['省', '省份', 'province'], city: ['市', '城市', 'city'], needs: ['需求', '备注', 'needs'],
}
export type ListField = 'name' | 'company' | 'phone' | 'mail' | 'province' | 'city' | 'needs'

/** Which column of a list is what; the first that fits. */
export function columnsOf(header: readonly string[]): Partial<Record<ListField, number>> {
  const found: Partial<Record<ListField, number>> = {}
  header.forEach((h, at) => {
    const title = h.trim().toLowerCase().replace(/\s*[*＊]$/, '')
    const field = (Object.keys(TITLES) as ListField[]).find(k => TITLES[k]!.includes(title))
    if (field && found[field] === undefined) found[field] = at
  })
  return found
}

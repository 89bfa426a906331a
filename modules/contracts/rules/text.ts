/** What a template may say: `{{甲方}}` and the like. The value of each comes from the contract and its customer. */
export const WORDS = ['合同号', '合同名称', '类型', '甲方', '甲方地址', '甲方税号', '甲方签约人', '甲方电话', '乙方', '乙方地址', '乙方电话', '乙方负责人', '明细表', '金额', '金额大写', '付款计划', '签订日', '生效日', '到期日', '约定量', '上级协议', '条款', '今天'] as const
export type Word = (typeof WORDS)[number]

const HOLE = /\{\{\s*([^{}]*?)\s*\}\}/g

/** Placeholders that nobody knows. */
export const unknownWords = (body: string): string[] => [...new Set([...body.matchAll(HOLE)].map(m => m[1]!).filter(w => !(WORDS as readonly string[]).includes(w)))]

/** The template with every placeholder filled in, and the ones that had nothing to say: they stand as a line to write on. */
export function fillText(body: string, values: Readonly<Partial<Record<Word, string>>>): { text: string; missing: string[] } {
  const missing = new Set<string>()
  const text = body.replace(HOLE, (_whole, word: string) => {
    const value = values[word as Word]
    if (value) return value
    missing.add(word)
    return '＿＿＿＿＿＿'
  })
  return { text, missing: [...missing] }
}

/** A name or note from data must not break out of the place where it stands. */
export const inline = (value: string): string => value.replace(/\s+/g, ' ').replace(/([\\`*_[\]<>|#])/g, '\\$1').trim()

/** A Markdown table; the first row is its head. */
export const table = (head: readonly string[], rows: ReadonlyArray<readonly string[]>): string =>
  [head, head.map((_, i) => (i > 1 ? '---:' : '---')), ...rows].map(r => `| ${r.join(' | ')} |`).join('\n')

/** `2026-11-22` → 2026年11月22日 */
export const longDate = (day: string | null): string => (day ? day.replace(/^(\d{4})-0?(\d+)-0?(\d+)$/, '$1年$2月$3日') : '')

export const FIRST_TEMPLATE = `# {{合同名称}}

合同编号：{{合同号}}

甲方（买方）：{{甲方}}

地址：{{甲方地址}}

税号：{{甲方税号}}

乙方（卖方）：{{乙方}}

地址：{{乙方地址}}

甲乙双方经协商一致，就下列产品与服务订立本合同。

## 一、标的与价款

{{明细表}}

合同总价：人民币 {{金额}} 元（大写：{{金额大写}}）。

## 二、付款

{{付款计划}}

## 三、期限

本合同自 {{生效日}} 起生效，至 {{到期日}} 止。

## 四、其他约定

{{条款}}

## 五、签署

本合同一式两份，双方各执一份，自双方签字或盖章之日起成立。

甲方（签章）：＿＿＿＿＿＿＿＿　　乙方（签章）：＿＿＿＿＿＿＿＿

签订日期：{{签订日}}
`

export interface Solved { model: string | null; line: string | null; fault: string | null; faultLabel: string | null; found: string | null; done: string | null; parts: ReadonlyArray<{ name: string; quantity: number }> }

/** The first clause of what was told, short enough for a title. */
const firstClause = (text: string): string => (text.split(/[，。；！？,.;!?\n]/).find(c => c.trim())?.trim() ?? '').slice(0, 40)

/** The draft of an article from a request that was worked on: what was told, found and done. Nothing of the customer is in it. */
export function articleFrom(s: Solved): { title: string; body: string } {
  const about = [s.model ?? s.line, s.fault ? firstClause(s.fault) : s.faultLabel].filter(Boolean).join('：')
  const section = (title: string, text: string | null): string[] => (text?.trim() ? [`## ${title}`, text.trim()] : [])
  const device = [s.line && `- 产品线：${s.line}`, s.model && `- 型号：${s.model}`, s.faultLabel && `- 故障：${s.faultLabel}`].filter(Boolean).join('\n')
  const body = [
    ...section('现象', s.fault), ...section('设备', device), ...section('检查', s.found), ...section('处理', s.done),
    ...section('用到的配件', s.parts.map(p => `- ${p.name} × ${p.quantity}`).join('\n')),
  ].join('\n\n')
  return { title: (about || '维修记录').slice(0, 120), body }
}

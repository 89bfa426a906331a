import type { AppError, FieldProblem } from '@quancheng/kernel'
import type { FormRow } from '../store/web-lead.ts'

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escape = (text: string): string => text.replace(/[&<>"']/g, c => ESCAPES[c]!)

const STYLE = `body{margin:0;padding:16px;font:15px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei",sans-serif;color:#1f2937;background:transparent}
form,main{max-width:480px;margin:0 auto}h1{font-size:18px;margin:0 0 12px}label{display:block;margin:0 0 12px}input,textarea{box-sizing:border-box;width:100%;padding:8px 10px;border:1px solid #9ca3af;border-radius:6px;font:inherit}
input:focus,textarea:focus{outline:2px solid #1d4ed8;outline-offset:1px}.tick{display:flex;gap:8px;align-items:flex-start}.tick input{width:auto;margin-top:6px}.wrong{color:#b91c1c;font-size:13px}
button{padding:10px 20px;border:0;border-radius:6px;background:#1d4ed8;color:#fff;font:inherit;cursor:pointer}.trap{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}`

const frame = (title: string, body: string): string => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`

export const saidPage = (title: string, text: string): string => frame(title, `<main><h1>${escape(title)}</h1><p role="status">${escape(text)}</p></main>`)

const LABELS: Record<string, [string, string]> = { name: ['姓名', 'name'], phone: ['电话', 'tel'], company: ['公司', 'organization'], mail: ['邮箱', 'email'], province: ['省', 'address-level1'], city: ['市', 'address-level2'], needs: ['需求', 'off'] }

/** The whole form as one page without a script; what was typed stays when something is wrong, and the complaint stands at its field. */
export function formPage(form: FormRow, now: Date, typed: Readonly<Record<string, unknown>>, error: AppError | null, tenant: string | null): string {
  const problems = (error?.details as { fields?: FieldProblem[] } | undefined)?.fields ?? []
  const field = (name: string): string => {
    const [label, autocomplete] = LABELS[name]!, value = typeof typed[name] === 'string' ? escape(typed[name]) : '', must = name === 'name' || name === 'phone'
    const wrong = problems.find(p => p.field === name)
    const about = `name="${name}" id="${name}" autocomplete="${autocomplete}"${must ? ' required' : ''}${wrong ? ` aria-invalid="true" aria-describedby="${name}-wrong" autofocus` : ''}`
    const input = name === 'needs' ? `<textarea ${about} rows="3" maxlength="1000">${value}</textarea>` : `<input ${about} type="${name === 'phone' ? 'tel' : name === 'mail' ? 'email' : 'text'}" maxlength="100" value="${value}">`
    return `<label for="${name}">${label}${must ? ' *' : ''}${input}${wrong ? `<span class="wrong" id="${name}-wrong">${escape(wrong.message)}</span>` : ''}</label>`
  }
  const consent = form.consent ? `<label class="tick"><input type="checkbox" name="consent"${typed.consent ? ' checked' : ''} required><span>${escape(form.consent)}</span></label>` : ''
  const said = error && !problems.length ? `<p class="wrong" role="alert">${escape(error.body('zh-CN').message)}</p>` : ''
  return frame(form.title, `<form method="post" action="/lead-form/${encodeURIComponent(form.token)}${tenant ? `?tenant=${encodeURIComponent(tenant)}` : ''}"><h1>${escape(form.title)}</h1>${said}
${['name', 'phone', ...Object.keys(LABELS).filter(n => form.asks.includes(n))].map(field).join('\n')}
<label class="trap" aria-hidden="true">网站<input name="website" tabindex="-1" autocomplete="off"></label><input type="hidden" name="shownAt" value="${now.getTime()}">${consent}<button type="submit">提交</button></form>`)
}

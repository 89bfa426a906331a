const MAX_BYTES = 2_000_000

/** The text of a BPMN file in the encoding that it names; null when it is none. Throws RangeError above the limit. */
export async function bpmnText(file: Blob): Promise<string | null> {
  if (file.size > MAX_BYTES) throw new RangeError('too large')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const utf16 = bytes[0] === 0xFF && bytes[1] === 0xFE ? 'utf-16le' : bytes[0] === 0xFE && bytes[1] === 0xFF ? 'utf-16be' : null
  const named = /<\?xml[^>]*encoding=["']([\w.-]+)["']/i.exec(new TextDecoder('latin1').decode(bytes.slice(0, 200)))?.[1]
  let text: string
  try { text = new TextDecoder(utf16 ?? named ?? 'utf-8').decode(bytes) } catch { text = new TextDecoder().decode(bytes) }
  text = text.replace(/^\uFEFF/, '')
  if (!/<(?:[\w-]+:)?definitions[\s>]/.test(text)) return null
  // the text leaves as UTF-8, whatever it came as
  return text.replace(/(<\?xml[^>]*encoding=["'])[\w.-]+(["'])/i, '$1UTF-8$2')
}

/** The process's own name in the file, for the form. */
export function nameIn(xml: string): string {
  const tag = /<(?:[\w-]+:)?process\b[^>]*>/.exec(xml)?.[0] ?? ''
  return new DOMParser().parseFromString(`<i>${/\bname="([^"]*)"/.exec(tag)?.[1] ?? ''}</i>`, 'text/html').body.textContent?.trim() ?? ''
}

/** Hands a text to the person as a file. */
export function keepFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/bpmn+xml' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

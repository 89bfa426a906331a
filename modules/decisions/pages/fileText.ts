import { DMN_BYTES } from './limits.ts'

/** The text of a DMN file in the encoding that it names; null when it is none. Throws RangeError above the limit. */
export async function dmnText(file: Blob): Promise<string | null> {
  if (file.size > DMN_BYTES) throw new RangeError('too large')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const named = /<\?xml[^>]*encoding=["']([\w.-]+)["']/i.exec(new TextDecoder('latin1').decode(bytes.slice(0, 200)))?.[1]
  let text: string
  try { text = new TextDecoder(named ?? 'utf-8').decode(bytes) } catch { text = new TextDecoder().decode(bytes) }
  text = text.replace(/^\uFEFF/, '')
  return /<(?:[\w-]+:)?definitions[\s>]/.test(text) ? text.replace(/(<\?xml[^>]*encoding=["'])[\w.-]+(["'])/i, '$1UTF-8$2') : null
}

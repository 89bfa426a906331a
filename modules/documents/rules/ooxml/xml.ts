/**
 * XML as a small tree that can be written back: elements, attributes and text, in their order. Enough for OOXML parts, which have neither
 * document types nor entities of their own; a file that has them is refused, for nothing good comes with them.
 */
export interface El { name: string; attrs: Record<string, string>; kids: Array<El | string> }

export class XmlError extends Error {}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const decode = (s: string): string => (s.includes('&') ? s.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (all, hex: string, dec: string, name: string) => {
  const code = hex ? parseInt(hex, 16) : dec ? Number(dec) : -1
  return code >= 0 ? (code <= 0x10ffff ? String.fromCodePoint(code) : '') : NAMED[name] ?? all
}) : s)
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const encode = (s: string): string => s.toWellFormed().replace(NOT_IN_XML, '').replace(/[&<>]/g, c => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'))
const encodeAttr = (s: string): string => encode(s).replace(/"/g, '&quot;').replace(/[\t\n\r]/g, c => `&#${c.charCodeAt(0)};`)

const TOKEN = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<!|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy
const ATTR = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** @throws XmlError */
export function parseXml(text: string): El {
  const root: El = { name: '', attrs: {}, kids: [] }, open: El[] = [root]
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0
  TOKEN.lastIndex = from
  let at = from
  for (let m = TOKEN.exec(text); m; m = TOKEN.exec(text)) {
    at = TOKEN.lastIndex
    const top = open.at(-1)!
    if (m[0] === '<!') throw new XmlError('document type')
    if (m[2] !== undefined) {
      if (open.length < 2 || top.name !== m[2]) throw new XmlError(`</${m[2]}>`)
      open.pop()
    } else if (m[3] !== undefined) {
      const el: El = { name: m[3], attrs: {}, kids: [] }
      for (const a of (m[4] ?? '').matchAll(ATTR)) el.attrs[a[1]!] = decode(a[2] ?? a[3] ?? '')
      top.kids.push(el)
      if (!m[5]) open.push(el)
      if (open.length > 500) throw new XmlError('too deep')
    } else if (m[1] !== undefined) top.kids.push(m[1])
    else if (m[6] !== undefined && open.length > 1) top.kids.push(decode(m[6].replaceAll('\r\n', '\n')))
  }
  const first = root.kids.find((k): k is El => typeof k !== 'string')
  if (at < text.length || open.length !== 1 || !first) throw new XmlError('not well formed')
  return first
}

export function writeXml(el: El): string {
  const out: string[] = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
  const put = (e: El): void => {
    out.push('<', e.name)
    for (const [k, v] of Object.entries(e.attrs)) out.push(' ', k, '="', encodeAttr(v), '"')
    if (!e.kids.length) { out.push('/>'); return }
    out.push('>')
    for (const k of e.kids) if (typeof k === 'string') out.push(encode(k)); else put(k)
    out.push('</', e.name, '>')
  }
  put(el)
  return out.join('')
}

export const el = (name: string, attrs: Record<string, string | number> = {}, kids: Array<El | string> = []): El =>
  ({ name, attrs: Object.fromEntries(Object.entries(attrs).map(([k, v]) => [k, String(v)])), kids })
export const local = (name: string): string => name.slice(name.indexOf(':') + 1)
export const kids = (e: El | undefined, name?: string): El[] => (e?.kids ?? []).filter((k): k is El => typeof k !== 'string' && (!name || local(k.name) === name))
export const kid = (e: El | undefined, name: string): El | undefined => kids(e, name)[0]
export const textOf = (e: El | undefined): string => (e ? e.kids.map(k => (typeof k === 'string' ? k : textOf(k))).join('') : '')
/** every element of that name below `e` */
export const all = (e: El, name: string): El[] => kids(e).flatMap(k => [...(local(k.name) === name ? [k] : []), ...all(k, name)])

/** Some programs write `<x:worksheet>`: the part is read as if its main namespace were the default one. */
export function unprefixed(root: El): El {
  const prefix = root.name.includes(':') ? root.name.slice(0, root.name.indexOf(':')) : null
  if (!prefix) return root
  const strip = (e: El): void => { if (e.name.startsWith(`${prefix}:`)) e.name = local(e.name); for (const k of kids(e)) strip(k) }
  strip(root)
  root.attrs.xmlns = root.attrs[`xmlns:${prefix}`] ?? ''
  return root
}

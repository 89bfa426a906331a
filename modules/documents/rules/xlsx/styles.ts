import { el, kid, kids, type El } from '../ooxml/xml.ts'
import type { CellStyle, Line } from './model.ts'

/** Number formats that a file names by number only (ECMA-376 part 1, 18.8.30), the Chinese ones as WPS and Excel write them. */
const BUILT_IN: Record<number, string> = {
  1: '0', 2: '0.00', 3: '#,##0', 4: '#,##0.00', 9: '0%', 10: '0.00%', 11: '0.00E+00', 12: '# ?/?', 13: '# ??/??', 14: 'yyyy/m/d', 15: 'd-mmm-yy', 16: 'd-mmm', 17: 'mmm-yy', 18: 'h:mm AM/PM', 19: 'h:mm:ss AM/PM', 20: 'h:mm', 21: 'h:mm:ss', 22: 'yyyy/m/d h:mm',
  31: 'yyyy"年"m"月"d"日"', 37: '#,##0;-#,##0', 38: '#,##0;[Red]-#,##0', 39: '#,##0.00;-#,##0.00', 40: '#,##0.00;[Red]-#,##0.00', 45: 'mm:ss', 46: '[h]:mm:ss', 47: 'mm:ss.0', 48: '##0.0E+0', 49: '@', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}
const LINES = ['none', 'thin', 'hair', 'dotted', 'dashed', 'dashDot', 'dashDotDot', 'double', 'medium', 'mediumDashed', 'mediumDashDot', 'mediumDashDotDot', 'slantDashDot', 'thick']
/** The first colours of the old palette, which old files still name by number. */
const INDEXED = ['000000', 'FFFFFF', 'FF0000', '00FF00', '0000FF', 'FFFF00', 'FF00FF', '00FFFF']
const THEME_ORDER = ['lt1', 'dk1', 'lt2', 'dk2', 'accent1', 'accent2', 'accent3', 'accent4', 'accent5', 'accent6', 'hlink', 'folHlink']
const THEME_DEFAULT = ['FFFFFF', '000000', 'E7E6E6', '44546A', '4472C4', 'ED7D31', 'A5A5A5', 'FFC000', '5B9BD5', '70AD47', '0563C1', '954F72']

export function themeColours(theme: El | null): string[] {
  const scheme = kid(kid(theme ?? undefined, 'themeElements'), 'clrScheme')
  return THEME_ORDER.map((name, i) => { const c = kids(kid(scheme, name))[0]; return c?.attrs.lastClr ?? (/^[0-9A-Fa-f]{6}$/.test(c?.attrs.val ?? '') ? c!.attrs.val! : THEME_DEFAULT[i]!) })
}

/** `tint` makes a theme colour lighter (above 0) or darker. */
function tinted(rgb: string, tint: number): string {
  const of = (i: number): number => parseInt(rgb.slice(i, i + 2), 16)
  const shade = (v: number): string => Math.round(tint < 0 ? v * (1 + tint) : v + (255 - v) * tint).toString(16).padStart(2, '0').toUpperCase()
  return tint ? `${shade(of(0))}${shade(of(2))}${shade(of(4))}` : rgb
}

function colourOf(c: El | undefined, theme: string[]): { rgb: string } | undefined {
  if (!c) return undefined
  const { rgb, theme: t, indexed, tint } = c.attrs
  const base = rgb ? rgb.slice(-6) : t ? theme[Number(t)] : indexed ? INDEXED[Number(indexed) % 8] : undefined
  return base && !(indexed && Number(indexed) > 63) ? { rgb: `#${tinted(base, Number(tint ?? 0))}` } : undefined
}

const on = (e: El | undefined): boolean => e !== undefined && !['0', 'false', 'none'].includes(e.attrs.val ?? '1')

/** Every format of the file's cells, in the order in which cells name them. */
export function readStyles(styles: El | null, theme: string[]): CellStyle[] {
  const root = styles ?? undefined
  const formats = new Map(kids(kid(root, 'numFmts')).map(x => [Number(x.attrs.numFmtId), x.attrs.formatCode ?? '']))
  const fonts = kids(kid(root, 'fonts')), fills = kids(kid(root, 'fills')), borders = kids(kid(root, 'borders'))
  return kids(kid(root, 'cellXfs'), 'xf').map(xf => {
    const s: CellStyle = {}
    const font = fonts[Number(xf.attrs.fontId ?? 0)], fill = kid(fills[Number(xf.attrs.fillId ?? 0)], 'patternFill'), border = borders[Number(xf.attrs.borderId ?? 0)]
    if (font) {
      const name = kid(font, 'name')?.attrs.val, size = Number(kid(font, 'sz')?.attrs.val), colour = colourOf(kid(font, 'color'), theme)
      if (name) s.ff = name
      if (size) s.fs = size
      if (on(kid(font, 'b'))) s.bl = 1
      if (on(kid(font, 'i'))) s.it = 1
      if (on(kid(font, 'u'))) s.ul = { s: 1 }
      if (on(kid(font, 'strike'))) s.st = { s: 1 }
      if (colour) s.cl = colour
    }
    const ground = fill && fill.attrs.patternType !== 'none' ? colourOf(kid(fill, 'fgColor'), theme) : undefined
    if (ground) s.bg = ground
    const line = (side: string): Line | undefined => { const b = kid(border, side), kind = LINES.indexOf(b?.attrs.style ?? 'none'); return kind > 0 ? { s: kind, cl: colourOf(kid(b, 'color'), theme) ?? { rgb: '#000000' } } : undefined }
    const bd = { t: line('top'), r: line('right'), b: line('bottom'), l: line('left') }
    if (Object.values(bd).some(Boolean)) s.bd = Object.fromEntries(Object.entries(bd).filter(([, v]) => v))
    const align = kid(xf, 'alignment')?.attrs ?? {}
    const ht = ['', 'left', 'center', 'right'].indexOf(align.horizontal === 'centerContinuous' ? 'center' : align.horizontal ?? ''), vt = ['', 'top', 'center', 'bottom'].indexOf(align.vertical ?? 'bottom')
    if (ht > 0) s.ht = ht
    if (vt > 0) s.vt = vt
    if (['1', 'true'].includes(align.wrapText ?? '')) s.tb = 3
    const id = Number(xf.attrs.numFmtId ?? 0), pattern = formats.get(id) ?? BUILT_IN[id]
    if (pattern && pattern !== 'General') s.n = { pattern }
    return s
  })
}

/** Gives styles.xml the formats that were made in the editor; answers with the number that a cell names. */
export function styleWriter(root: El): (style: CellStyle, base: number | null) => number {
  const section = (name: string): El => {
    const have = kid(root, name)
    if (have) return have
    const made = el(name)
    const order = ['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs', 'cellStyles', 'dxfs']
    const after = root.kids.findIndex(k => typeof k !== 'string' && order.indexOf(k.name) > order.indexOf(name))
    root.kids.splice(after < 0 ? root.kids.length : after, 0, made)
    return made
  }
  const seen = new Map<string, number>()
  const add = (name: string, item: El): number => {
    const key = `${name} ${JSON.stringify(item)}`, list = section(name)
    const at = seen.get(key) ?? (list.kids.push(item), kids(list).length - 1)
    seen.set(key, at)
    list.attrs.count = String(kids(list).length)
    return at
  }
  const colour = (name: string, c: { rgb?: string | null } | null | undefined): El[] => { const hex = hexOf(c?.rgb); return hex ? [el(name, { rgb: `FF${hex}` })] : [] }
  const numberFormat = (pattern: string | undefined): number => {
    if (!pattern || pattern === 'General') return 0
    for (const [id, p] of Object.entries(BUILT_IN)) if (p === pattern && Number(id) < 50 && Number(id) !== 14) return Number(id)
    const list = section('numFmts'), have = kids(list).find(x => x.attrs.formatCode === pattern)
    if (have) return Number(have.attrs.numFmtId)
    const id = Math.max(163, ...kids(list).map(x => Number(x.attrs.numFmtId))) + 1
    add('numFmts', el('numFmt', { numFmtId: id, formatCode: pattern }))
    return id
  }
  return (s, base) => {
    const xfs = kids(section('cellXfs'), 'xf'), from = base === null ? undefined : xfs[base]
    const font = el('font', {}, [...(s.bl ? [el('b')] : []), ...(s.it ? [el('i')] : []), ...(s.st?.s ? [el('strike')] : []), ...(s.ul?.s ? [el('u')] : []), el('sz', { val: s.fs ?? 11 }), ...colour('color', s.cl), el('name', { val: s.ff ?? '等线' })])
    const ground = colour('fgColor', s.bg)
    const side = (name: string, l: Line | null | undefined): El => (l?.s ? el(name, { style: LINES[l.s] ?? 'thin' }, colour('color', l.cl ?? { rgb: '#000000' })) : el(name))
    const align: Record<string, string> = {}
    if (s.ht) align.horizontal = ['', 'left', 'center', 'right'][s.ht] ?? 'general'
    if (s.vt) align.vertical = ['', 'top', 'center', 'bottom'][s.vt] ?? 'bottom'
    if (s.tb === 3) align.wrapText = '1'
    return add('cellXfs', el('xf', {
      numFmtId: numberFormat(s.n?.pattern), fontId: add('fonts', font), fillId: ground.length ? add('fills', el('fill', {}, [el('patternFill', { patternType: 'solid' }, ground)])) : 0,
      borderId: s.bd ? add('borders', el('border', {}, [side('left', s.bd.l), side('right', s.bd.r), side('top', s.bd.t), side('bottom', s.bd.b), el('diagonal')])) : 0,
      xfId: from?.attrs.xfId ?? 0, applyNumberFormat: 1, applyFont: 1, applyFill: 1, applyBorder: 1, applyAlignment: 1,
    }, Object.keys(align).length ? [el('alignment', align)] : []))
  }
}

function hexOf(rgb: string | null | undefined): string | null {
  if (!rgb) return null
  const hex = /^#?([0-9a-f]{6})$/i.exec(rgb), dec = /^rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)/i.exec(rgb)
  if (hex) return hex[1]!.toUpperCase()
  return dec ? dec.slice(1, 4).map(x => Number(x).toString(16).padStart(2, '0')).join('').toUpperCase() : null
}

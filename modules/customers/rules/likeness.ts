import { readingOf } from '@quancheng/kernel'

/** Words that many companies bear and that tell none from another. */
const LEGAL = /(股份有限公司|有限责任公司|有限公司|集团公司|总公司|分公司|子公司|公司|集团|\(集团\)|工作室|经营部|商行|co\.?,?\s*ltd\.?|inc\.?|corp\.?|limited|ltd\.?)/giu
const PLACE = /^(中国|北京|上海|天津|重庆|深圳|广州|杭州|宁波|南京|苏州|成都|武汉|西安|浙江|江苏|广东|山东|河南|河北|四川|湖北|湖南|福建|安徽|江西|陕西|山西|辽宁|吉林|黑龙江|云南|贵州|海南|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆)(省|市|自治区)?/u

/** The part of a company's name that is its own: 深圳市远帆计算机系统有限公司 → 远帆计算机系统. Full-width letters and brackets count as plain ones. */
export function coreOf(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().replace(/[\s·.,，。、"'“”()（）\-_]/gu, ' ').trim()
  const bare = plain.replace(/\s+/g, '').replace(LEGAL, '')
  const own = bare.replace(PLACE, '')
  // 中国 alone, or a place and nothing else, is the name
  return own.length >= 2 ? own : bare.length >= 2 ? bare : plain.replace(/\s+/g, '')
}

/** The place that a name begins with: two branches of one company are two customers, whatever else is alike. */
export const placeOf = (name: string): string | null => PLACE.exec(name.normalize('NFKC').replace(/\s+/g, ''))?.[1] ?? null

const grams = (text: string): Map<string, number> => {
  const of = new Map<string, number>()
  for (let i = 0; i < text.length - 1; i++) of.set(text.slice(i, i + 2), (of.get(text.slice(i, i + 2)) ?? 0) + 1)
  return of
}

/** Sørensen–Dice over pairs of neighbouring characters, 0 to 1. */
export function dice(a: string, b: string): number {
  if (a === b) return 1
  const x = grams(a), y = grams(b)
  let common = 0, all = 0
  for (const [g, n] of x) { common += Math.min(n, y.get(g) ?? 0); all += n }
  for (const n of y.values()) all += n
  return all ? (2 * common) / all : 0
}

/** A branch is a customer of its own beside its company. */
const BRANCH = /分公司|子公司|营业部|办事处|门店|分店|分行|支行/u

/** Companies are called by the first word of their own part; what follows is their trade, which many share. */
const sameCall = (x: string, y: string): boolean => x.includes(y) || y.includes(x) || readingOf(x.slice(0, 2)) === readingOf(y.slice(0, 2))

/** From which likeness on two companies are proposed as one. */
export const LIKE = 0.75

/**
 * How alike two companies' names are, 0 to 1: of their own parts the better of characters and pinyin (a name typed by ear). Branches in different
 * places are never the same; a number or a letter that differs (一分公司, A座) keeps them apart too.
 */
export function likeness(a: string, b: string): number {
  const pa = placeOf(a), pb = placeOf(b)
  if (pa && pb && pa !== pb) return 0
  const x = coreOf(a), y = coreOf(b), digits = (s: string): string => (s.match(/[0-9一二三四五六七八九十]+/gu) ?? []).join()
  if (digits(x) !== digits(y) || BRANCH.test(a) !== BRANCH.test(b) || !sameCall(x, y)) return 0
  // the same syllables are no proof: 0.95 at most
  return Math.max(dice(x, y), 0.95 * dice(readingOf(x), readingOf(y)))
}

import { fenOf } from './fen.ts'

const DIGITS = '零壹贰叁肆伍陆柒捌玖', PLACES = ['', '拾', '佰', '仟'], GROUPS = ['', '万', '亿', '万亿']
/** Up to 9999 万亿 and the cents below it: sixteen digits of yuan. */
const MOST = 10n ** 18n

/**
 * An amount of yuan (decimal text, at most two places, not negative) in the capital numerals that contracts and bills carry, without the word 人民币:
 * `100000` → 壹拾万元整. Throws a RangeError for a negative amount and from ten thousand 万亿 on.
 * Rules: 中国人民银行《支付结算办法》附一《正确填写票据和结算凭证的基本规定》: 整 after 元 or 角, never after 分; zeros between digits are one 零;
 * 元位是零而角位不是零 take a 零 between (`1680.32`: 壹仟陆佰捌拾元零叁角贰分 or without, both are allowed; here it is written).
 */
export function amountInWords(yuan: string): string {
  const fen = fenOf(yuan)
  if (fen < 0n) throw new RangeError('a negative amount has no words')
  if (fen >= MOST) throw new RangeError('the amount is too large to be put into words')
  const whole = fen / 100n, jiao = Number((fen % 100n) / 10n), cent = Number(fen % 10n)
  const head = whole > 0n ? `${integer(whole)}元` : ''
  if (!jiao && !cent) return `${head || '零元'}整`
  // 零 stands in for the 元 place, or for 角, that is empty before what follows
  const gap = head && (jiao ? whole % 10n === 0n : true) ? '零' : ''
  return `${head}${gap}${jiao ? `${DIGITS[jiao]}角` : ''}${cent ? `${DIGITS[cent]}分` : '整'}`
}

/** Whole yuan, four digits at a time from the left; a group that does not fill its thousands is joined by one 零. */
function integer(n: bigint): string {
  const groups: number[] = []
  for (let rest = n; rest > 0n; rest /= 10_000n) groups.push(Number(rest % 10_000n))
  let text = '', empty = false
  for (let i = groups.length - 1; i >= 0; i--) {
    const g = groups[i]!
    // within 万亿 … 亿 the word 亿 is said once, after the whole of it
    const unit = i === 3 && groups[2] !== 0 ? '万' : GROUPS[i]!
    if (g === 0) { empty = true; continue }
    if (text && (empty || g < 1000)) text += '零'
    text += fourDigits(g) + unit
    empty = false
  }
  return text
}

function fourDigits(g: number): string {
  let text = '', gap = false
  for (let place = 3; place >= 0; place--) {
    const d = Math.floor(g / 10 ** place) % 10
    if (d === 0) { gap = text !== ''; continue }
    text += `${gap ? '零' : ''}${DIGITS[d]}${PLACES[place]}`
    gap = false
  }
  return text
}

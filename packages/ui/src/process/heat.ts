/** Colour for "how much": one scale of growing darkness, so it reads without colour too. */

export type HeatClass = { from: number, to: number, color: string }
/** What is painted on a drawn model. `value` decides the colour, `text` is what the badge says; flows by share of the strongest, 0…1. */
export type Heat = { nodes: Record<string, { value: number, text: string }>, flows: Record<string, { share: number, text: string }>, classes: HeatClass[] }

const CLASSES = 6

/**
 * Six classes from 0 to the highest value. Borders lie on a square-root scale: the few high values do not push all others into one class.
 * Counts (`whole`) get whole borders.
 */
export function heatClasses(values: readonly number[], whole = false): HeatClass[] {
  const highest = Math.max(0, ...values)
  if (highest <= 0) return []
  const border = (k: number): number => {
    const at = highest * (k / CLASSES) ** 2
    return whole ? Math.ceil(at) : at
  }
  return Array.from({ length: CLASSES }, (_, k) => ({ from: border(k), to: k === CLASSES - 1 ? highest : border(k + 1), color: heatColor(k / (CLASSES - 1)) })).filter(c => c.to > c.from || c.to === highest)
}

export function classOf(classes: readonly HeatClass[], value: number): HeatClass | null {
  if (value <= 0) return null
  return classes.find(c => value < c.to) ?? classes.at(-1) ?? null
}

/**
 * A point of the scale, 0…1: lightness falls evenly in OKLCH (Ottosson 2020), hue turns from yellow to red. The darkest still carries dark
 * text at a contrast above 4.5.
 */
export function heatColor(share: number): string {
  const t = Math.min(1, Math.max(0, share))
  return oklch(0.975 - 0.275 * t, 0.03 + 0.15 * t, 85 - 50 * t)
}

function oklch(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos(hue * Math.PI / 180), b = chroma * Math.sin(hue * Math.PI / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s, -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s]
  return '#' + linear.map(x => Math.round(255 * gamma(Math.min(1, Math.max(0, x)))).toString(16).padStart(2, '0')).join('')
}

const gamma = (x: number): number => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055)

import type { ThemeConfig } from 'antd'

/** Every colour, size and font of the product. CSS reads them as `--qc-…`, Ant Design as its theme. */
export const tokens = {
  accent: '#0b6e6e',
  accentDeep: '#085454',
  accentSoft: '#e3f0ef',
  text: '#1b2628',
  textSoft: '#566769',
  textFaint: '#637375',
  line: '#e0e6e6',
  lineSoft: '#eef2f2',
  ground: '#f3f6f6',
  surface: '#ffffff',
  danger: '#b8352a',
  dangerSoft: '#fbeceb',
  warn: '#8f5b00',
  warnSoft: '#fdf3df',
  ok: '#23744a',
  okSoft: '#e6f3ec',
  holiday: '#c0443a',
  makeUp: '#2b5c9e',
} as const

export const font = '-apple-system, BlinkMacSystemFont, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Segoe UI", sans-serif'
export const monoFont = 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace'

/** Widths in px at which the screen changes its shape. */
export const breakpoints = { phone: 768, wide: 1200 } as const

/** Colours of series in charts: distinguishable in the common kinds of colour blindness. */
export const series = ['#0b6e6e', '#d98324', '#4a6fa5', '#8c4a7d', '#6a8d3a', '#b8352a', '#7a7f87', '#c9a227'] as const

/** `touch`: on a phone every control is at least 44 px high. */
export function antTheme(touch: boolean): ThemeConfig {
  const height = touch ? 44 : 32
  return {
    token: {
      colorPrimary: tokens.accent,
      colorInfo: tokens.accent,
      colorLink: tokens.accent,
      colorError: tokens.danger,
      colorWarning: tokens.warn,
      colorSuccess: tokens.ok,
      colorText: tokens.text,
      colorTextSecondary: tokens.textSoft,
      colorTextTertiary: tokens.textFaint,
      colorTextPlaceholder: tokens.textFaint,
      colorBorder: '#cbd5d5',
      colorBorderSecondary: tokens.line,
      colorBgLayout: tokens.ground,
      borderRadius: 5,
      fontSize: 14,
      fontFamily: font,
      fontFamilyCode: monoFont,
      controlHeight: height,
      controlHeightSM: touch ? 40 : 26,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
    },
    components: {
      Table: { headerBg: '#f7f9f9', headerColor: tokens.textSoft, cellPaddingBlockSM: 6, cellPaddingInlineSM: 10, rowHoverBg: '#f3f8f8' },
      Tabs: { horizontalMargin: '0 0 12px 0' },
    },
  }
}

/** Writes the tokens as CSS variables on the root element; called once at start. */
export function installTokens(): void {
  const root = document.documentElement.style
  for (const [name, value] of Object.entries(tokens)) root.setProperty('--qc-' + name.replace(/[A-Z]/g, c => '-' + c.toLowerCase()), value)
  root.setProperty('--qc-font', font)
  root.setProperty('--qc-mono', monoFont)
}

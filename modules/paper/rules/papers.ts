/** The strips of paper that a printer may be for; what stands on them is the sources' affair (store/sources.ts). */
export const PAPERS = { voucher: ['取机凭证', 'Voucher'], label: ['设备标签', 'Device label'], slip: ['取号单', 'Number slip'], test: ['测试页', 'Test page'] } as const
export type PaperName = keyof typeof PAPERS
export const isPaper = (name: string): name is PaperName => name in PAPERS

/** 补打 and which time; nothing on the first. */
export const copyText = (copy: number): string => (copy > 0 ? `补打${copy}` : '')

/** So often a print is tried before it counts as failed. */
export const MAX_TRIES = 6
/** Seconds until the next try: 3, 12, 48 … half an hour at most. Somebody stands at the counter: the first ones come soon. */
export const retrySeconds = (tried: number): number => Math.min(1800, 3 * 4 ** (tried - 1))

/** Failed notices in a row before 通知不到用户 is raised (SP-08). */
export const UNREACHABLE_AFTER = 3
/** Wrong number-and-code tries from one address within five minutes before 429 (SP-10). */
export const TRACK_TRIES = 10
export const TRACK_WINDOW_MINUTES = 5
/** Numbers that one kiosk address may take in a minute: three counters at the worst peak need about twenty. */
export const KIOSK_TAKES = 120

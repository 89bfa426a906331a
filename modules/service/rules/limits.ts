/** Failed notices in a row before 通知不到用户 is raised (SP-08). */
export const UNREACHABLE_AFTER = 3
/** Wrong number-and-code tries from one address within five minutes before 429 (SP-10). */
export const TRACK_TRIES = 10
export const TRACK_WINDOW_MINUTES = 5
/** Numbers that one kiosk address may take in a minute: three counters at the worst peak need about twenty. */
export const KIOSK_TAKES = 120
/** Names with one telephone in one day, and telephones with one serial number, from which data are listed as 疑似虚假 (SP-22). */
export const NAMES_SUSPECT = 3
export const PHONES_SUSPECT = 3

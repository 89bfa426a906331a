/** Failed notices in a row before 通知不到用户 is raised (SP-08). */
export const UNREACHABLE_AFTER = 3
/** Wrong number-and-code tries from one address within five minutes before 429 (SP-10). */
export const TRACK_TRIES = 10
export const TRACK_WINDOW_MINUTES = 5
/** Wrong codes at one request number within a day, from whatever addresses: 20 of 10,000 is too few to say yes to somebody else's estimate (SP-32). */
export const CODE_TRIES = 20
export const CODE_WINDOW_MINUTES = 1440
/** Numbers that one kiosk address may take in a minute: three counters at the worst peak need about twenty. */
export const KIOSK_TAKES = 120
/** Names with one telephone in one day, and telephones with one serial number, from which data are listed as 疑似虚假 (SP-22). */
export const NAMES_SUSPECT = 3
export const PHONES_SUSPECT = 3
/** Customers that one serial number is registered to in one day; a device has one owner. */
export const SERIAL_CUSTOMERS_SUSPECT = 2
/** Telephones that count up by one, at one station in one day: three may be a family's, four are made up. */
export const RUN_SUSPECT = 4

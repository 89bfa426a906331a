/** C0 and C1 controls, and what turns or hides text without being seen: a name must not be able to command a printer or disguise a line. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu
const LINE_ENDS = /[\r\n\t\u2028\u2029]+/g
/** Pictures that no printer has; © ® ™ count as such in Unicode and stay. */
const PICTURES = /(?![©®™])\p{Extended_Pictographic}\uFE0F?/gu

/**
 * What may be put on paper of a text that somebody typed: one line, no control characters (an ESC in a customer's name is dropped, not
 * obeyed), no pictures. Line ends and tabs become blanks.
 */
export const clean = (text: string): string => text.normalize('NFC').replace(LINE_ENDS, ' ').replace(PICTURES, '').replace(UNSEEN, '').trim()

/** The same for texts of several paragraphs: their line ends part them. */
export const paragraphs = (text: string): string[] => text.split(/\r\n|[\r\n\u2028\u2029]/).map(clean).filter(Boolean)

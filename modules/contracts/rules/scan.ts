const STARTS = [[0x25, 0x50, 0x44, 0x46], [0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47], [0x49, 0x49, 0x2a, 0x00], [0x4d, 0x4d, 0x00, 0x2a]] as const

/** Does a file hold what a scanner or a camera makes: PDF, JPEG, PNG or TIFF? Judged by how it begins, not by its name. */
export const isScan = (content: Uint8Array): boolean => STARTS.some(start => start.every((byte, i) => content[i] === byte))

/** Words by which people opt out of short messages; what is told in ours is among them. */
const LEAVE = new Set(['T', 'TD', 'R', 'N', 'NO', 'STOP', 'QUIT', '退', '退订', '退定', '取消', '拒收', '不再接收', '取消订阅', '别发了', '不要再发', '不要再发了', '请勿打扰', '请勿再发'])

/** Is this reply the wish to be left alone? The whole of it has to say so: “退订了吗” or “T恤还有吗” is a question. */
export const wantsOut = (text: string): boolean => LEAVE.has(text.normalize('NFKC').replaceAll(/[\s\p{P}\p{S}]/gu, '').replace(/^回复?(?=.)/u, '').toUpperCase())

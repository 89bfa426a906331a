/** Narrower than this there is no room for palette, drawing and properties side by side. */
export const WIDE = '(min-width: 900px)'

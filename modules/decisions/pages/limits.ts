/** As the server takes them; the number is repeated here so that the list of tables need not load the checker. */
export const DMN_BYTES = 2_000_000

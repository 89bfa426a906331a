export const STATES = { waiting: ['待接单', 'Waiting', 'orange'], accepted: ['已接单', 'Accepted', 'green'], refused: ['已退回', 'Sent back', 'red'] } as const
/** Minutes in which a station takes up a ticket unless the tenant's time standard (process `hotline`, stage `accept`) says otherwise. */
export const ACCEPT_MINUTES = 30

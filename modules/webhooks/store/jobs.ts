/** Sends what waits for one receiver; key: the webhook. */
export const JOB_LANE = 'webhooks.lane'
/** Removes old deliveries; key: `sweep`. */
export const JOB_SWEEP = 'webhooks.sweep'

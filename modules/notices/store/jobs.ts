/** Sends one notice; key: its id. */
export const JOB_SEND = 'notices.send'
/** A notice that left and of which nothing was heard; key: its id. */
export const JOB_LOST = 'notices.lost'
/** Looks whether a request is later than its customer was told; key: the request. */
export const JOB_LATER = 'notices.later'

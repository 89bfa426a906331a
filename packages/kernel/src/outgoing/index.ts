export { isListed, isPublicAddress, lookupWithin, operatorLists, reachable, refusedBySpelling, type Reach } from './address.ts'
export { NoReply, postOut, type Outgoing, type Reply } from './post.ts'

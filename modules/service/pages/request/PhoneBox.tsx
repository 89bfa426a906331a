import type { Row } from '@quancheng/ui'
import { PhoneProof } from '../desk/PhoneProof.tsx'

/** Whether the telephone of a request is shown to be its customer's; one without customer or telephone has nothing to show (SP-22). */
export const PhoneBox = ({ request }: { request: Row }) => (request.customerId && request.phone ? <PhoneProof key={`${request.id}${request.version}`} which={{ requestId: request.id }} /> : null)

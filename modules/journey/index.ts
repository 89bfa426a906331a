import { defineModule } from '@quancheng/kernel'

export const journey = defineModule({
  name: 'journey',
  label: ['客户旅程', 'Customer journey'],
})
export default journey

import { defineModule } from '@quancheng/kernel'

export const keyaccounts = defineModule({
  name: 'keyaccounts',
  label: ['重点客户', 'Key accounts'],
})
export default keyaccounts

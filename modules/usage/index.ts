import { defineModule } from '@quancheng/kernel'

export const usage = defineModule({
  name: 'usage',
  label: ['使用规则', 'Rules of use'],
})
export default usage

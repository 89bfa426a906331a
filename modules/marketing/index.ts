import { defineModule } from '@quancheng/kernel'

export const marketing = defineModule({
  name: 'marketing',
  label: ['市场营销', 'Marketing'],
})
export default marketing

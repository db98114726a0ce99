import type { View } from '../../contract/view.ts'; export type People = View;

import { plant } from '../../../simulators/plant.ts'; export const drill = plant;

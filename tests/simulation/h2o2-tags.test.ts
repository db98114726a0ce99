import { H2O2 } from '../../simulators/plants/h2o2/plant.ts';
import { tagsAsRules } from '../support/simulators/tags-as-rules.ts';

tagsAsRules(H2O2, 'REQ-SIM-06');

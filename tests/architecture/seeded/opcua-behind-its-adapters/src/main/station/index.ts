import { OPCUAClient } from 'node-opcua-client'; export const station = OPCUAClient;

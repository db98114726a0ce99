import { client } from '../dcs/client.ts'; export const accounts = client;

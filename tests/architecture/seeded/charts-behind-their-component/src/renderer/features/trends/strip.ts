import { LineChart } from 'recharts'; export const strip = LineChart;

export type Alarm = string;

/** The classes of course that forecasts are calibrated by, and what a calibration says of one. */
export const SHAPES = ['accelerating', 'steady', 'levelling'] as const;
export type Shape = (typeof SHAPES)[number];
export const REACHES = ['near', 'middle', 'far'] as const;
export type Reach = (typeof REACHES)[number];
export type CourseClass = `${Shape}/${Reach}/${'straight' | 'swinging'}`;

/** Quantiles of (true + slack) / (reckoned + slack) in a class; null = beyond it lie those that never got there. */
export interface ClassCalibration {
  readonly low: number;
  readonly middle: number | null;
  readonly high: number | null;
  readonly forecasts: number;
  readonly episodes: number;
}
export type Calibration = Readonly<Partial<Record<CourseClass, ClassCalibration>>>;

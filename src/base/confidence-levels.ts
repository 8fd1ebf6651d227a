/** From this confidence on a suspect is reported as a leak. */
export const REPORTED = 0.75;
/** Below this a suspect is not worth a reader's first minute. */
export const LEAST_CONFIDENCE = 0.1;

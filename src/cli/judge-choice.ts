/** Who grades, as `--judge` says it; `configured` leaves it to VIVA_JUDGE. */
export type JudgeChoice = 'configured' | 'auto' | 'embedded' | 'openai' | 'recorded';

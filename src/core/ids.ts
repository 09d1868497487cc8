import { z } from 'zod';

/** An authored id: lower-case words joined by hyphens, at most 64 characters. It names files, so nothing else is allowed. */
export const AuthoredId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens, like "loss-masking"');

/** Authored prose: not blank. */
export const Prose = z.string().trim().min(1, 'write at least one word');

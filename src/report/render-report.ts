import type { CalibrationReport } from '../calibration/report-schema.ts';

export function renderReport(report: CalibrationReport, _look: { home: null }): string {
  return JSON.stringify(report.summary);
}

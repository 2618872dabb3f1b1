/** The exit codes of the program. */
export { EXIT } from './command/exit-codes.js';
export { type ReportFormat, type ReportOptions, renderReport } from './report/render-report.js';

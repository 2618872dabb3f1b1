/**
 * Limits a project to its own folder, so that instructions, skills and settings of the folders above it do not apply.
 * CLI 0.98 searches them for AGENTS.md nevertheless; an empty folder does not lose instructions by the second
 * setting.
 */
export const ISOLATED_CONFIG = { project_root_markers: [], project_doc_max_bytes: 0 } as const;

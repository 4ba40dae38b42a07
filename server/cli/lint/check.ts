import { type Checked, checked } from '../../lint/checked';
import { openProject } from '../../project/open-project';
import type { Project } from '../../project/project';
import type { Inputs } from './inputs';
import type { LintCommandOptions } from './options';

/** Reads and checks what is asked for. A module of its own: a run that is known from before needs nothing of it. */
export function checkedInputs(
  { files, entries, choice }: Inputs,
  options: LintCommandOptions,
  today?: string,
): Checked {
  return checkedProject(openProject(files, entries, options.cache, choice), options, today);
}

/** @param today left out for the day it is. */
export function checkedProject(
  project: Project,
  { inlineConfig }: LintCommandOptions,
  today?: string,
): Checked {
  return checked(project, { suppressions: inlineConfig !== false, ...(today !== undefined && { today }) });
}

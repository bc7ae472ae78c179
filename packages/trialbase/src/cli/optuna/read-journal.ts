import { CorruptStoreError } from '@trialbase/core';
import type { Collection, Document } from '@trialbase/core/adapter';
import { CommandError } from '../exit-codes.js';
import { operations, states } from './operations.js';
import { parsePythonJson } from './python-json.js';
import { Study, StudyTrial } from './study.js';

/** What is to be read of a journal. */
export interface ReadJournalOptions {
  /** The study of this name alone. Default: all. */
  readonly study?: string | undefined;
}

interface Entry {
  readonly collection: Collection;
  readonly document: Document;
  readonly number: number;
}

/**
 * The studies of a journal as Optuna's `JournalFileBackend` writes it, each as an experiment with its trials. A last line that breaks
 * off is left out, as Optuna does.
 *
 * @throws CorruptStoreError if a line is no operation; names the line. @throws CommandError if there is no such study.
 */
export async function* readJournal(
  lines: AsyncIterable<string>,
  { study: wanted }: ReadJournalOptions = {},
): AsyncGenerator<Entry> {
  const replay = new Replay();
  let broken: CorruptStoreError | undefined;
  let number = 0;
  for await (const text of lines) {
    if (broken) throw broken;
    number += 1;
    if (text.trim() === '') continue;
    const operation = parse(text);
    if (operation) replay.apply(operation, number);
    else broken = new CorruptStoreError(`Line ${number} is no operation of an Optuna journal`);
  }
  if (number <= 1 && broken) throw broken;
  const studies = [...replay.studies.values()].filter(({ name }) => wanted === undefined || name === wanted);
  if (studies.length === 0) {
    const names = [...replay.studies.values()].map(({ name }) => `'${name}'`).join(', ');
    throw new CommandError(
      'notFound',
      wanted === undefined
        ? 'The journal has no study'
        : `The journal has no study '${wanted}': it has ${names || 'none'}`,
    );
  }
  for (const study of studies) yield { collection: 'experiments', document: study.experiment(), number };
  for (const study of studies)
    for (const document of study.documents()) yield { collection: 'trials', document, number };
}

type Operation = Readonly<Record<string, unknown>> & { readonly op_code: number };

function parse(text: string): Operation | undefined {
  try {
    const operation = parsePythonJson(text) as Partial<Operation> | null;
    return typeof operation?.op_code === 'number' ? (operation as Operation) : undefined;
  } catch {
    return undefined; // The caller knows whether that is an error.
  }
}

/** Carries out the operations one after another, as Optuna does. What speaks of nothing that is there has no effect. */
class Replay {
  readonly studies = new Map<number, Study>();
  readonly #trials: StudyTrial[] = [];
  #nextStudy = 0;

  apply(operation: Operation, number: number): void {
    const { op_code: code } = operation;
    if (code === operations.createStudy) this.#createStudy(operation);
    else if (code === operations.deleteStudy) this.studies.delete(Number(operation['study_id']));
    else if (code === operations.setStudyUserAttribute)
      this.#study(operation)?.setAttributes(operation['user_attr']);
    else if (code === operations.createTrial) this.#createTrial(operation);
    else if (code > operations.createTrial && code <= operations.setTrialSystemAttribute)
      this.#changeTrial(operation, number);
  }

  #study(operation: Operation): Study | undefined {
    return this.studies.get(Number(operation['study_id']));
  }

  #createStudy({ study_name: name, directions }: Operation): void {
    for (const study of this.studies.values()) if (study.name === name) return;
    this.studies.set(this.#nextStudy++, new Study(this.#nextStudy - 1, String(name), directions));
  }

  #createTrial(operation: Operation): void {
    const study = this.#study(operation);
    if (!study) return;
    const trial = new StudyTrial(operation);
    this.#trials.push(trial);
    study.trials.push(trial);
  }

  #changeTrial(operation: Operation, number: number): void {
    const trial = this.#trials[Number(operation['trial_id'])];
    if (!trial || (trial.state !== states.running && trial.state !== states.waiting)) return;
    try {
      trial.change(operation);
    } catch (cause) {
      throw new CorruptStoreError(`Line ${number} changes a trial in no way that this version knows`, {
        cause,
      });
    }
  }
}
